import { describe, expect, test } from 'vitest';
import { samples, toChange } from '../../../adapters/conformance/samples.ts';
import { inWords } from '../../support/in-words.ts';
import { hasMaria } from '../conformance/sql-fixture.ts';
import { bring, openProduct, readAll } from './open-product.ts';

/** Rows as the products themselves write them, from bug reports and from boards that run. */

type Product = Awaited<ReturnType<typeof openProduct>>;

const gnuboard = {
  tables: 'gnuboard5',
  settings: { preset: 'gnuboard5-board', parameters: { board: 'minwon' } },
};
const time = "wr_datetime = '2026-11-20 12:00:00', wr_last = '2026-11-20 12:00:00'";
const post = (product: Product, id: number, set: string) =>
  product.query(
    `insert into g5_write_minwon set wr_id = ${id}, wr_parent = ${id}, wr_subject = '문의', ${set}, ${time}`,
  );

async function normaliseAll({ adapter }: Product) {
  const { posts = [] } = (await adapter.pull?.(undefined, AbortSignal.timeout(10_000))) ?? {};
  return Promise.all(
    posts.map(async ({ externalId, raw }) => ({ externalId, ...(await adapter.normalise(raw)) })),
  );
}

describe.runIf(hasMaria())('rows of GNUBoard and Rhymix', () => {
  test('a reply in a thread that two posts share is given to neither, and that is said', async () => {
    const product = await openProduct(gnuboard);
    await post(product, 1, "wr_num = -5, wr_reply = '', wr_content = '가', wr_name = '홍길동', mb_id = 'a'");
    await post(product, 2, "wr_num = -5, wr_reply = '', wr_content = '나', wr_name = '김영희', mb_id = 'b'");
    expect(
      (await normaliseAll(product)).map(({ ok }) => ok),
      'without a reply nothing is in doubt',
    ).toEqual([true, true]);
    await post(
      product,
      3,
      "wr_num = -5, wr_reply = 'A', wr_content = '김영희 님께만', wr_name = '관리자', mb_id = 'admin'",
    );
    await post(product, 4, "wr_num = -6, wr_reply = '', wr_content = '다', wr_name = '박철수', mb_id = 'c'");
    await post(
      product,
      5,
      "wr_num = -6, wr_reply = 'A', wr_content = '박철수 님께', wr_name = '관리자', mb_id = 'admin'",
    );
    const [first, second, third] = await normaliseAll(product);
    const note = expect.stringMatching(
      /^posts 1, 2 share wr_num -5: nobody can tell which of them a reply answers/,
    );
    for (const one of [first, second])
      expect(inWords(one)).toMatchObject({ ok: true, post: { answers: [] }, aside: { note } });
    expect(third).toMatchObject({ externalId: '4', ok: true, post: { answers: [{ text: '박철수 님께' }] } });
  });

  test('line ends of html2 are breaks, as the board shows them', async () => {
    const product = await openProduct(gnuboard);
    const text = "wr_content = '첫째 줄\\n둘째 줄 <b>굵게</b>'";
    await post(
      product,
      1,
      `wr_num = -1, wr_reply = '', ${text}, wr_option = 'html2', wr_name = '홍', mb_id = 'h'`,
    );
    await post(
      product,
      2,
      `wr_num = -2, wr_reply = '', ${text}, wr_option = 'html1', wr_name = '홍', mb_id = 'h'`,
    );
    const bodies = (await readAll(product)).posts.map(({ content }) => content?.body);
    expect(bodies).toEqual(['첫째 줄\n둘째 줄 굵게', '첫째 줄 둘째 줄 굵게']);
  });

  test('titles that Rhymix keeps escaped are read as they are shown, and written so', async () => {
    const parameters = { prefix: 'rx_', module: '77', title: 'shown' };
    const product = await openProduct({ tables: 'rhymix2', settings: { preset: 'rhymix2', parameters } });
    await product.query(`insert into rx_documents set document_srl = 50, module_srl = 77, title = 'R&amp;D 과제 &quot;A&quot; &#x1f603;',
      content = '<p>가</p>', user_name = '홍', nick_name = '길동', regdate = '20261120120000', last_update = '20261120120000'`);
    const titles = async () => (await readAll(product)).posts.map(({ content }) => content?.title);
    expect(await titles()).toEqual(['R&D 과제 "A" 😃']);
    const title = '1 < 2 & "R&amp;D" <b>굵게</b>';
    const data = { content: { ...samples.registered.data.content, title } };
    await bring(product, toChange({ type: 'registered', data }), '26-0000017-4/1');
    expect(await titles()).toContain(title);
  });

  test('a date that no calendar has parks its row, and the others come in', async () => {
    const product = await openProduct(gnuboard);
    const text = "wr_reply = '', wr_content = '가', wr_name = '홍', mb_id = 'h'";
    await post(product, 1, `wr_num = -1, ${text}`);
    await post(product, 2, `wr_num = -2, ${text}`);
    await product.query("set sql_mode = ''");
    await product.query(
      "update g5_write_minwon set wr_datetime = '2026-11-00', wr_last = '2026-11-00' where wr_id = 2",
    );
    const read = await normaliseAll(product);
    expect(Object.fromEntries(read.map(({ externalId, ok }) => [externalId, ok]))).toEqual({
      1: true,
      2: false,
    });
    expect(JSON.stringify(inWords(read))).toContain('the time of this record cannot be read');
  });
});
