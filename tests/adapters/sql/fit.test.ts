import { describe, expect, test } from 'vitest';
import { samples, toChange } from '../../../adapters/conformance/samples.ts';
import { splitText } from '../../../adapters/sql/rows/fit.ts';
import { inWords } from '../../support/in-words.ts';
import { hasMaria } from '../conformance/sql-fixture.ts';
import { bring, openProduct, push } from './open-product.ts';

const { content } = samples.registered.data;
const withBody = (body: string) => toChange({ type: 'registered', data: { content: { ...content, body } } });
const settings = { preset: 'gnuboard5-board', parameters: { board: 'minwon', title: 'shown' } };

describe('parts of a long text', () => {
  test('a text that fits stays as it is', () =>
    expect(splitText('가'.repeat(20), 20)).toEqual(['가'.repeat(20)]));

  test('parts are numbered, end where a sentence does, and lose nothing but spaces', () => {
    expect(splitText('하나 둘 셋. 넷 다섯 여섯 일곱.', 23)).toEqual(['하나 둘 셋. 넷 다섯 여섯 일곱.']);
    expect(splitText('하나 둘 셋 넷. 다섯 여섯 일곱 여덟.', 20)).toEqual([
      '(1/3) 하나 둘 셋 넷.',
      '(2/3) 다섯 여섯 일곱',
      '(3/3) 여덟.',
    ]);
  });

  test('no character is cut in two', () => {
    const parts = splitText('😀'.repeat(40), 30);
    expect(parts.join('').replace(/\(\d+\/\d+\) /g, '')).toBe('😀'.repeat(40));
    for (const part of parts) expect(Array.from(part).length).toBeLessThanOrEqual(30);
  });
});

describe.runIf(hasMaria())('what a column can hold', () => {
  const bodyOf = async (charset: string, body: string, more: object = {}) => {
    const product = await openProduct({ tables: 'gnuboard5', charset, settings: { ...settings, ...more } });
    const outcome = await push(product, withBody(body), 'k/1');
    const [row] = await product.query('select wr_content from g5_write_minwon');
    return { outcome, held: row?.wr_content };
  };

  test('an emoji goes into utf8mb4, and is refused with its place by utf8 and euckr', async () => {
    expect((await bodyOf('utf8mb4', '좋아요 😀')).held).toBe('좋아요 😀');
    for (const charset of ['utf8', 'euckr']) {
      const { outcome, held } = await bodyOf(charset, '좋아요 😀');
      expect(inWords(outcome)).toMatchObject({
        kind: 'refused',
        fields: [
          {
            pointer: '/g5_write_minwon/wr_content',
            message: expect.stringContaining('😀 (U+1F600) at position 5'),
          },
        ],
      });
      expect(held, 'nothing was written').toBeUndefined();
    }
  });

  test('euckr holds every Hangul syllable of CP949; separate letters are put together', async () => {
    const syllables = '뷁똠방각하 펲시콜라';
    expect((await bodyOf('euckr', syllables)).held).toBe(syllables);
    expect((await bodyOf('euckr', syllables.normalize('NFD'))).held).toBe(syllables);
  });

  test('what does not fit is replaced where the agency configured that', async () => {
    expect((await bodyOf('euckr', '좋아요 😀 € ©', { replaceUnfit: '〓' })).held).toMatch(
      /^좋아요 〓 [€〓] [©〓]$/,
    );
  });

  test('bytes are counted in the charset of the column: 65,535 in a text', async () => {
    expect((await bodyOf('euckr', '가'.repeat(32_767))).held).toHaveLength(32_767);
    const { outcome } = await bodyOf('euckr', '가'.repeat(32_768));
    expect(inWords(outcome)).toMatchObject({
      fields: [{ message: 'has 65536 bytes in euckr; the column holds 65535' }],
    });
    const utf8 = await bodyOf('utf8mb4', '가'.repeat(21_846));
    expect(inWords(utf8.outcome)).toMatchObject({
      fields: [{ message: 'has 65538 bytes in utf8mb4; the column holds 65535' }],
    });
  });

  test('whatever anybody writes stays text', async () => {
    const product = await openProduct({ tables: 'gnuboard5', settings });
    const wicked = `'); drop table g5_board; -- \\ " \` $1 ? %s \u00bf\u005c' or 1=1 {{board}}`;
    const ref = await bring(product, withBody(wicked), `k'; drop table g5_board; --/1`);
    const answered = toChange({ type: 'answered', data: { answer: { text: wicked } } }, ref);
    await bring(product, answered, `k'; drop table g5_board; --/2`);
    const rows = await product.query('select wr_content from g5_write_minwon order by wr_id');
    expect(rows).toEqual([{ wr_content: wicked }, { wr_content: wicked }]);
    const nowhere = { externalId: `${ref.externalId} or 1=1` };
    await push(product, toChange(samples.inProgress, nowhere), 'k/3');
    expect(await product.query('select count(*) as n from g5_board')).toEqual([{ n: 2 }]);
  });
});
