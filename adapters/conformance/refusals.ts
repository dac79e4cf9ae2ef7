import { ok, deepStrictEqual as same } from 'node:assert';
import {
  type ComplaintContent,
  fromGiven,
  fromGivenProblem,
  toPlainProblem,
  wordReason,
} from '../../schemas/index.ts';
import type { Change } from '../contract.ts';
import { toWords } from './in-words.ts';
import { type Law, need, second } from './law.ts';
import { samples, toChange } from './samples.ts';

/** The law about content that a board refuses. */
export const refusalLaws: Law[] = [
  {
    name: 'a text that the board cannot take is refused with its field, and nothing of it is written',
    run: async ({ adapter, board, unfitTitle }) => {
      need(adapter.push, 'does not write to its board (no push)');
      need(unfitTitle, 'the fixture names no title that its board refuses');
      const context = { key: 'key-1', signal: AbortSignal.timeout(5 * second) };
      const outcome = await adapter.push(toUnfitChange(unfitTitle), context);
      ok(outcome.kind === 'refused', toWords(outcome));
      const { fields = [] } = outcome;
      ok(fields.length > 0, `names no field: ${wordReason(fromGiven(outcome.reason), 'en')}`);
      for (const { pointer, message } of fields.map(fromGivenProblem).map(toPlainProblem)) {
        ok(pointer.startsWith('/') && message.length > 3, JSON.stringify({ pointer, message }));
      }
      same(board.posts(), []);
    },
  },
];

/** The registration of a complaint whose title the board refuses. */
export function toUnfitChange(title: string): Change {
  const content: ComplaintContent = { ...samples.registered.data.content, title };
  const change = toChange({ type: 'registered', data: { content } });
  return { ...change, complaint: { ...change.complaint, content } };
}
