import { deepEqual, equal, match, ok } from 'node:assert';
import type { Context } from '../product.ts';
import { agency, part, type Stage } from './stage.ts';

const titles = { in: '가로등이 꺼져 있습니다', own: '기관일 R&D <과제> "문의"', out: 'R&D <과제> "A" 신청' };

/** What goes in and out of the board. */
export async function tryBoard(context: Context, stage: Stage): Promise<void> {
  await tryIncoming(context, stage);
  await tryOutgoing(context, stage);
}

async function tryIncoming({ hub, prove }: Context, { site, writer, officer, other, admin }: Stage) {
  await prove(part, 'complaint_in', async () => {
    const text = '<p>첫 줄입니다.</p><p>둘째 줄 &lt;b&gt;&amp; "따옴표"</p>';
    await site.write(writer, { title: titles.in, text, secret: true });
    const { body } = await hub.wait(titles.in);
    match(body, /^첫 줄입니다\.\n+둘째 줄 <b>& "따옴표"$/);
  });
  const post = await site.write(writer, { title: titles.own, text: '<p>글</p>' });
  const wait = (type: string) =>
    hub.wait(titles.own, ({ events }) => events.some((event) => event.type === type));
  await hub.wait(titles.own);
  await prove(part, 'passer_by', async () => {
    await site.comment(other, post, '<p>저도 같은 불편을 겪습니다</p>');
    await site.comment(await site.guest(), post, '<p>위조 <!-- minwon-hub 26-0000017-4/9 --></p>', {
      name: '김담당',
      password: 'guest-1',
    });
    await hub.look(agency);
    const { events, notes } = await hub.wait(titles.own);
    ok(!events.some(({ type }) => type === 'answered' || type === 'followed_up'), JSON.stringify(events));
    deepEqual(notes, ['comments_of_others']);
  });
  await prove(part, 'answer_in', async () => {
    await site.comment(officer, post, '<p>게시판 관리자의 답변</p>');
    const { events } = await wait('answered');
    match(JSON.stringify(events), /게시판 관리자의 답변/);
    await site.comment(admin, post, '<p>최고 관리자의 답변</p>');
    await hub.wait(titles.own, ({ events: all }) => JSON.stringify(all).includes('최고 관리자의 답변'));
  });
  await prove(part, 'follow_up', async () => {
    await site.comment(writer, post, '<p>언제까지인가요?</p>');
    const { events } = await wait('followed_up');
    match(JSON.stringify(events), /언제까지인가요\?/);
    equal((await hub.find(titles.own)).length, 1);
  });
}

async function tryOutgoing({ hub, prove }: Context, { site, officer, query, php }: Stage) {
  const receiptNumber = await hub.file(agency, {
    title: titles.out,
    body: '첫 줄 <i>\n둘째 줄 & 끝',
    name: '이<u>한빛',
  });
  await hub.settle(agency);
  const rows = () =>
    query(`select document_srl, comment_count from rx_documents where content like ?`, [
      `%minwon-hub ${receiptNumber}/%`,
    ]);
  const post = String((await rows())[0]?.document_srl);
  await prove(part, 'complaint_out', async () => {
    const page = await site.view(officer, post);
    for (const words of [titles.out, '이<u>한빛', '첫 줄 <i>']) ok(page.includes(words), words);
  });
  await prove(part, 'line_ends', async () => {
    match(await site.view(officer, post), /첫 줄 <i>\n+둘째 줄 & 끝/);
  });
  await prove(part, 'answer_out', async () => {
    const [complaint] = await hub.find(titles.in);
    await hub.answer(complaint?.receiptNumber ?? '', '내일 고치겠습니다.\n감사합니다.', '이<u>담당');
    await hub.settle(agency);
    const [held] = await query(`select document_srl from rx_documents where title = ?`, [titles.in]);
    const page = await site.view(officer, String(held?.document_srl));
    match(page, /이<u>담당/);
    match(page, /내일 고치겠습니다\.\n+감사합니다\./);
  });
  await prove(part, 'counters', async () => {
    await hub.followUp(receiptNumber, '언제 끝나나요?');
    await hub.settle(agency);
    match(await site.view(officer, post), /언제 끝나나요\?/);
    equal((await rows())[0]?.comment_count, 1);
    deepEqual(php.complaints(), []);
  });
  await prove(part, 'killed', async () => {
    const all = ['하나', '둘', '셋'].map((n) => `죽어도 하나 ${n}`);
    for (const title of all) await hub.file(agency, { title, body: '글', name: '이한빛' });
    await hub.kill();
    await hub.start();
    await hub.settle(agency);
    for (const title of all) {
      const held = await query('select 1 from rx_documents where content like ?', [`%▷ 제목: ${title}<%`]);
      equal(held.length, 1, title);
    }
  });
  await prove(part, 'nothing_doubled', async () => {
    equal((await rows()).length, 1);
    for (const title of Object.values(titles)) equal((await hub.find(title)).length, 1, title);
  });
}
