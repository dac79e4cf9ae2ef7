import { ok, deepStrictEqual as same } from 'node:assert';
import type { BoardAdapter, Change } from '../contract.ts';
import { type Law, need, second, within } from './law.ts';
import { receiptNumber, samples, title, toChange } from './samples.ts';

const noDraft = 'shows nothing of what it sends (no draft)';
const registered = toChange(samples.registered);

/** The laws of `draft`. */
export const draftLaws: Law[] = [
  {
    name: 'a draft shows what push then brings to the board',
    run: async ({ adapter, board }) => {
      const shown = JSON.stringify(await draft(adapter, registered, 'key-1'));
      const ref = await push(adapter, registered, 'key-1');
      const [held] = board.posts();
      for (const word of [held?.title, held?.receiptNumber, title, receiptNumber])
        ok(word === undefined || shown.includes(word), `not in the draft: ${word}`);
      const answered = toChange(samples.answered, ref);
      const answer = JSON.stringify(await draft(adapter, answered, 'key-2'));
      await push(adapter, answered, 'key-2');
      for (const text of board.posts()[0]?.answers ?? [])
        ok(answer.includes(JSON.stringify(text).slice(1, -1)), `not in the draft: ${text}`);
    },
  },
  {
    name: 'a draft is pure: nothing reaches the board, and the same is shown again',
    run: async ({ adapter, board }) => {
      const before = { requests: board.requests(), posts: board.posts() };
      const first = await draft(adapter, registered, 'key-1');
      same(await draft(adapter, structuredClone(registered), 'key-1'), first);
      same(JSON.parse(JSON.stringify(first)), first, 'a draft is plain JSON');
      same({ requests: board.requests(), posts: board.posts() }, before);
    },
  },
  {
    name: 'no draft holds a secret',
    run: async ({ adapter, secret }) => {
      const changes = [
        registered,
        toChange(samples.answered, { externalId: receiptNumber }),
        toChange(samples.inProgress, { externalId: receiptNumber }),
      ];
      for (const change of changes) {
        const shown = JSON.stringify(await draft(adapter, change, 'key-1'));
        ok(!shown.includes(secret), `a secret is in the draft of ${change.event.type}`);
      }
    },
  },
];

async function draft(adapter: BoardAdapter, change: Change, key: string): Promise<unknown> {
  need(adapter.draft, noDraft);
  const { draft: show } = adapter;
  return within(5 * second, () => show(change, key));
}

async function push(adapter: BoardAdapter, change: Change, key: string) {
  need(adapter.push, 'writes nothing (no push)');
  const outcome = await adapter.push(change, { key, signal: AbortSignal.timeout(5 * second) });
  ok(outcome.kind === 'done', JSON.stringify(outcome));
  return outcome.ref;
}
