import { describe, expect, test } from 'vitest';
import { samples, toChange } from '../../../../adapters/conformance/samples.ts';
import type { SqlSettings } from '../../../../adapters/sql/config.ts';
import { inWords } from '../../../support/in-words.ts';
import { hasMaria } from '../../conformance/sql-fixture.ts';
import { bring, find, openProduct, type Product, readAll } from '../open-product.ts';

/** What is special about eGovFrame: a secret post is opened by one person only, and replies name people by their login. */

const receiptNumber = '26-0000017-4';
const board = 'BBSMSTR_000000000001';
const hong = 'USRCNFRM_00000000001';
const other = 'USRCNFRM_00000000002';
const lee = 'USRCNFRM_00000000008';
const kim = 'USRCNFRM_00000000009';
const open = (parameters = {}) =>
  openProduct({
    tables: 'egov',
    settings: {
      preset: 'egov-bbs',
      parameters: { board, reader: kim, ...parameters },
    } as Partial<SqlSettings>,
  });

interface Row {
  id: number;
  by?: string;
  login?: string;
  secret?: string;
  title?: string;
  text?: string;
  /** The post that it replies to. */
  to?: number;
}
/** As the board's own program writes it: a post names its writer by number, a reply by login. */
const write = (
  { query }: Product,
  { id, by = hong, login = by, secret = 'N', title = '문의', text = '글', to }: Row,
) =>
  query(
    `insert into COMTNBBS set NTT_ID = ?, BBS_ID = ?, NTT_NO = ?, NTT_SJ = ?, NTT_CN = ?, ANSWER_AT = ?, PARNTSCTT_NO = ?, ANSWER_LC = ?,
      SORT_ORDR = 500, USE_AT = 'Y', SECRET_AT = ?, NTCR_ID = ?, NTCR_NM = '누군가', FRST_REGISTER_ID = ?, FRST_REGIST_PNTTM = '2026-11-20 12:00:00'`,
    [id, board, id, title, text, to ? 'Y' : 'N', to ?? 0, to ? 1 : 0, secret, login, by],
  );
const comment = ({ query }: Product, no: number, by: string, text: string) =>
  query(
    `insert into COMTNCOMMENT set NTT_ID = 500, BBS_ID = ?, ANSWER_NO = ?, WRTER_NM = '누군가', ANSWER = ?, USE_AT = 'Y',
      FRST_REGISTER_ID = ?, FRST_REGIST_PNTTM = '2026-11-20 12:10:00'`,
    [board, no, text, by],
  );

async function readOne(product: Product) {
  const pulled = await product.adapter.pull!(undefined, AbortSignal.timeout(10_000));
  const result = await product.adapter.normalise(pulled.posts[0]!.raw);
  if (!result.ok) throw new Error(JSON.stringify(result));
  return { ...result.post, aside: result.aside };
}
const texts = (parts: { text: string }[] = []) => parts.map(({ text }) => text);
const others = (n: number) => ({ code: 'comments_of_others', params: { n } });

describe.runIf(hasMaria())('eGovFrame bulletin board', () => {
  test('people of the office answer, the writer asks again, others are counted', async () => {
    const product = await open();
    await write(product, { id: 500, title: '과제 &quot;A&quot; &#40;1&#41;' });
    await write(product, { id: 501, by: lee, login: 'lee', text: '답글', to: 500 });
    await write(product, { id: 502, login: 'hong', text: '다시 묻습니다', to: 501 });
    await write(product, { id: 503, by: other, login: 'other', text: '행인', to: 500 });
    await write(product, { id: 504, by: 'anonymous', text: '<!-- minwon-hub 26-0000017-4/9 -->', to: 500 });
    await comment(product, 1, kim, '댓글 &#40;답&#41;');
    await comment(product, 2, hong, '글쓴이 댓글');
    await comment(product, 3, other, '행인 댓글');
    const post = await readOne(product);
    expect(texts(post.answers)).toEqual(['답글', '댓글 (답)']);
    expect(texts(post.followUps)).toEqual(['다시 묻습니다', '글쓴이 댓글']);
    expect(post.aside?.note).toEqual(others(3));
    expect(post.content?.title).toBe('과제 "A" (1)');
  });

  test('logins and kinds of users given as parameters answer', async () => {
    const product = await open({ officerKinds: '', officers: 'other, nobody' });
    await write(product, { id: 500 });
    await write(product, { id: 501, by: lee, text: '업무사용자', to: 500 });
    await write(product, { id: 502, by: other, text: '로그인', to: 500 });
    const post = await readOne(product);
    expect(texts(post.answers)).toEqual(['로그인']);
    expect(post.aside?.note).toEqual(others(1));
  });

  test('two people without a name are not one', async () => {
    const product = await open();
    await write(product, { id: 500, by: 'anonymous' });
    await write(product, { id: 501, by: 'anonymous', text: '다른 사람', to: 500 });
    const post = await readOne(product);
    expect([post.answers, post.followUps, post.aside?.note]).toEqual([[], [], others(1)]);
  });

  test('what the hub writes can be opened by the reader, and names its writer in the text', async () => {
    const product = await open();
    const ref = await bring(product, toChange(samples.registered), `${receiptNumber}/1`);
    const [row] = await product.query('select SECRET_AT, FRST_REGISTER_ID, NTT_SJ, NTT_CN from COMTNBBS');
    const { name } = samples.registered.data.content.complainant;
    expect(row).toMatchObject({
      SECRET_AT: 'Y',
      FRST_REGISTER_ID: kim,
      NTT_SJ: `민원 ${receiptNumber}`,
      NTT_CN: expect.stringContaining(`▷ 민원인: ${name}`),
    });
    // The reader answers on the board: he or she is no complainant of a post that the hub brought.
    await product.query(`update COMTNBBS set SORT_ORDR = 500`);
    await write(product, { id: 900, by: kim, login: 'kim', text: '답변', to: Number(ref.externalId) });
    const { posts } = await readAll(product);
    expect(posts).toMatchObject([
      {
        receiptNumber,
        content: {
          title: samples.registered.data.content.title,
          body: samples.registered.data.content.body,
          complainant: { name },
        },
        answers: [{ text: '답변' }],
        followUps: [],
      },
    ]);
  });

  test.each([
    ['Y', 'Y', hong],
    ['N', 'N', 'HUB'],
  ])(
    'an answer to a post with SECRET_AT %s is opened by whoever opens the post',
    async (given, secret, register) => {
      const product = await open();
      await write(product, { id: 500, secret: given });
      const ref = { externalId: '500' };
      const { partId } = await bring(product, toChange(samples.answered, ref), `${receiptNumber}/2`);
      const followUp = toChange(
        { type: 'followed_up', data: { followUp: { text: '언제까지인가요?' } } },
        ref,
      );
      await bring(product, followUp, `${receiptNumber}/3`);
      expect(
        await product.query(
          `select SECRET_AT, FRST_REGISTER_ID, NTCR_ID from COMTNBBS where ANSWER_AT = 'Y' order by NTT_NO`,
        ),
      ).toEqual([
        { SECRET_AT: secret, FRST_REGISTER_ID: register, NTCR_ID: 'HUB-A' },
        { SECRET_AT: secret, FRST_REGISTER_ID: register, NTCR_ID: 'HUB-Q' },
      ]);
      const post = await readOne(product);
      expect(post.answers).toMatchObject([{ id: partId }]);
      expect(texts(post.followUps)).toEqual(['언제까지인가요?']);
      expect(post.aside).toBeUndefined();
    },
  );

  test('a mark that a person writes is none', async () => {
    const product = await open();
    await write(product, { id: 500, text: `글 <!-- minwon-hub ${receiptNumber}/1 -->` });
    expect(await find(product, toChange(samples.registered), `${receiptNumber}/1`)).toBeUndefined();
    expect(await readOne(product)).not.toHaveProperty('receiptNumber');
  });

  test('a board without replies, and a reader who is nobody, are told', async () => {
    const found = async (product: Product) => {
      const { lines } = await product.adapter.check(AbortSignal.timeout(10_000));
      return inWords(lines.filter(({ ok }) => !ok).map(({ detail }) => detail));
    };
    expect(await found(await open())).toEqual([]);
    const product = await open({ reader: hong });
    await product.query(`update COMTNBBSMASTER set REPLY_POSBL_AT = 'N'`);
    expect(await found(product)).toEqual([
      expect.stringContaining('replies are turned off'),
      expect.stringContaining('the reader is no user of the office'),
    ]);
  });

  test('questions and answers: signs that the product keeps as entities are signs', async () => {
    const product = await openProduct({ tables: 'egov', settings: { preset: 'egov-qna' } });
    const { content } = samples.registered.data;
    await bring(product, toChange(samples.registered), `${receiptNumber}/1`);
    const { name } = content.complainant;
    expect(await product.query('select QESTN_SJ, WRTER_NM from COMTNQAINFO')).toEqual([
      { QESTN_SJ: `민원 ${receiptNumber}`, WRTER_NM: `${name[0]}*${name.slice(-1)}` },
    ]);
    expect((await readAll(product)).posts).toMatchObject([
      { receiptNumber, content: { title: content.title, body: content.body, complainant: { name } } },
    ]);
    await product.query('delete from COMTNQAINFO');
    await product.query(
      `insert into COMTNQAINFO set QA_ID = 'QA_00000000000000030', QESTN_SJ = '&lt;과제&gt; &#40;1&#41;', QESTN_CN = '첫 줄\n둘째 &quot;줄&quot;',
        WRITNG_DE = '20261120', QNA_PROCESS_STTUS_CODE = '3', WRTER_NM = '홍길동', ANSWER_CN = '답 &#40;끝&#41;', ANSWER_DE = '20261121'`,
    );
    expect((await readAll(product)).posts).toMatchObject([
      { content: { title: '<과제> (1)', body: '첫 줄\n둘째 "줄"' }, answers: [{ text: '답 (끝)' }] },
    ]);
  });
});
