import { describe, expect, test } from 'vitest';
import { samples, toChange } from '../../../adapters/conformance/samples.ts';
import { hasMaria } from '../conformance/sql-fixture.ts';
import { bring, find, openProduct, type Product, push, readAll } from './open-product.ts';

/** What is special about GNUBoard: its order and counters, and that MyISAM undoes nothing. */

const receiptNumber = '26-0000017-4';
const registered = toChange(samples.registered);
const open = (charset = 'utf8') =>
  openProduct({
    tables: 'gnuboard5',
    charset,
    settings: { preset: 'gnuboard5-board', parameters: { board: 'minwon' } },
  });

const rows = ({ query }: Product) =>
  query(
    `select wr_id, wr_num, wr_reply, wr_parent, wr_is_comment, wr_comment, wr_1, wr_9, wr_10 from g5_write_minwon order by wr_id`,
  );
const counters = async ({ query }: Product) => ({
  ...(await query('select bo_count_write, bo_count_comment from g5_board'))[0],
  news: await query('select bo_table, wr_id, wr_parent from g5_board_new order by wr_id'),
});

describe.runIf(hasMaria())('GNUBoard 5 on MyISAM', () => {
  test('post and comments stand where the board would have put them, and its counters agree', async () => {
    const product = await open();
    const { query } = product;
    await query(
      `insert into g5_write_minwon set wr_num = -7, wr_subject = '먼저', wr_content = '글', wr_name = '홍', wr_parent = 1`,
    );
    await query(
      `insert into g5_write_minwon set wr_num = -7, wr_parent = 1, wr_is_comment = 1, wr_comment = 1, wr_content = '댓글'`,
    );
    const ref = await bring(product, registered, `${receiptNumber}/1`);
    await bring(product, toChange(samples.answered, ref), `${receiptNumber}/2`);
    const followUp = toChange({ type: 'followed_up', data: { followUp: { text: '언제까지인가요?' } } }, ref);
    await bring(product, followUp, `${receiptNumber}/3`);
    const comment = { wr_num: -8, wr_reply: '', wr_parent: 3, wr_is_comment: 1 };
    expect((await rows(product)).slice(2)).toMatchObject([
      {
        wr_id: 3,
        wr_num: -8,
        wr_reply: '',
        wr_parent: 3,
        wr_is_comment: 0,
        wr_comment: 2,
        wr_1: '접수', // the further question came after the answer
        wr_10: `${receiptNumber}/1`,
      },
      { wr_id: 4, ...comment, wr_comment: 1, wr_9: 'answer', wr_10: `${receiptNumber}/2` },
      { wr_id: 5, ...comment, wr_comment: 2, wr_9: 'followup', wr_10: `${receiptNumber}/3` },
    ]);
    expect(await counters(product)).toEqual({
      bo_count_write: 2,
      bo_count_comment: 3,
      news: [3, 4, 5].map((wr_id) => ({ bo_table: 'minwon', wr_id, wr_parent: 3 })),
    });
    const [held] = await query(
      'select wr_option, wr_last, wr_datetime, wr_link1, wr_ip, now() as now from g5_write_minwon where wr_id = 3',
    );
    expect(held).toMatchObject({ wr_option: 'secret', wr_link1: '', wr_ip: '' });
    const ago = Date.now() + 9 * 3_600_000 - Date.parse(`${held?.wr_last}Z`);
    expect(Math.abs(ago), 'Korean time').toBeLessThan(60_000);
  });

  /** Every statement of the two events that changes something, each to be cut before it is sent. */
  const statements = {
    registered: [
      'insert into `g5_write_minwon`',
      'update `g5_write_minwon` set `wr_parent`',
      'insert into `g5_board_new`',
      'update `g5_board` set',
      'update `g5_write_minwon` set `wr_10` = replace',
    ],
    answered: [
      'insert into `g5_write_minwon`',
      'update `g5_write_minwon` set `wr_comment`',
      'insert into `g5_board_new`',
      'update `g5_board` set',
      'update `g5_write_minwon` set `wr_10` = replace',
    ],
  };
  const crashes = Object.entries(statements).flatMap(([event, all]) =>
    all.map((sql, n) => [event, n, sql] as const),
  );

  describe.each(['find', 'push'] as const)('completed by %s', (how) => {
    test.each(crashes)('a crash within %s before statement %i: %s', async (event, n, sql) => {
      const product = await open();
      const whole = await open();
      for (const one of [product, whole]) await one.query(`update g5_board set bo_count_write = 0`);
      const before =
        event === 'answered' ? await bring(product, registered, `${receiptNumber}/1`) : undefined;
      if (before) await bring(whole, registered, `${receiptNumber}/1`);
      const [change, key] = before
        ? [toChange(samples.answered, before), `${receiptNumber}/2`]
        : [registered, `${receiptNumber}/1`];
      await bring(whole, change, key);

      // On a new session every statement is sent in words once.
      product.proxy.cut();
      product.proxy.cutBefore = new RegExp(sql.replace(/[`()]/g, '\\$&'));
      expect(await push(product, change, key)).toMatchObject({ kind: 'unknown' });
      expect(product.proxy.cutBefore, 'the statement was met').toBeUndefined();
      const found = how === 'find' ? await find(product, change, key) : await bring(product, change, key);
      if (n === 0 && how === 'find') {
        expect(found).toBeUndefined();
        await bring(product, change, key);
      } else expect(found).toEqual(await find(product, change, key));

      expect(await rows(product)).toEqual(await rows(whole));
      expect(await counters(product)).toEqual(await counters(whole));
      expect((await readAll(product)).posts).toHaveLength(1);
    });
  });

  test('an answer that is longer than the column goes on in further comments and is read as one', async () => {
    const product = await open();
    const ref = await bring(product, registered, `${receiptNumber}/1`);
    const text = Array.from({ length: 3000 }, (_, n) => `${n + 1}번째 문장입니다.`).join(' ');
    const answered = toChange({ type: 'answered', data: { answer: { text } } }, ref);
    product.proxy.cutBefore = /update `g5_board` set/;
    expect(await push(product, answered, `${receiptNumber}/2`)).toMatchObject({ kind: 'unknown' });
    const part = await bring(product, answered, `${receiptNumber}/2`);
    const parts = await product.query(
      'select wr_content, wr_comment, wr_10 from g5_write_minwon where wr_is_comment = 1 order by wr_id',
    );
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.map(({ wr_comment }) => wr_comment)).toEqual(parts.map((_, n) => n + 1));
    expect(parts.map(({ wr_10 }) => wr_10)).toEqual(
      parts.map((_, n) => `${receiptNumber}/2${n > 0 ? `#${n + 1}` : ''}`),
    );
    const joined = parts
      .map(({ wr_content }, n) => String(wr_content).replace(`(${n + 1}/${parts.length}) `, ''))
      .join(' ');
    expect(joined).toBe(text);
    expect((await readAll(product)).posts[0]?.answers).toMatchObject([{ id: part.partId }]);
  });

  test('threaded replies count as answers, the writer’s own comments as further questions; zero dates are no dates', async () => {
    const product = await open();
    const { query } = product;
    await query(`insert into g5_write_minwon set wr_num = -1, wr_parent = 1, wr_subject = '문의', wr_content = '<p>글</p>', wr_option = 'html1,secret',
      wr_name = '홍길동', mb_id = 'hong', wr_datetime = '0000-00-00 00:00:00'`);
    const [undated] = (await readAll(product).catch((error) => [error])) as Error[];
    expect(undated?.message).toContain('/content/filedAt');
    await query(
      `update g5_write_minwon set wr_datetime = '2026-11-20 12:00:00', wr_last = '2026-11-20 12:00:00'`,
    );
    await query(
      `insert into g5_write_minwon set wr_num = -1, wr_reply = 'A', wr_parent = 2, wr_subject = 'Re', wr_content = '답입니다', wr_name = '김담당', mb_id = 'kim', wr_datetime = '2026-11-20 12:30:00'`,
    );
    await query(
      `insert into g5_write_minwon set wr_num = -1, wr_parent = 1, wr_is_comment = 1, wr_comment = 1, wr_content = '또 묻습니다', wr_name = '홍길동', mb_id = 'hong', wr_datetime = '2026-11-20 12:40:00'`,
    );
    await query(
      `insert into g5_board_file set bo_table = 'minwon', wr_id = 1, bf_source = '사진.jpg', bf_file = 'x.jpg', bf_filesize = 512`,
    );
    expect((await readAll(product)).posts).toMatchObject([
      {
        content: { body: '글', attachments: [{ name: '사진.jpg', size: 512 }] },
        answers: [{ id: '2', text: '답입니다', interim: false }],
        followUps: [{ id: '3', text: '또 묻습니다' }],
      },
    ]);
  });
});
