import { describe, expect, test } from 'vitest';
import { samples, toChange } from '../../../../adapters/conformance/samples.ts';
import type { SqlSettings } from '../../../../adapters/sql/config.ts';
import { inWords } from '../../../support/in-words.ts';
import { hasMaria } from '../../conformance/sql-fixture.ts';
import { bring, openProduct, type Product, readAll } from '../open-product.ts';

/** What is special about Rhymix: who may answer, and what its pages need in order to show an answer. */

const receiptNumber = '26-0000017-4';
const place = { prefix: 'rx_', module: '77' };
const open = (parameters = {}, preset = 'rhymix2') =>
  openProduct({
    tables: 'rhymix2',
    settings: { preset, parameters: { ...place, ...parameters } } as Partial<SqlSettings>,
  });

const file = ({ query }: Product, set = '') =>
  query(`insert into rx_documents set document_srl = 50, module_srl = 77, title = 'R&amp;D 과제 &quot;A&quot; &#x1f603;', content = '<p>가</p>',
    user_name = '홍길동', nick_name = '길동', member_srl = 71, regdate = '20261120120000', last_update = '20261120120000' ${set}`);

let next = 60;
const comment = ({ query }: Product, member: number, text: string, { name = '누군가', set = '' } = {}) =>
  query(
    `insert into rx_comments set comment_srl = ?, module_srl = 77, document_srl = 50, member_srl = ?, nick_name = ?,
      user_id = (select user_id from rx_member where member_srl = ?), content = ?, regdate = '20261120121000' ${set}`,
    [next++, member, name, member, `<p>${text}</p>`],
  );

async function readOne(product: Product) {
  const pulled = await product.adapter.pull!(undefined, AbortSignal.timeout(10_000));
  const result = await product.adapter.normalise(pulled.posts[0]!.raw);
  if (!result.ok) throw new Error(JSON.stringify(result));
  return { ...result.post, aside: result.aside };
}
const texts = (parts: { text: string }[] = []) => parts.map(({ text }) => text);

describe.runIf(hasMaria())('Rhymix', () => {
  test('administrators, managers of the board and officers that are named answer; passers-by are counted', async () => {
    const product = await open();
    await file(product);
    await product.query('insert into rx_module_admins values (77, 73), (78, 72)');
    await product.query(`insert into rx_module_grants values (77, 'manager', 2), (78, 'manager', 3)`);
    await comment(product, 5, '관리자');
    await comment(product, 73, '게시판 관리자');
    await comment(product, 74, '관리 그룹');
    await comment(product, 71, '글쓴이');
    await comment(product, 72, '지나가는 사람');
    await comment(product, 0, '손님');
    await comment(product, 5, '승인 전', { set: ', status = 0' });
    const post = await readOne(product);
    expect(texts(post.answers)).toEqual(['관리자', '게시판 관리자', '관리 그룹']);
    expect(texts(post.followUps)).toEqual(['글쓴이']);
    expect(post.aside?.note).toEqual({ code: 'comments_of_others', params: { n: 2 } });
    expect(post.content?.title).toBe('R&D 과제 "A" 😃');
  });

  test('groups and logins given as parameters answer', async () => {
    const product = await open({ officerGroups: '9, 2', officers: 'other,nobody' });
    await file(product);
    await comment(product, 74, '그룹');
    await comment(product, 72, '로그인');
    await comment(product, 73, '아무나');
    const post = await readOne(product);
    expect(texts(post.answers)).toEqual(['그룹', '로그인']);
    expect(post.aside?.note).toEqual({ code: 'comments_of_others', params: { n: 1 } });
  });

  test.each([
    ['PUBLIC', [], 1],
    ['SECRET', ['같은 이름'], undefined],
  ])(
    'a guest’s %s post: who bears its writer’s name is the writer only where others cannot write',
    async (status, asked, others) => {
      const product = await open();
      await file(product, `, status = '${status}'`);
      await product.query(`update rx_documents set member_srl = 0, user_name = ''`);
      await comment(product, 0, '같은 이름', { name: '길동' });
      const post = await readOne(product);
      expect(texts(post.followUps)).toEqual(asked);
      expect(post.answers).toEqual([]);
      expect(post.aside?.note).toEqual(others && { code: 'comments_of_others', params: { n: others } });
    },
  );

  test.each([
    ['PUBLIC', 'N', 'N'],
    ['SECRET', 'N', 'Y'],
    ['PUBLIC', 'Y', 'Y'],
  ])(
    'an answer to a %s post (consultation %s) is shown and as secret as the post',
    async (status, consultation, secret) => {
      const product = await open();
      const { query } = product;
      await file(product, `, status = '${status}'`);
      await query(`insert into rx_module_extra_vars values (77, 'consultation', ?)`, [consultation]);
      await comment(product, 72, '지나가는 사람');
      const ref = { externalId: '50' };
      const { partId } = await bring(product, toChange(samples.answered, ref), `${receiptNumber}/2`);
      expect(await query('select comment_count from rx_documents')).toEqual([{ comment_count: 2 }]);
      const [row] = await query(
        'select module_srl, is_secret, status, list_order, last_update is null as undated from rx_comments where comment_srl = ?',
        [partId],
      );
      expect(row).toEqual({ module_srl: 77, is_secret: secret, status: 1, list_order: -1, undated: 0 });
      const [listed] = await query('select * from rx_comments_list');
      expect(listed).toMatchObject({ document_srl: 50, module_srl: 77, head: Number(partId), depth: 0 });
      const followUp = toChange(
        { type: 'followed_up', data: { followUp: { text: '언제까지인가요?' } } },
        ref,
      );
      await bring(product, followUp, `${receiptNumber}/3`);
      const post = await readOne(product);
      expect(texts(post.followUps)).toEqual(['언제까지인가요?']);
      expect(post.answers).toHaveLength(1);
      expect(await query('select comment_count from rx_documents')).toEqual([{ comment_count: 3 }]);
    },
  );

  test.each(['rhymix2', 'xe1'])(
    '%s shows lists neither title nor name, and its readers both',
    async (preset) => {
      const product = await open({}, preset);
      const { content } = samples.registered.data;
      const ref = await bring(product, toChange(samples.registered), `${receiptNumber}/1`);
      const row = () => product.query('select title, nick_name, user_name from rx_documents');
      const masked = `${content.complainant.name[0]}*${content.complainant.name.slice(-1)}`;
      const held = { title: `민원 ${receiptNumber}`, nick_name: masked, user_name: masked };
      expect(await row()).toEqual([held]);
      const revised = { ...content, title: '고친  제목', body: '고친\n\n글' };
      await bring(
        product,
        toChange({ type: 'revised', data: { content: revised } }, ref),
        `${receiptNumber}/2`,
      );
      expect(await row()).toEqual([held]);
      expect((await readAll(product)).posts).toMatchObject([
        {
          receiptNumber,
          content: {
            title: '고친 제목',
            body: '고친\n\n글',
            complainant: { name: content.complainant.name },
          },
        },
      ]);
    },
  );

  test('titles are written escaped, also when they are revised', async () => {
    const product = await open({ title: 'shown' });
    const title = 'R&D <과제> "A"';
    const change = (type: 'registered' | 'revised', ref?: { externalId: string }) =>
      toChange({ type, data: { content: { ...samples.registered.data.content, title } } }, ref);
    const ref = await bring(product, change('registered'), `${receiptNumber}/1`);
    const row = () =>
      product.query('select title, status, password, list_order, update_order from rx_documents');
    const held = {
      title: 'R&amp;D &lt;과제&gt; &quot;A&quot;',
      status: 'SECRET',
      password: null,
      list_order: -1,
      update_order: -1,
    };
    expect(await row()).toEqual([held]);
    await bring(product, change('revised', ref), `${receiptNumber}/2`);
    expect(await row()).toEqual([held]);
    expect((await readAll(product)).posts).toMatchObject([{ content: { title } }]);
  });

  test.each([
    ['managers see the list', `values (77, 'list', -3)`, true],
    ['a group that nobody gets by himself', `values (77, 'list', 2)`, true],
    ['nobody said who', `select 1, '', 1 where false`, false],
    ['everybody who signs up', `values (77, 'list', 3)`, false],
    ['everybody', `values (77, 'list', 0)`, false],
  ])('a list that shows titles and names is told: %s', async (_name, grants, fine) => {
    const product = await open({ title: 'shown' });
    await product.query('delete from rx_module_grants');
    await product.query(`insert into rx_module_grants ${grants}`);
    const found = async () =>
      (await product.adapter.check(AbortSignal.timeout(10_000))).lines.filter(({ ok }) => !ok);
    expect(inWords(await found())).toEqual(
      fine
        ? []
        : [
            {
              what: 'who can read it on the board',
              ok: false,
              detail: expect.stringContaining('open_list: false'),
            },
          ],
    );
    const hidden = await open();
    await hidden.query('delete from rx_module_grants');
    expect((await hidden.adapter.check(AbortSignal.timeout(10_000))).ok).toBe(true);
    await product.query(`insert into rx_module_extra_vars values (77, 'consultation', 'Y')`);
    expect(await found()).toEqual([]);
    const config = 'O:8:"stdClass":1:{s:22:"use_comment_validation";s:1:"Y";}';
    await product.query(`insert into rx_module_part_config values ('comment', 77, ?)`, [config]);
    expect(inWords(await found())).toMatchObject([{ detail: expect.stringContaining('approval: false') }]);
  });
});

describe.runIf(hasMaria())('XpressEngine 1.11', () => {
  test('where guests may comment, nobody’s comment is an answer, and "test connection" says so', async () => {
    const product = await open({}, 'xe1');
    await file(product, `, status = 'SECRET'`);
    await comment(product, 5, '관리자');
    await comment(product, 71, '글쓴이');
    const signedIn = await readOne(product);
    expect([texts(signedIn.answers), texts(signedIn.followUps)]).toEqual([['관리자'], ['글쓴이']]);
    const found = async () =>
      (await product.adapter.check(AbortSignal.timeout(10_000))).lines.filter(({ ok }) => !ok);
    expect(await found()).toEqual([]);
    await bring(product, toChange(samples.answered, { externalId: '50' }), `${receiptNumber}/2`);

    await product.query(`update rx_module_grants set group_srl = 0 where name = 'write_comment'`);
    const anybody = await readOne(product);
    expect(anybody.answers).toMatchObject([{ officer: { name: samples.answered.data.answer.officer.name } }]);
    expect(anybody.followUps).toEqual([]);
    expect(anybody.aside?.note).toEqual({ code: 'comments_of_others', params: { n: 2 } });
    expect(inWords(await found())).toMatchObject([{ detail: expect.stringContaining('guests may comment') }]);
    await product.query(`delete from rx_module_grants where name = 'write_comment'`);
    expect(inWords(await found())).toMatchObject([{ detail: expect.stringContaining('guests may comment') }]);
  });
});
