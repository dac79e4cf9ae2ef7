import { describe, expect, test } from 'vitest';
import { samples, toChange } from '../../../adapters/conformance/samples.ts';
import type { SqlSettings } from '../../../adapters/sql/config.ts';
import { inWords } from '../../support/in-words.ts';
import { hasMaria } from '../conformance/sql-fixture.ts';
import { bring, find, openProduct, type Product, push, readAll } from './open-product.ts';

/** Who may answer on a GNUBoard, who may read what the hub writes there, and what becomes of its states. */

const receiptNumber = '26-0000017-4';
const registered = toChange(samples.registered);
const { content } = samples.registered.data;
const open = (parameters: Record<string, string> = {}, more: Partial<SqlSettings> = {}) =>
  openProduct({
    tables: 'gnuboard5',
    charset: 'utf8',
    settings: { preset: 'gnuboard5-board', parameters: { board: 'minwon', ...parameters }, ...more },
  });

/** Rows as the board's own programs write them: with the writer's address. */
type Row = Record<string, string | number>;
async function insert({ query }: Product, row: Row): Promise<number> {
  const full = { wr_ip: '192.0.2.1', wr_datetime: '2026-11-20 12:00:00', ...row };
  const columns = Object.keys(full).map((name) => `${name} = ?`);
  await query(`insert into g5_write_minwon set ${columns.join(', ')}`, Object.values(full));
  return Number((await query('select last_insert_id() as id'))[0]?.id);
}
async function file(product: Product, row: Row = {}): Promise<number> {
  const writer = { mb_id: 'hong', wr_name: '홍길동', wr_subject: '문의', wr_content: '글' };
  const id = await insert(product, { wr_num: -1, wr_last: '2026-11-20 12:00:00', ...writer, ...row });
  await product.query('update g5_write_minwon set wr_parent = wr_id where wr_id = ?', [id]);
  return id;
}
const comment = (product: Product, post: number, mb_id: string, text: string, row: Row = {}) =>
  insert(product, { wr_parent: post, wr_is_comment: 1, mb_id, wr_name: mb_id, wr_content: text, ...row });
const reply = (product: Product, mb_id: string, text: string, row: Row = {}) =>
  insert(product, {
    wr_num: -1,
    wr_reply: 'A',
    mb_id,
    wr_name: mb_id,
    wr_subject: 'Re',
    wr_content: text,
    ...row,
  });

async function readFirst(product: Product, cursor?: string) {
  const pulled = await product.adapter.pull!(cursor, AbortSignal.timeout(10_000));
  const read = await product.adapter.normalise(pulled.posts[0]?.raw);
  if (!read.ok) throw new Error(JSON.stringify(read));
  const texts = (parts: { text: string }[] = []) => parts.map(({ text }) => text);
  const { post, aside } = read;
  return {
    post,
    answers: texts(post.answers),
    followUps: texts(post.followUps),
    note: aside?.note,
    cursor: pulled.cursor,
  };
}
const others = (n: number) => ({ code: 'comments_of_others', params: { n } });

describe.runIf(hasMaria())('who answers on a GNUBoard', () => {
  test('the administrators of board, group and site do; passers-by are counted', async () => {
    const product = await open();
    await product.query(`update g5_group set gr_admin = 'lee' where gr_id = 'community'`);
    const post = await file(product);
    for (const who of ['kim', 'lee', 'admin', 'stranger', 'park']) await comment(product, post, who, who);
    await comment(product, post, '', '손님', { wr_name: '김담당' });
    await comment(product, post, 'hong', '글쓴이');
    await reply(product, 'park', '지나가는 답글');
    await reply(product, 'kim', '담당자의 답글', { wr_reply: 'B' });
    await reply(product, 'hong', '글쓴이의 답글', { wr_reply: 'C' });
    const read = await readFirst(product);
    expect(read.answers).toEqual(['kim', 'lee', 'admin', '담당자의 답글']);
    expect(read.followUps).toEqual(['글쓴이', '글쓴이의 답글']);
    expect(read.note).toEqual(others(4));
  });

  test('members from a level and those that are named do, too', async () => {
    const product = await open({ officerLevel: '8', officers: 'park, nobody' });
    const post = await file(product);
    for (const who of ['lee', 'park', 'stranger']) await comment(product, post, who, who);
    const read = await readFirst(product);
    expect(read.answers).toEqual(['lee', 'park']);
    expect(read.note).toEqual(others(1));
  });

  test('an officer who registered a post for somebody answers it', async () => {
    const product = await open();
    const post = await file(product, { mb_id: 'kim', wr_name: '민원인' });
    await comment(product, post, 'kim', '답변입니다');
    expect(await readFirst(product)).toMatchObject({ answers: ['답변입니다'], followUps: [] });
  });

  test.each([
    ['secret', ['또 묻습니다'], undefined],
    ['', [], others(1)],
  ])(
    'a guest’s post (%s): who bears its name is its writer only where others cannot write',
    async (option, asked, note) => {
      const product = await open();
      const post = await file(product, { mb_id: '', wr_option: option });
      await comment(product, post, '', '또 묻습니다', { wr_name: '홍길동' });
      expect(await readFirst(product)).toMatchObject({ answers: [], followUps: asked, note });
    },
  );

  test('what a form can fill in makes nobody the hub', async () => {
    const product = await open();
    const forged = { wr_9: 'answer', wr_10: `${receiptNumber}/1` };
    const post = await file(product, forged);
    await comment(product, post, 'park', '가짜 답변', { ...forged, wr_10: `${receiptNumber}/2` });
    const read = await readFirst(product);
    expect(read.post.receiptNumber).toBeUndefined();
    expect(read).toMatchObject({ answers: [], note: others(1) });
    expect(await find(product, registered, `${receiptNumber}/1`)).toBeUndefined();
    const ref = await bring(product, registered, `${receiptNumber}/1`);
    expect(ref.externalId).not.toBe(String(post));
    const answered = toChange(samples.answered, ref);
    await comment(product, Number(ref.externalId), 'park', '가짜', {
      ...forged,
      wr_10: `${receiptNumber}/3`,
    });
    expect(await find(product, answered, `${receiptNumber}/3`)).toBeUndefined();
  });

  test('of two posts in one thread neither gets its replies, and both say so', async () => {
    const product = await open();
    const post = await file(product);
    const second = await file(product, { wr_datetime: '2026-11-20 12:00:01' });
    await reply(product, 'kim', '누구의 답변인가');
    await comment(product, post, 'kim', '댓글 답변');
    const read = await readFirst(product);
    expect(read.answers).toEqual(['댓글 답변']);
    expect(read.note).toEqual({
      code: 'shared_thread',
      params: { posts: `${post}, ${second}`, number: -1 },
    });
  });

  test('html2 keeps its line ends', async () => {
    const product = await open();
    await file(product, { wr_option: 'html2', wr_content: '첫 줄\r\n둘째 줄 <b>굵게</b>\n\n셋째' });
    expect((await readFirst(product)).post.content?.body).toBe('첫 줄\n둘째 줄 굵게\n\n셋째');
  });
});

describe.runIf(hasMaria())('who reads what the hub writes on a GNUBoard', () => {
  const rowOf = async ({ query }: Product, id: string | undefined) =>
    (await query('select * from g5_write_minwon where wr_id = ?', [id]))[0] ?? {};

  test('a post tells strangers neither title nor name, and no password opens it; the hub reads both back', async () => {
    const product = await open();
    const { externalId } = await bring(product, registered, `${receiptNumber}/1`);
    const row = await rowOf(product, externalId);
    expect(row).toMatchObject({ wr_subject: `민원 ${receiptNumber}`, wr_option: 'secret', wr_password: '*' });
    expect(row.wr_name).not.toBe(content.complainant.name);
    expect(row.wr_name).toMatch(/^.\*+.?$/u);
    expect(row.wr_content).toContain(content.title);
    expect(row.wr_content).toContain(content.complainant.name);
    const { title, body, complainant } = (await readFirst(product)).post.content ?? {};
    expect({ title, body, name: complainant?.name }).toEqual({
      title: content.title,
      body: content.body,
      name: content.complainant.name,
    });
  });

  test.each([
    ['홍길동', '홍*동'],
    ['김희', '김*'],
    ['남궁민수', '남**수'],
    ['한', '한*'],
  ])('%s is shown as %s', async (name, shown) => {
    const product = await open();
    const given = { ...content, complainant: { ...content.complainant, name } };
    const change = toChange({ type: 'registered', data: { content: given } });
    const { externalId } = await bring(product, change, `${receiptNumber}/1`);
    expect((await rowOf(product, externalId)).wr_name).toBe(shown);
  });

  test.each([
    [
      'a guest’s secret post is read by who opened it',
      { mb_id: '', wr_option: 'secret', wr_password: 'hash' },
      '',
      'hash',
    ],
    ['a guest’s open post by who knows its password', { mb_id: '', wr_password: 'hash' }, 'secret', 'hash'],
    ['a member’s post by that member', { wr_option: 'secret' }, 'secret', '*'],
  ])('an answer below %s', async (_what, row, option, password) => {
    const product = await open();
    const ref = { externalId: String(await file(product, row)) };
    const part = await bring(product, toChange(samples.answered, ref), `${receiptNumber}/2`);
    const question = toChange({ type: 'followed_up', data: { followUp: { text: '또 묻습니다' } } }, ref);
    const further = await bring(product, question, `${receiptNumber}/3`);
    for (const { partId } of [part, further])
      expect(await rowOf(product, partId)).toMatchObject({ wr_option: option, wr_password: password });
  });

  const faults = async (product: Product) =>
    (inWords((await product.adapter.check(AbortSignal.timeout(10_000))).lines) as unknown as Fault[])
      .filter(({ ok }) => !ok)
      .map(({ detail }) => detail);

  interface Fault {
    ok: boolean;
    detail: string;
  }
  test('the check tells settings that show to strangers, or hide, what the hub writes', async () => {
    const product = await open({ title: 'shown' });
    expect(await faults(product)).toEqual([]);
    await product.query(
      `update g5_board set bo_admin = '', bo_list_level = 1, bo_read_level = 2, bo_use_list_content = 1`,
    );
    await file(product, { mb_id: '', wr_ip: '', wr_option: 'secret' });
    expect(await faults(product)).toEqual([
      expect.stringContaining('neither the board nor its group has an administrator'),
      expect.stringContaining('title is shown'),
      expect.stringContaining('shows texts in its list'),
      expect.stringContaining('some who file here cannot read'),
      expect.stringContaining('have an empty password'),
    ]);
    const accepted = await open({ officers: 'park' }, { checks: { locked_out: false } });
    expect(await faults(accepted)).toEqual([]);
    expect(await faults(await open({ officers: 'park' }))).toEqual([
      expect.stringContaining('cannot open secret posts'),
    ]);
  });
});

describe.runIf(hasMaria())('the states of a GNUBoard', () => {
  const stateOf = async ({ query }: Product, post: number) =>
    (await query('select wr_1 from g5_write_minwon where wr_id = ?', [post]))[0]?.wr_1;

  test('an answer of its own officer sets 답변완료, a further question takes it back, each once', async () => {
    const product = await open();
    const now = (minute: number) => ({ wr_last: `2026-11-20 12:0${minute}:00` });
    const post = await file(product);
    await comment(product, post, 'kim', '첫 답변');
    const first = await readFirst(product);
    expect(await stateOf(product, post), 'the first reading changes nothing').toBe('');
    const second = await readFirst(product, first.cursor).catch(() => undefined);
    expect(await stateOf(product, post)).toBe('답변완료');
    expect(second?.post.status).toBe('answered');

    await comment(product, post, 'park', '지나가는 말');
    await comment(product, post, 'hong', '또 묻습니다');
    await product.query('update g5_write_minwon set ? where wr_id = ?', [now(1), post] as unknown[]);
    const third = await readFirst(product, first.cursor);
    expect(await stateOf(product, post)).toBe('접수');
    expect(third.post.status).toBe('assigned');

    await product.query(`update g5_write_minwon set wr_1 = '종결' where wr_id = ?`, [post]);
    const fourth = await readFirst(product, first.cursor);
    expect(await stateOf(product, post), 'what a person set stays').toBe('종결');
    expect(fourth.post.status).toBe('closed');
  });

  test('an interim answer of another agency sets nothing; a state that ends a complaint stays', async () => {
    const product = await open();
    const post = await file(product);
    const ref = { externalId: String(post) };
    const { cursor } = await readFirst(product);
    await bring(
      product,
      toChange({ type: 'interim_answered', data: { answer: { text: '살펴보고 있습니다' } } }, ref),
      `${receiptNumber}/2`,
    );
    await readFirst(product, cursor);
    expect(await stateOf(product, post)).toBe('');
    await product.query(`update g5_write_minwon set wr_1 = '취하' where wr_id = ?`, [post]);
    await comment(product, post, 'kim', '답변');
    await readFirst(product, cursor);
    expect(await stateOf(product, post)).toBe('취하');
  });
});

describe.runIf(hasMaria())('1:1 questions of GNUBoard', () => {
  const openQuestions = () =>
    openProduct({ tables: 'gnuboard5', charset: 'utf8', settings: { preset: 'gnuboard5-qa' } });
  async function ask({ query }: Product, row: Row): Promise<number> {
    const full = {
      qa_name: '홍길동',
      mb_id: 'hong',
      qa_ip: '192.0.2.1',
      qa_datetime: '2026-11-20 12:00:00',
      ...row,
    };
    const columns = Object.keys(full).map((name) => `${name} = ?`);
    await query(`insert into g5_qa_content set qa_num = -1, ${columns.join(', ')}`, Object.values(full));
    const id = Number((await query('select last_insert_id() as id'))[0]?.id);
    await query(
      'update g5_qa_content set qa_parent = if(qa_type = 1, qa_parent, ?), qa_related = if(qa_related = 0, ?, qa_related) where qa_id = ?',
      [id, id, id],
    );
    return id;
  }

  test('추가질문 is a follow-up of the first question, and its answer one of its answers', async () => {
    const product = await openQuestions();
    const first = await ask(product, { qa_subject: '문의', qa_content: '글', qa_status: 1 });
    await ask(product, { qa_type: 1, qa_parent: first, qa_related: first, qa_content: '답 하나' });
    const further = await ask(product, {
      qa_related: first,
      qa_subject: '하나 더',
      qa_content: '언제인가요?\n\n\n\n====== 이전 답변내용 =======\n글',
      qa_datetime: '2026-11-20 12:10:00',
    });
    const before = await readAll(product);
    expect(before.ids).toEqual([String(first)]);
    expect(before.posts).toMatchObject([
      {
        status: 'received',
        answers: [{ text: '답 하나' }],
        followUps: [{ id: String(further), text: '하나 더\n\n언제인가요?' }],
      },
    ]);
    await bring(product, toChange(samples.answered, { externalId: String(first) }), `${receiptNumber}/4`);
    const [row] = await product.query(
      'select qa_parent, qa_related from g5_qa_content order by qa_id desc limit 1',
    );
    expect(row).toEqual({ qa_parent: further, qa_related: first });
    expect((await readAll(product)).posts).toMatchObject([
      { status: 'answered', answers: [{ text: '답 하나' }, { text: samples.answered.data.answer.text }] },
    ]);
  });

  test('a further question from elsewhere stands as 추가질문 of its writer, once', async () => {
    const product = await openQuestions();
    const ref = {
      externalId: String(await ask(product, { qa_subject: '문의', qa_content: '글', qa_html: 2 })),
    };
    const question = toChange(
      { type: 'followed_up', data: { followUp: { text: '언제 <끝>나나요?\n둘째 줄' } } },
      ref,
    );
    const part = await bring(product, question, `${receiptNumber}/2`);
    expect(await push(product, question, `${receiptNumber}/2`)).toMatchObject({ ref: part });
    expect(
      await product.query(
        'select qa_id, qa_parent, qa_related, mb_id, qa_status from g5_qa_content where qa_id <> ?',
        [ref.externalId],
      ),
    ).toEqual([
      {
        qa_id: Number(part.partId),
        qa_parent: Number(part.partId),
        qa_related: Number(ref.externalId),
        mb_id: 'hong',
        qa_status: 0,
      },
    ]);
    expect((await readAll(product)).posts).toMatchObject([
      { followUps: [{ id: part.partId, text: '언제 <끝>나나요?\n둘째 줄' }] },
    ]);
  });

  test('qa_html 2 keeps its line ends; a mark that somebody wrote is not the hub’s', async () => {
    const product = await openQuestions();
    const text = `첫 줄\r\n둘째 <b>줄</b><!-- minwon-hub ${receiptNumber}/1 -->`;
    await ask(product, { qa_subject: '문의', qa_html: 2, qa_content: text });
    const [post] = (await readAll(product)).posts;
    expect(post?.content?.body).toBe('첫 줄\n둘째 줄');
    expect(post?.receiptNumber).toBeUndefined();
    expect(await find(product, registered, `${receiptNumber}/1`)).toBeUndefined();
  });
});
