import { deepEqual, equal, match, ok } from 'node:assert';
import { waitFor } from '../../support/wait-for.ts';
import type { Person } from '../person.ts';
import type { Context, HeldComplaint } from '../product.ts';
import { board, boardAgency, boardPart as part, type Stage } from './stage.ts';

export const viewOf = (post: string) => `/bbs/board.php?bo_table=${board}&wr_id=${post}`;

/** Opens the page again until it shows the words. */
export const waitForWords = (who: Person, path: string, words: string): Promise<string> =>
  waitFor(`${words} at ${path}`, async () => {
    const text = await who.look(path);
    return text.includes(words) && text;
  });

export const textsOf = ({ events }: HeldComplaint, type: string): string[] =>
  events
    .filter((event) => event.type === type)
    .map(({ data }) => {
      const { answer, followUp } = data as { answer?: { text: string }; followUp?: { text: string } };
      return (answer ?? followUp)?.text ?? '';
    });

/** What people say to each other on the board and across it. */
export async function tryBoard(context: Context, stage: Stage): Promise<void> {
  await tryInwards(context, stage);
  await tryOutwards(context, stage);
  await tryOwn(context, stage);
  await tryGuest(context, stage);
  await tryCounters(context, stage);
}

const body = '첫 줄입니다.\n\n둘째 줄 <b>&amp;</b> "따옴표"';

async function tryInwards({ hub, prove }: Context, { site, writer, admin }: Stage): Promise<void> {
  const title = '가로등이 꺼져 있습니다';
  let post = '';
  await prove(part, 'complaint_in', async () => {
    post = await site.write(writer, board, { title, text: body, secret: true });
    equal((await hub.wait(title)).body, body);
  });
  await prove(part, 'answer_out', async () => {
    await hub.answer((await hub.wait(title)).receiptNumber, '내일 고치겠습니다.\n\n감사합니다.', '이<u>담당');
    await hub.settle(boardAgency);
    match(await admin.look(viewOf(post)), /내일 고치겠습니다\.\s+감사합니다\.\s+▷ 담당: 민원과 · 이<u>담당/);
  });
  await prove(part, 'writer_reads', async () => {
    match(await writer.look(viewOf(post)), /내일 고치겠습니다\.\s+감사합니다\./);
  });
  await prove(part, 'line_ends', async () => {
    const html = { title: '서식 있는 글', text: '첫 줄\n둘째 줄 <b>굵게</b>', html: 'html2' as const };
    await site.write(writer, board, html);
    equal((await hub.wait(html.title)).body, '첫 줄\n둘째 줄 굵게');
  });
}

async function tryOutwards({ hub, prove }: Context, { admin, officer, query, site }: Stage): Promise<void> {
  const title = '도로가 파였습니다';
  let post = '';
  await prove(part, 'complaint_out', async () => {
    const number = await hub.file(boardAgency, { title, body, name: '이순신' });
    await hub.settle(boardAgency);
    const [row] = await query(`select wr_id from g5_write_${board} where wr_10 = ? and wr_is_comment = 0`, [
      `${number}/1`,
    ]);
    post = String(row?.wr_id ?? '');
    const text = await officer.look(viewOf(post));
    for (const words of [title, '이순신', '둘째 줄 <b>&amp;</b> "따옴표"']) ok(text.includes(words), words);
    ok(
      (await admin.look(`/bbs/board.php?bo_table=${board}`)).includes(number),
      'its number is not in the list',
    );
  });
  await prove(part, 'answer_in', async () => {
    await site.comment(officer, board, post, '내일 메우겠습니다.\n고맙습니다.');
    const held = await hub.wait(title, ({ status }) => status === 'answered');
    deepEqual(textsOf(held, 'answered'), ['내일 메우겠습니다.\n고맙습니다.']);
    equal(held.events.at(-1)?.agency, boardAgency);
  });
  await prove(part, 'line_ends', async () => {
    const { body: whole } = await hub.wait(title);
    equal(whole, body);
    match(await officer.look(viewOf(post)), /첫 줄입니다\.\s*\n\s*\n?\s*둘째 줄/);
  });
}

/** A complaint that the board's own agency has to answer: GB-1, GB-7, GB-8. */
async function tryOwn({ hub, prove }: Context, stage: Stage): Promise<void> {
  const { site, writer, other, officer, query } = stage;
  const title = '기관일 벤치가 부서졌습니다';
  let post = '';
  const stateOf = async () =>
    (await query(`select wr_1 from g5_write_${board} where wr_id = ?`, [post]))[0]?.wr_1;
  await prove(part, 'passer_by', async () => {
    post = await site.write(writer, board, { title, text: '공원 벤치' });
    await hub.wait(title);
    await site.comment(other, board, post, '저도 같은 불편을 겪고 있어요');
    await site.reply(other, board, post, '저도요');
    const held = await hub.wait(title, ({ notes }) => notes.length > 0);
    await hub.look(boardAgency);
    deepEqual(held.notes, ['comments_of_others']);
    const later = await hub.wait(title);
    deepEqual([textsOf(later, 'answered'), textsOf(later, 'followed_up')], [[], []]);
    ok(later.status !== 'answered', later.status);
  });
  await prove(part, 'counters', async () => {
    await site.comment(officer, board, post, '고쳤습니다');
    deepEqual(textsOf(await hub.wait(title, ({ status }) => status === 'answered'), 'answered'), [
      '고쳤습니다',
    ]);
    await waitFor('답변완료 for an own answer', async () => (await stateOf()) === '답변완료');
  });
  await prove(part, 'follow_up', async () => {
    await site.comment(writer, board, post, '아직 흔들립니다');
    const held = await hub.wait(title, ({ status }) => status === 'assigned');
    deepEqual(textsOf(held, 'followed_up'), ['아직 흔들립니다']);
    equal((await hub.find(title)).length, 1);
  });
  await prove(part, 'counters', () =>
    waitFor('답변완료 to be taken back', async () => (await stateOf()) === '접수'),
  );
}

async function tryGuest({ hub, prove }: Context, { site }: Stage): Promise<void> {
  const title = '비회원의 문의';
  const by = { name: '손민수', password: 'guest-pass' };
  let post = '';
  await prove(part, 'guest_reads', async () => {
    const author = await site.guest();
    post = await site.write(author, board, { title, text: '언제 여나요?', secret: true, by });
    await author.leave();
    await hub.answer((await hub.wait(title)).receiptNumber, '아홉 시에 엽니다');
    await hub.settle(boardAgency);
    const guest = await site.guest();
    ok(!(await guest.look(viewOf(post))).includes('아홉 시'), 'open without the password');
    ok((await site.unlock(guest, by.password)).includes('아홉 시에 엽니다'), 'not readable by the password');
    await site.comment(guest, board, post, '일요일에도요?', by);
    await guest.leave();
  });
  await prove(part, 'follow_up', async () => {
    const held = await hub.wait(title, ({ events }) => events.at(-1)?.type === 'followed_up');
    deepEqual(textsOf(held, 'followed_up'), ['일요일에도요?']);
  });
}

async function tryCounters({ hub, prove }: Context, { query }: Stage): Promise<void> {
  await prove(part, 'counters', async () => {
    await hub.settle(boardAgency);
    const [counted] = await query(
      `select bo_count_write as posts, bo_count_comment as comments from g5_board where bo_table = ?`,
      [board],
    );
    const [real] = await query(
      `select sum(wr_is_comment = 0) as posts, sum(wr_is_comment = 1) as comments from g5_write_${board}`,
    );
    const numbers = (row: Record<string, unknown> = {}) => [Number(row.posts), Number(row.comments)];
    deepEqual(numbers(counted), numbers(real));
    const wrong = await query(
      `select p.wr_id from g5_write_${board} p where p.wr_is_comment = 0 and p.wr_comment <>
         (select count(*) from g5_write_${board} c where c.wr_parent = p.wr_id and c.wr_is_comment = 1)`,
    );
    deepEqual(wrong, []);
  });
  await prove(part, 'nothing_doubled', async () => {
    const twice = `select wr_10 from g5_write_${board} where wr_10 <> '' group by wr_10 having count(*) > 1`;
    deepEqual(await query(twice), []);
    const titles = ['가로등이 꺼져 있습니다', '도로가 파였습니다', '비회원의 문의', '서식 있는 글'];
    for (const title of titles) equal((await hub.find(title)).length, 1, title);
  });
}
