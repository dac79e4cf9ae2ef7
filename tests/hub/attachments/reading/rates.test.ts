import { expect, test } from 'vitest';
import { countNumbers } from '../../../../hub/attachments/reading/count-numbers.ts';
import { withIdentifiers, withoutIdentifiers } from '../../../schemas/identifiers/corpus.ts';
import { createDigits, fill } from '../../../schemas/identifiers/fill-sentence.ts';
import { fileKinds } from './make-files.ts';

/** The sentences of a kind are one document: a missed one shows in the count. */
const rounds = 10;

test.each(fileKinds)(
  '$name: over the corpus none is missed, and fewer than two sentences in a hundred are taken wrongly',
  async ({ mediaType, make }) => {
    const missed: string[] = [];
    let wrong = 0;
    for (let seed = 1; seed <= rounds; seed += 1) {
      const from = createDigits(seed);
      for (const kind of new Set(withIdentifiers.map(([one]) => one))) {
        const lines = withIdentifiers.flatMap(([one, sentence]) =>
          one === kind ? [fill(sentence, from).text] : [],
        );
        // Each sentence holds one number, and each number is drawn anew.
        const { numbers, unread } = await countNumbers(await make(lines), mediaType);
        if (unread !== null || numbers[kind as 'rrn'] !== lines.length)
          missed.push(`${kind}: ${JSON.stringify(numbers)} ${unread} in ${lines.length} lines`);
      }
      const clean = withoutIdentifiers.map((sentence) => fill(sentence, from).text);
      const { numbers, unread } = await countNumbers(await make(clean), mediaType);
      expect(unread).toBeNull();
      // In a document sentences stand below each other, and a word such as 은행 of one can name the number of the next.
      wrong += Object.values(numbers).reduce((sum, count) => sum + count, 0);
    }
    expect(missed).toEqual([]);
    expect(wrong / (rounds * withoutIdentifiers.length)).toBeLessThan(0.02);
  },
);
