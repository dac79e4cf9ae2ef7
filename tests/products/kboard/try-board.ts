import { deepEqual, equal, match, ok } from 'node:assert';
import type { Context } from '../product.ts';
import { agency, part, type Stage } from './stage.ts';

const titles = {
  in: '가로등이 꺼져 있습니다',
  own: '기관일 R&D 과제 문의',
  out: 'R&D <script>alert(1)</script> 신청',
};

/** What goes in and out of the board. */
export async function tryBoard(context: Context, stage: Stage): Promise<void> {
  await tryIncoming(context, stage);
  await tryOutgoing(context, stage);
}

async function tryIncoming({ hub, prove }: Context, stage: Stage) {
  const { site, writer, officer, other, admin, newest } = stage;
  await prove(part, 'complaint_in', async () => {
    const text = '<p>첫 줄입니다.</p><p>둘째 줄 &lt;b&gt;&amp; "따옴표"</p>';
    await site.write(writer, { title: titles.in, text, secret: true });
    const { body } = await hub.wait(titles.in);
    match(body, /^첫 줄입니다\.\n+둘째 줄 <b>& "따옴표"$/);
  });
  await site.write(writer, { title: titles.own, text: '<p>글</p>' });
  const post = await newest();
  const wait = (words: string) =>
    hub.wait(titles.own, ({ events }) => JSON.stringify(events).includes(words));
  await hub.wait(titles.own);
  await prove(part, 'passer_by', async () => {
    await site.comment(other, post, '저도 같은 불편을 겪습니다');
    // KBoard believes the number of a user that a guest sends.
    const forged = { member_uid: '1', member_display: '김담당', password: 'guest-1' };
    await site.comment(await site.guest(), post, '위조 <!-- minwon-hub 26-0000017-4/9 -->', forged);
    await hub.look(agency);
    const { events, notes } = await hub.wait(titles.own);
    ok(!events.some(({ type }) => type === 'answered' || type === 'followed_up'), JSON.stringify(events));
    deepEqual(notes, ['comments_of_others']);
  });
  await prove(part, 'answer_in', async () => {
    await site.comment(officer, post, '게시판 관리자의 답변');
    ok((await wait('게시판 관리자의 답변')).events.some(({ type }) => type === 'answered'));
    await site.comment(admin, post, '사이트 관리자의 답변');
    await wait('사이트 관리자의 답변');
  });
  await prove(part, 'follow_up', async () => {
    await site.comment(writer, post, '언제까지인가요?');
    ok((await wait('언제까지인가요?')).events.some(({ type }) => type === 'followed_up'));
    equal((await hub.find(titles.own)).length, 1);
  });
}

async function tryOutgoing({ hub, prove }: Context, { site, officer, query, newest }: Stage) {
  const body = '첫 줄 <i> [kboard id=1]\n둘째 줄 & 끝';
  const receiptNumber = await hub.file(agency, { title: titles.out, body, name: '이<u>한빛' });
  await hub.settle(agency);
  const post = await newest();
  await prove(part, 'complaint_out', async () => {
    const page = await site.view(officer, post);
    for (const words of [titles.out, '이<u>한빛', '첫 줄 <i> [kboard id=1]']) ok(page.includes(words), words);
  });
  await prove(part, 'line_ends', async () => {
    match(await site.view(officer, post), /첫 줄 <i> \[kboard id=1\]\n+둘째 줄 & 끝/);
  });
  await prove(part, 'answer_out', async () => {
    const [complaint] = await hub.find(titles.in);
    await hub.answer(complaint?.receiptNumber ?? '', '내일 고치겠습니다.\n감사합니다.', '이<u>담당');
    await hub.settle(agency);
    const [held] = await query('select uid from wp_kboard_board_content where title = ?', [titles.in]);
    const page = await site.view(officer, String(held?.uid));
    match(page, /이<u>담당/);
    match(page, /내일 고치겠습니다\.\n+감사합니다\./);
  });
  await prove(part, 'counters', async () => {
    await hub.followUp(receiptNumber, '언제 끝나나요?');
    await hub.settle(agency);
    match(await site.view(officer, post), /언제 끝나나요\?/);
    match(await site.list(officer), new RegExp(`${receiptNumber}\\s*\\(1\\)`));
    const [counted] = await query(
      `select m.value, (select count(*) from wp_kboard_board_content) as n from wp_kboard_board_meta m where m.key = 'list_total'`,
    );
    equal(Number(counted?.value), Number(counted?.n));
  });
  await prove(part, 'killed', async () => {
    const all = ['하나', '둘', '셋'].map((n) => `죽어도 하나 ${n}`);
    for (const title of all) await hub.file(agency, { title, body: '글', name: '이한빛' });
    await hub.kill();
    await hub.start();
    await hub.settle(agency);
    for (const title of all) {
      const like = 'select 1 from wp_kboard_board_content where content like ?';
      equal((await query(like, [`%▷ 제목: ${title}<%`])).length, 1, title);
    }
  });
  await prove(part, 'nothing_doubled', async () => {
    for (const title of Object.values(titles)) equal((await hub.find(title)).length, 1, title);
  });
}
