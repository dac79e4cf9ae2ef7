import { describe, expect, test } from 'vitest';
import { samples, toChange } from '../../../../adapters/conformance/samples.ts';
import type { SqlSettings } from '../../../../adapters/sql/config.ts';
import { inWords } from '../../../support/in-words.ts';
import { hasMaria } from '../../conformance/sql-fixture.ts';
import { bring, openProduct, type Product, readAll } from '../open-product.ts';

/** What is special about KBoard: who may answer, its counters, and that its pages print titles as they are. */

const receiptNumber = '26-0000017-4';
const preset: Partial<SqlSettings> = { preset: 'kboard', parameters: { board: '3' } };
const open = (parameters = {}) =>
  openProduct({
    tables: 'kboard',
    settings: { ...preset, parameters: { ...preset.parameters, ...parameters } },
  });

const file = ({ query }: Product, set = '') =>
  query(`insert into wp_kboard_board_content set board_id = 3, member_uid = 2, member_display = '홍길동', title = 'R&amp;D 과제',
    content = '<p>가</p>', date = '20261120120000', \`update\` = '20261120120000' ${set}`);

const comment = ({ query }: Product, user: number, text: string, { name = '누군가', password = '' } = {}) =>
  query(
    `insert into wp_kboard_comments set content_uid = 1, user_uid = ?, user_display = ?, content = ?, created = '20261120121000', password = ?`,
    [user, name, text, password],
  );

async function readOne(product: Product) {
  const pulled = await product.adapter.pull!(undefined, AbortSignal.timeout(10_000));
  const result = await product.adapter.normalise(pulled.posts[0]!.raw);
  if (!result.ok) throw new Error(JSON.stringify(result));
  return { ...result.post, aside: result.aside };
}
const texts = (parts: { text: string }[] = []) => parts.map(({ text }) => text);
const others = (n: number) => ({ code: 'comments_of_others', params: { n } });

describe.runIf(hasMaria())('KBoard', () => {
  test('administrators of site and board answer; others are counted, also one who says that he is number 1', async () => {
    const product = await open();
    await file(product);
    await comment(product, 1, '사이트 관리자');
    await comment(product, 4, '게시판 관리자');
    await comment(product, 6, '관리 역할');
    await comment(product, 2, '글쓴이');
    await comment(product, 3, '지나가는 사람');
    await comment(product, 5, '편집자');
    // KBoard takes user_uid from a guest's form.
    await comment(product, 1, '관리자라는 손님', { password: '$2y$10$x' });
    await comment(product, 2, '글쓴이라는 손님', { password: '$2y$10$x' });
    for (const [user, text] of [
      [1, '답글'],
      [3, '행인의 답글'],
      [2, '글쓴이의 답글'],
    ])
      await product.query(
        `insert into wp_kboard_board_content set board_id = 3, parent_uid = 1, member_uid = ?, member_display = '가', title = 'Re', content = ?, date = '20261120121500'`,
        [user, text],
      );
    const post = await readOne(product);
    expect(texts(post.answers)).toEqual(['사이트 관리자', '게시판 관리자', '관리 역할', '답글']);
    expect(texts(post.followUps)).toEqual(['글쓴이', '글쓴이의 답글']);
    expect(post.aside?.note).toEqual(others(5));
    expect(post.content?.title).toBe('R&D 과제');
  });

  test('roles and logins given as parameters answer', async () => {
    const product = await open({ officerRoles: 'editor', officers: 'other' });
    await file(product);
    await comment(product, 5, '편집자');
    await comment(product, 3, '로그인');
    const post = await readOne(product);
    expect(texts(post.answers)).toEqual(['편집자', '로그인']);
    expect(post.aside).toBeUndefined();
  });

  test.each([
    ['', [], others(1)],
    ['true', ['같은 이름'], undefined],
  ])('a guest’s comment under the name of a guest’s post (secret: "%s")', async (secret, asked, note) => {
    const product = await open();
    await file(product, `, secret = '${secret}'`);
    await product.query('update wp_kboard_board_content set member_uid = 0');
    await comment(product, 0, '같은 이름', { name: '홍길동', password: '$2y$10$x' });
    const post = await readOne(product);
    expect(texts(post.followUps)).toEqual(asked);
    expect(post.answers).toEqual([]);
    expect(post.aside?.note).toEqual(note);
  });

  test('lists show neither title nor name, and readers both', async () => {
    const product = await open();
    const { content } = samples.registered.data;
    await bring(product, toChange(samples.registered), `${receiptNumber}/1`);
    const { name } = content.complainant;
    expect(await product.query('select title, member_display from wp_kboard_board_content')).toEqual([
      { title: `민원 ${receiptNumber}`, member_display: `${name[0]}*${name.slice(-1)}` },
    ]);
    expect((await readAll(product)).posts).toMatchObject([
      { receiptNumber, content: { title: content.title, body: content.body, complainant: { name } } },
    ]);
  });

  test('counters of comments and posts agree, and titles are written as HTML', async () => {
    const product = await open({ title: 'shown' });
    const { query } = product;
    await file(product, `, status = 'trash'`);
    const title = 'R&D <script>alert(1)</script>';
    const content = { ...samples.registered.data.content, title };
    const ref = await bring(
      product,
      toChange({ type: 'registered', data: { content } }),
      `${receiptNumber}/1`,
    );
    await bring(product, toChange(samples.answered, ref), `${receiptNumber}/2`);
    const followUp = toChange({ type: 'followed_up', data: { followUp: { text: '언제까지인가요?' } } }, ref);
    await bring(product, followUp, `${receiptNumber}/3`);
    const row = () =>
      query('select title, comment, secret, search, password from wp_kboard_board_content where uid = 2');
    const held = {
      title: 'R&amp;D &lt;script&gt;alert(1)&lt;/script&gt;',
      comment: 2,
      secret: 'true',
      search: '3',
      password: '',
    };
    expect(await row()).toEqual([held]);
    await bring(product, toChange({ type: 'revised', data: { content } }, ref), `${receiptNumber}/4`);
    expect(await row()).toEqual([held]);
    expect(
      await query('select `key`, value from wp_kboard_board_meta where `key` like "%total" order by `key`'),
    ).toEqual([
      { key: 'list_total', value: '1' },
      { key: 'total', value: '2' },
    ]);
    const { posts } = await readAll(product);
    expect(posts).toMatchObject([{ content: { title } }]);
    expect(posts[0]?.answers).toHaveLength(1);
    expect(texts(posts[0]?.followUps)).toEqual(['언제까지인가요?']);
  });

  test.each([
    ['', '9', true],
    ['', '9.5', false],
    ['', '0', false],
    ['Europe/Berlin', '9', false],
  ])('a site whose clock is another (%s, %s) is told', async (zone, hours, fine) => {
    const product = await open();
    await product.query(`update wp_options set option_value = ? where option_name = 'timezone_string'`, [
      zone,
    ]);
    await product.query(`update wp_options set option_value = ? where option_name = 'gmt_offset'`, [hours]);
    const { lines } = await product.adapter.check(AbortSignal.timeout(10_000));
    expect(inWords(lines.filter(({ ok }) => !ok).map(({ detail }) => detail))).toEqual(
      fine ? [] : [expect.stringContaining('another time zone')],
    );
  });

  test('settings that hide answers or show names are told', async () => {
    const product = await open({ title: 'shown' });
    const found = async () => {
      const { lines } = await product.adapter.check(AbortSignal.timeout(10_000));
      return inWords(lines.filter(({ ok }) => !ok).map(({ detail }) => detail));
    };
    expect(await found()).toEqual([]);
    await product.query(`update wp_kboard_board_setting set use_comment = ''`);
    expect(await found()).toEqual([expect.stringContaining('shows no comments')]);
    await product.query(`update wp_kboard_board_setting set use_comment = 'true'`);
    await product.query(`insert into wp_kboard_board_meta values (3, 'permission_comment_read', 'author')`);
    expect(await found()).toEqual([expect.stringContaining('not everybody may read comments')]);
    await product.query(`delete from wp_kboard_board_meta where \`key\` like 'permission%'`);
    expect(await found()).toEqual([expect.stringContaining('anybody may see the board’s list')]);
  });

  test('no name runs a script in the lists of administrators, and every name comes back as it was written', async () => {
    const { content } = samples.registered.data;
    const product = await open({ title: 'shown' });
    const name = '<img src="x" onerror=alert(1)> 한&영';
    const shown = '&lt;img src=&quot;x&quot; onerror=alert(1)&gt; 한&amp;영';
    const complainant = { ...content.complainant, name };
    const registered = { type: 'registered', data: { content: { ...content, complainant } } } as const;
    const ref = await bring(product, toChange(registered), `${receiptNumber}/1`);
    const answer = { ...samples.answered.data.answer, officer: { name } };
    const answered = { type: 'answered', data: { ...samples.answered.data, answer } } as const;
    await bring(product, toChange(answered, ref), `${receiptNumber}/2`);
    expect(await product.query('select member_display from wp_kboard_board_content')).toEqual([
      { member_display: shown },
    ]);
    expect(await product.query('select user_display from wp_kboard_comments')).toEqual([
      { user_display: shown },
    ]);
    expect(await readOne(product)).toMatchObject({
      content: { complainant: { name } },
      answers: [{ officer: { name } }],
    });
  });
});
