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
  const incoming = await tryIncoming(context, stage);
  await tryOutgoing(context, stage, incoming);
}

async function tryIncoming({ hub, prove }: Context, { site, writer, officer, other, query }: Stage) {
  let incoming = '';
  await prove(part, 'complaint_in', async () => {
    const paragraph = (text: string) => `<!-- wp:paragraph -->\n<p>${text}</p>\n<!-- /wp:paragraph -->`;
    const text = `${paragraph('첫 줄입니다.')}\n\n${paragraph('둘째 줄 &lt;b&gt;&amp; "따옴표"')}`;
    incoming = await site.write(writer, { title: titles.in, text, secret: true });
    const { body } = await hub.wait(titles.in);
    match(body, /^첫 줄입니다\.\n+둘째 줄 <b>& "따옴표"$/);
  });
  const post = await site.write(writer, { title: titles.own, text: '<p>글</p>' });
  const wait = (words: string) =>
    hub.wait(titles.own, ({ events }) => JSON.stringify(events).includes(words));
  await hub.wait(titles.own);
  await prove(part, 'passer_by', async () => {
    await site.comment(other, post, '저도 같은 불편을 겪습니다');
    const guest = await site.guest();
    const forged = {
      author: '김담당',
      email: 'officer@site.example',
      user_id: '2',
      comment_agent: 'minwon-hub 26-0000017-4/9 answer',
    };
    await site.comment(guest, post, '위조 <!-- minwon-hub 26-0000017-4/9 -->', forged);
    // A guest's comment waits for approval. An administrator publishes it.
    await query(`update wp_comments set comment_approved = '1' where user_id = 0`);
    await hub.look(agency);
    const { events, notes } = await hub.wait(titles.own);
    ok(!events.some(({ type }) => type === 'answered' || type === 'followed_up'), JSON.stringify(events));
    deepEqual(notes, ['comments_of_others']);
  });
  await prove(part, 'answer_in', async () => {
    await site.comment(officer, post, '편집자의 답변');
    ok((await wait('편집자의 답변')).events.some(({ type }) => type === 'answered'));
  });
  await prove(part, 'follow_up', async () => {
    await site.comment(writer, post, '언제까지인가요?');
    ok((await wait('언제까지인가요?')).events.some(({ type }) => type === 'followed_up'));
    equal((await hub.find(titles.own)).length, 1);
  });
  return incoming;
}

async function tryOutgoing(
  { hub, prove }: Context,
  { site, officer, writer, query, newest }: Stage,
  incoming: string,
) {
  const body = '첫 줄 <i> [gallery]\n둘째 줄 & 끝';
  const receiptNumber = await hub.file(agency, { title: titles.out, body, name: '이<u>한빛' });
  await hub.settle(agency);
  const post = await newest();
  await prove(part, 'complaint_out', async () => {
    const page = await site.view(officer, post);
    for (const words of [titles.out, '이<u>한빛', '첫 줄 <i> [gallery]']) ok(page.includes(words), words);
  });
  await prove(part, 'line_ends', async () => {
    match(await site.view(officer, post), /첫 줄 <i> \[gallery\]\n+둘째 줄 & 끝/);
  });
  await prove(part, 'answer_out', async () => {
    const [complaint] = await hub.find(titles.in);
    await hub.answer(complaint?.receiptNumber ?? '', '내일 고치겠습니다.\n감사합니다.', '이<u>담당');
    await hub.settle(agency);
    const page = await site.view(writer, incoming);
    match(page, /이<u>담당/);
    match(page, /내일 고치겠습니다\.\n+감사합니다\./);
  });
  await prove(part, 'counters', async () => {
    await hub.followUp(receiptNumber, '언제 끝나나요?');
    await hub.settle(agency);
    match(await site.view(officer, post), /언제 끝나나요\?/);
    const wrong = `select ID from wp_posts p where comment_count <>
      (select count(*) from wp_comments c where c.comment_post_ID = p.ID and comment_approved = '1')`;
    deepEqual(await query(wrong), []);
    // WordPress counts published posts alone.
    const counts = `select count, (select count(*) from wp_term_relationships r join wp_posts p on p.ID = r.object_id
      where r.term_taxonomy_id = t.term_taxonomy_id and post_status = 'publish') as n
      from wp_term_taxonomy t where taxonomy = 'category'`;
    for (const { count, n } of await query(counts)) equal(Number(count), Number(n));
  });
  await prove(part, 'killed', async () => {
    const all = ['하나', '둘', '셋'].map((n) => `죽어도 하나 ${n}`);
    for (const title of all) await hub.file(agency, { title, body: '글', name: '이한빛' });
    await hub.kill();
    await hub.start();
    await hub.settle(agency);
    for (const title of all)
      equal((await query('select 1 from wp_posts where post_title = ?', [title])).length, 1, title);
  });
  await prove(part, 'nothing_doubled', async () => {
    for (const title of Object.values(titles)) equal((await hub.find(title)).length, 1, title);
  });
}
