import { ok, deepStrictEqual as same } from 'node:assert';
import { fromGiven, wordReason } from '../../schemas/reason.ts';
import type { BoardAdapter, BoardRef, Change, Outcome } from '../contract.ts';
import type { BoardFault, BoardFixture } from './board-fixture.ts';
import { toWords } from './in-words.ts';
import { drain, failure, type Law, NotSupported, need, second, until, within } from './law.ts';
import { receiptNumber, samples, title, toChange } from './samples.ts';

const registered = toChange(samples.registered);
const noEcho = 'what is brought lies where only its readers look';

/** The laws of `push`, `find` and `close`. */
export const pushLaws: Law[] = [
  {
    name: 'push is idempotent per key: the same key brings one post and one answer',
    run: async ({ adapter, board }) => {
      const ref = done(await push(adapter, registered, 'key-1'));
      same(done(await push(adapter, registered, 'key-1')), ref);
      const answered = toChange(samples.answered, ref);
      const part = done(await push(adapter, answered, 'key-2'));
      same(done(await push(adapter, answered, 'key-2')), part);
      const { answer } = samples.answered.data;
      const held = { externalId: ref.externalId, title, receiptNumber, answers: [answer.text] };
      same(board.posts(), [held]);
    },
  },
  {
    name: 'a pushed post is read back with the receipt number and the same content',
    run: async ({ adapter, readsBack = true }) => {
      if (!readsBack) throw new NotSupported(noEcho);
      const ref = done(await push(adapter, registered, 'key-1'));
      done(await push(adapter, toChange(samples.answered, ref), 'key-2'));
      const [echo] = (await drain(adapter)).posts;
      same(echo?.externalId, ref.externalId);
      const result = await adapter.normalise(echo?.raw);
      ok(result.ok, toWords(result));
      const { title, body, category, complainant } = samples.registered.data.content;
      const { language: _, ...person } = complainant;
      const content = result.post.content;
      same(result.post.receiptNumber, receiptNumber);
      same([content?.title, content?.body, content?.category], [title, body, category]);
      same({ ...content?.complainant, language: undefined }, { ...person, language: undefined });
      same(result.post.answers?.[0]?.text, samples.answered.data.answer.text);
      same(result.post.answers?.[0]?.officer, samples.answered.data.answer.officer);
    },
  },
  {
    name: 'a status is brought to the board in its own code and read back as the hub wrote it',
    run: async ({ adapter, readsBack = true }) => {
      if (!readsBack) throw new NotSupported(noEcho);
      const ref = done(await push(adapter, registered, 'key-1'));
      done(await push(adapter, toChange(samples.inProgress, ref), 'key-2'));
      const result = await adapter.normalise((await drain(adapter)).posts[0]?.raw);
      same(result.ok && result.post.status, 'in_progress');
    },
  },
  {
    name: 'a connection cut after the write is unknown, and find tells that the board holds it',
    run: async ({ adapter, board }) => {
      board.fault('reset-after-write');
      const cut = await push(adapter, registered, 'key-1');
      same(cut.kind, 'unknown', toWords(cut));
      board.fault('none');
      const [held] = board.posts();
      const found = await find(adapter, registered, 'key-1');
      same(found?.externalId, held?.externalId);
      const answered = toChange(samples.answered, found);
      same(await find(adapter, answered, 'key-2'), undefined, 'the post is there, the answer is not');
      board.fault('reset-after-write');
      same((await push(adapter, answered, 'key-2')).kind, 'unknown');
      board.fault('none');
      same((await find(adapter, answered, 'key-2'))?.externalId, held?.externalId);
      same(board.posts().length, 1);
      same(board.posts()[0]?.answers.length, 1);
    },
  },
  {
    name: 'what is sent again with the same key after a cut connection stands there once',
    run: async ({ adapter, board }) => {
      board.fault('reset-after-write');
      const cut = await push(adapter, registered, 'key-1');
      same(cut.kind, 'unknown', toWords(cut));
      board.fault('none');
      const ref = done(await push(adapter, registered, 'key-1'));
      const answered = toChange(samples.answered, ref);
      board.fault('reset-after-write');
      same((await push(adapter, answered, 'key-2')).kind, 'unknown');
      board.fault('none');
      same(done(await push(adapter, answered, 'key-2')).externalId, ref.externalId);
      same(
        board.posts().map(({ answers }) => answers.length),
        [1],
      );
    },
  },
  {
    name: 'find knows nothing of what was never brought, and throws when the board gives no answer',
    run: async ({ adapter, board }) => {
      same(await find(adapter, registered, 'key-never'), undefined);
      board.fault('error-500');
      same((await failure(() => find(adapter, registered, 'key-never'))).kind, 'unreachable');
    },
  },
  {
    name: 'an odd reply is never done',
    run: async ({ adapter, board }) => {
      for (const fault of ['malformed', 'html', 'error-500'] as const) {
        const outcome = await pushInto(fault, { adapter, board });
        same(outcome.kind, 'unknown', `${fault}: ${toWords(outcome)}`);
        // The board already has an id for this post. So no missing id in the reply can reveal the fault.
        const ref = done(await push(adapter, registered, 'key-1'));
        const change = toChange(samples.inProgress, ref);
        const changed = await pushInto(fault, { adapter, board }, change);
        same(changed.kind, 'unknown', `${fault}: ${toWords(changed)}`);
      }
    },
  },
  {
    name: 'a busy board is tried later, not before the time that it names',
    run: async ({ adapter, board }) => {
      const outcome = await pushInto('busy', { adapter, board });
      ok(outcome.kind === 'retry' && outcome.after, toWords(outcome));
      ok(outcome.after.getTime() > Date.now());
      same(board.posts(), []);
    },
  },
  {
    name: 'a refusal carries a reason, and no reason a secret',
    run: async ({ adapter, board, secret }) => {
      const nowhere = toChange(samples.answered, { externalId: '99999999' });
      const refused = [
        await push(adapter, nowhere, 'key-1'),
        await pushInto('unauthorised', { adapter, board }),
      ];
      for (const outcome of refused) {
        ok(
          outcome.kind === 'refused' && wordReason(fromGiven(outcome.reason), 'en').length > 5,
          toWords(outcome),
        );
        ok(!JSON.stringify(outcome).includes(secret), 'a secret is in the reason');
      }
      same(board.posts(), []);
    },
  },
  {
    name: 'an event that needs a post which the board does not hold is refused, not sent',
    run: async ({ adapter }) => {
      same((await push(adapter, toChange(samples.answered), 'key-1')).kind, 'refused');
    },
  },
  {
    name: 'a push that is given up ends within a second and is unknown; one not begun is tried later',
    run: async ({ adapter, board }) => {
      board.fault('hang');
      const before = board.requests();
      const leaving = new AbortController();
      const busy = push(adapter, registered, 'key-1', leaving.signal);
      // Without a push it ends at once.
      await Promise.race([busy, until(() => board.requests() > before)]);
      leaving.abort();
      const outcome = await within(second, () => busy);
      same(outcome.kind, 'unknown', toWords(outcome));
      same((await push(adapter, registered, 'key-1', AbortSignal.abort())).kind, 'retry');
    },
  },
  {
    name: 'close ends while a call is under way, and the call ends too',
    run: async ({ adapter, board }) => {
      done(await push(adapter, registered, 'key-1'));
      board.fault('hang');
      const before = board.requests();
      const busy = push(adapter, registered, 'key-2', AbortSignal.timeout(10 * second));
      await until(() => board.requests() > before);
      await within(3 * second, () => adapter.close());
      const outcome = await within(second, () => busy);
      ok(outcome.kind === 'unknown' || outcome.kind === 'retry', toWords(outcome));
      await adapter.close();
    },
  },
];

export async function push(
  adapter: BoardAdapter,
  change: Change,
  key: string,
  signal = AbortSignal.timeout(5 * second),
) {
  need(adapter.push, 'does not write to its board (no push)');
  ok(adapter.carries.has(change.event.type));
  return adapter.push(change, { key, signal });
}

async function pushInto(
  fault: BoardFault,
  { adapter, board }: Pick<BoardFixture, 'adapter' | 'board'>,
  change = registered,
) {
  board.fault(fault);
  const outcome = await push(adapter, change, `key-${fault}`);
  board.fault('none');
  return outcome;
}

async function find(adapter: BoardAdapter, change: Change, key: string): Promise<BoardRef | undefined> {
  need(adapter.find, 'the board cannot be asked (no find)');
  return adapter.find(change, { key, signal: AbortSignal.timeout(5 * second) });
}

export function done(outcome: Outcome): BoardRef {
  ok(outcome.kind === 'done', toWords(outcome));
  return outcome.ref;
}
