import { describe, expect, test } from 'vitest';
import { samples, toChange } from '../../../adapters/conformance/samples.ts';
import { fromLatin1, readsAsKorean, toLatin1 } from '../../../adapters/sql/rows/latin1.ts';
import { inWords } from '../../support/in-words.ts';
import { hasMaria } from '../conformance/sql-fixture.ts';
import { bring, openProduct, push, readAll } from './open-product.ts';

const settings = { preset: 'gnuboard5-board', parameters: { board: 'minwon', title: 'shown' } };
const { content } = samples.registered.data;
const withTitle = (title: string) =>
  toChange({ type: 'registered', data: { content: { ...content, title } } });

test('every syllable of CP949 goes through latin1 and back', () => {
  const syllables = Array.from({ length: 11_172 }, (_, n) => String.fromCodePoint(0xac00 + n));
  const changed = syllables.filter((one) => fromLatin1(toLatin1(`${one}!`, 'cp949'), 'cp949') !== `${one}!`);
  expect(changed).toEqual([]);
  expect(() => toLatin1('😀', 'euc-kr')).toThrow('cannot be written in euc-kr');
});

test('text that is no Korean stays as it is', () => {
  for (const text of ['plain', 'café', '민원', '€ 5']) expect(fromLatin1(text, 'euc-kr')).toBe(text);
  expect([readsAsKorean('¹Î¿ø Á¦¸ñ'), readsAsKorean('café'), readsAsKorean('plain')]).toEqual([
    true,
    false,
    false,
  ]);
});

describe.runIf(hasMaria())('Korean in columns that MariaDB takes for latin1', () => {
  const open = (more: object = {}) =>
    openProduct({ tables: 'gnuboard5', charset: 'latin1', settings: { ...settings, ...more } });
  const file = (product: Awaited<ReturnType<typeof open>>) =>
    // "민원 제목" as an old board's program wrote it.
    product.query(`insert into g5_write_minwon set wr_id = 1, wr_num = -1, wr_reply = '', wr_parent = 1, mb_id = 'a',
      wr_subject = _latin1 x'b9cebff820c1a6b8f1', wr_content = _latin1 x'b9cebff8', wr_name = _latin1 x'c8abb1e6b5bf',
      wr_datetime = '2026-11-20 12:00:00', wr_last = '2026-11-20 12:00:00'`);

  test('check says so, where the settings do not', async () => {
    const product = await open();
    await file(product);
    const { ok, lines } = await product.adapter.check(AbortSignal.timeout(10_000));
    expect(ok).toBe(false);
    expect(inWords(lines)).toContainEqual({
      what: 'charset of g5_write_minwon',
      ok: false,
      detail: expect.stringMatching(/wr_subject.*the bytes are Korean in EUC-KR; set charset: euc-kr/),
    });
  });

  test('it is read and written by the charset of the settings', async () => {
    const product = await open({ charset: 'euc-kr' });
    await file(product);
    expect((await product.adapter.check(AbortSignal.timeout(10_000))).ok).toBe(true);
    const [post] = (await readAll(product)).posts;
    expect(post?.content).toMatchObject({
      title: '민원 제목',
      body: '민원',
      complainant: { name: '홍길동' },
    });
    await bring(product, withTitle('도로 파손'), '26-0000017-4/1');
    const [row] = await product.query('select hex(wr_subject) as bytes from g5_write_minwon where wr_id = 2');
    // EUC-KR of 도로 파손.
    expect(row?.bytes).toContain('B5B5B7CE20C6C4BCD5');
    expect(inWords(await push(product, withTitle('좋아요 😀'), '26-0000018-2/1'))).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('😀 (U+1F600)'),
    });
  });
});
