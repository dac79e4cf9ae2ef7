import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { findIdentifiers } from '../../../schemas/identifiers/find-identifiers.ts';
import { maskText, maskValue } from '../../../schemas/identifiers/mask-identifiers.ts';
import { normaliseText } from '../../../schemas/text-digest.ts';
import { withIdentifiers, withoutIdentifiers } from './corpus.ts';
import { createDigits, fill, makeCard, makeRrn } from './fill-sentence.ts';

const rounds = 100;
const kindsIn = (text: string) => findIdentifiers(text).map(({ kind }) => kind);

test('rates over the corpus: none missed, and at most one in a hundred sentences taken wrongly', () => {
  const missed: string[] = [];
  const wrong: string[] = [];
  for (let seed = 1; seed <= rounds; seed += 1) {
    const from = createDigits(seed);
    for (const [kind, sentence] of withIdentifiers) {
      const { text } = fill(sentence, from);
      if (kindsIn(text).join() !== kind) missed.push(`${kind}: ${text}: ${kindsIn(text)}`);
    }
    for (const sentence of withoutIdentifiers) {
      const { text } = fill(sentence, from);
      if (kindsIn(text).length > 0) wrong.push(`${kindsIn(text)}: ${text}`);
    }
  }
  expect(missed).toEqual([]);
  expect(wrong.length / (rounds * withoutIdentifiers.length), wrong.join('\n')).toBeLessThan(0.01);
});

describe('masking', () => {
  const [front, back] = makeRrn(createDigits(7), [1950, 1999], [1, 2], 11);
  const card = makeCard(createDigits(8));

  it('leaves the birth date and the last digits of a card, and everything around', () => {
    expect(maskText(`저는 ${front}-${back}이고 ${card.join('-')}를 씁니다.`)).toBe(
      `저는 ${front}-*******이고 ****-****-****-${card[3]}를 씁니다.`,
    );
  });

  it('counts by kind, at any depth, and leaves names of fields and what has no identifier', () => {
    const counts = {};
    const value = { body: `${front}${back}`, list: [{ note: `카드 ${card.join(' ')}` }], no: 17, none: null };
    expect(maskValue(value, { counts })).toEqual({
      body: `${front}*******`,
      list: [{ note: `카드 **** **** **** ${card[3]}` }],
      no: 17,
      none: null,
    });
    expect(counts).toEqual({ rrn: 1, card: 1 });
    const clean = { body: '내용', list: [1, '둘'] };
    expect(maskValue(clean)).toBe(clean);
  });

  it('changes nothing in what it masked, and finds nothing in it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...withIdentifiers.map(([, sentence]) => sentence), ...withoutIdentifiers),
        fc.integer({ min: 1, max: 1_000_000 }),
        (sentence, seed) => {
          const { text } = fill(sentence, createDigits(seed));
          const once = maskText(text);
          expect(maskText(once)).toBe(once);
          // A board shows the number, we hold it masked: the two are the same words.
          expect(normaliseText(once)).toBe(normaliseText(text));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('takes time that grows with the length of a text only', () => {
    const long = `${'1 2-3.'.repeat(20_000)}${'9'.repeat(20_000)}${'- '.repeat(20_000)}`;
    expect(findIdentifiers(long)).toEqual([]);
  });
});
