import { deepEqual, equal, match, ok, rejects } from 'node:assert';
import type { Context } from '../product.ts';
import { textsOf, waitForWords } from './board-talk.ts';
import { qaPart as part, qaAgency, type Stage } from './stage.ts';

const viewOf = (question: string) => `/bbs/qaview.php?qa_id=${question}`;
const body = '첫 줄입니다.\n둘째 줄 & "따옴표"';

/** The 1:1 questions: only members ask, and only administrators answer. */
export async function tryQuestions(context: Context, stage: Stage): Promise<void> {
  context.skip(part, 'guest_reads', 'guests cannot write 1:1 questions');
  await tryInwards(context, stage);
  await tryOutwards(context, stage);
  await tryOwn(context, stage);
}

const idOf = async ({ query }: Stage, title: string, order = 'asc') =>
  String(
    (
      await query(
        `select qa_id from g5_qa_content where qa_subject = ? and qa_type = 0 order by qa_id ${order}`,
        [title],
      )
    )[0]?.qa_id,
  );

async function tryInwards({ hub, prove }: Context, stage: Stage): Promise<void> {
  const { site, writer, other, query } = stage;
  const title = '대출 문의입니다';
  let first = '';
  await prove(part, 'complaint_in', async () => {
    await site.ask(writer, { title, text: body });
    equal((await hub.wait(title)).body, body);
    first = await idOf(stage, title);
  });
  await prove(part, 'line_ends', async () => equal((await hub.wait(title)).body, body));
  await prove(part, 'answer_out', async () => {
    await hub.answer((await hub.wait(title)).receiptNumber, '가능합니다.\n오십시오.');
    await hub.settle(qaAgency);
    match(await waitForWords(stage.admin, viewOf(first), '가능합니다.'), /가능합니다\.\s+오십시오\./);
  });
  await prove(part, 'writer_reads', async () => {
    match(await writer.look(viewOf(first)), /가능합니다\.\s+오십시오\./);
    match(await writer.look('/bbs/qalist.php'), /답변완료/);
  });
  await prove(part, 'follow_up', async () => {
    await site.ask(writer, { title: '한 가지 더', text: '언제 가면 되나요?', after: first });
    const held = await hub.wait(title, ({ events }) => events.at(-1)?.type === 'followed_up');
    deepEqual(textsOf(held, 'followed_up'), ['한 가지 더\n\n언제 가면 되나요?']);
    deepEqual(await hub.find('한 가지 더'), []);
    await hub.answer(held.receiptNumber, '월요일에 오십시오');
    await hub.settle(qaAgency);
    ok(
      (await writer.look(viewOf(await idOf(stage, '한 가지 더')))).includes('월요일에 오십시오'),
      'not in the page',
    );
  });
  await prove(part, 'others_excluded', async () => {
    const guest = await site.guest();
    for (const who of [other, guest]) {
      const text = await who.look(viewOf(first));
      for (const words of ['둘째 줄', '가능합니다']) ok(!text.includes(words), words);
    }
    await guest.leave();
  });
  await prove(part, 'list_discreet', async () => {
    const text = await other.look('/bbs/qalist.php');
    for (const words of [title, '홍길동']) ok(!text.includes(words), words);
  });
  await prove(part, 'counters', async () => {
    const wrong = await query(
      `select q.qa_id from g5_qa_content q where q.qa_type = 0 and q.qa_status <>
         (select count(*) > 0 from g5_qa_content a where a.qa_type = 1 and a.qa_parent = q.qa_id)`,
    );
    deepEqual(wrong, []);
  });
}

async function tryOutwards({ hub, prove }: Context, stage: Stage): Promise<void> {
  const { site, admin, other } = stage;
  const title = '수출 지원 문의';
  let question = '';
  let number = '';
  await prove(part, 'complaint_out', async () => {
    number = await hub.file(qaAgency, { title, body, name: '이순신' });
    await hub.settle(qaAgency);
    question = await idOf(stage, title);
    const text = await admin.look(viewOf(question));
    for (const words of [title, '이순신']) ok(text.includes(words), words);
    match(text, /첫 줄입니다\.\s*\n\s*둘째 줄 & "따옴표"/);
    ok(!(await other.look('/bbs/qalist.php')).includes(title), 'in the list of another member');
  });
  await prove(part, 'answer_in', async () => {
    await site.answer(admin, question, '지원합니다.\n오십시오.');
    const held = await hub.wait(title, ({ status }) => status === 'answered');
    deepEqual(textsOf(held, 'answered'), ['지원합니다.\n오십시오.']);
  });
  await prove(part, 'follow_up', async () => {
    await hub.followUp(number, '얼마까지인가요?');
    await hub.settle(qaAgency);
    const further = await idOf(stage, title, 'desc');
    ok(further !== question, 'no further question');
    ok((await admin.look(viewOf(further))).includes('얼마까지인가요?'), 'not in its page');
    await site.answer(admin, further, '천만 원까지입니다');
    const held = await hub.wait(title, ({ status }) => status === 'answered');
    deepEqual(textsOf(held, 'answered'), ['지원합니다.\n오십시오.', '천만 원까지입니다']);
  });
}

async function tryOwn({ hub, prove }: Context, stage: Stage): Promise<void> {
  const { site, writer, other, query } = stage;
  const title = '기관일 회원 등급 문의';
  await prove(part, 'passer_by', async () => {
    await site.ask(writer, { title, text: '등급을 알려 주십시오' });
    await hub.wait(title);
    await rejects(site.answer(other, await idOf(stage, title), '가짜 답변'));
    await hub.look(qaAgency);
    deepEqual(textsOf(await hub.wait(title), 'answered'), []);
  });
  await prove(part, 'nothing_doubled', async () => {
    for (const one of ['대출 문의입니다', '수출 지원 문의', title])
      equal((await hub.find(one)).length, 1, one);
    const [rows] = await query(
      `select count(*) as n from g5_qa_content where qa_subject = '수출 지원 문의' and qa_type = 0 and qa_related = qa_id`,
    );
    equal(Number(rows?.n), 1);
  });
}
