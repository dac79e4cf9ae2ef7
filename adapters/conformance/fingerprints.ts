import { ok, deepStrictEqual as same } from 'node:assert';
import { digestText, digestTitle } from '../../schemas/index.ts';
import type { BoardAdapter, Fingerprint } from '../contract.ts';
import { toWords } from './in-words.ts';
import { drain, failure, fileAt, type Law, need, noon, second, times } from './law.ts';
import { receiptNumber, samples, title, toChange } from './samples.ts';

const noFingerprints = 'does not tell what its board holds (no fingerprints)';

/**
 * The laws of `fingerprints` and `read`. They concern only adapters that have these methods: the contract makes both
 * optional.
 */
export const fingerprintLaws: Law[] = [
  {
    name: 'fingerprints are complete over several pages, without a call per post',
    run: async ({ adapter, board, pageSize, pageRequests = 1 }) => {
      need(adapter.fingerprints, noFingerprints);
      const filed = fileAt(board, times(pageSize * 4 + 2, 20 * second));
      const before = board.requests();
      same((await holdings(adapter)).map(({ externalId }) => externalId).sort(), filed.sort());
      const calls = board.requests() - before;
      ok(
        calls <= pageRequests * (Math.ceil(filed.length / pageSize) + 1),
        `${calls} calls for ${filed.length} posts`,
      );
    },
  },
  {
    name: 'fingerprints come a page at a time, and a post that changes meanwhile hides no other',
    run: async ({ adapter, board, pageSize, pageRequests = 1 }) => {
      need(adapter.fingerprints, noFingerprints);
      const pages = 3;
      const filed = fileAt(board, times(pageSize * pages, second));
      const before = board.requests();
      const seen: string[] = [];
      for await (const { externalId } of adapter.fingerprints(undefined, limit())) {
        if (seen.push(externalId) > 1) continue;
        ok(board.requests() - before < pageRequests * pages, 'the first post came after the last page');
        board.setClock(new Date(noon + 3600 * second));
        board.edit(externalId, '읽는 동안 고친 제목');
      }
      same([...new Set(seen)].sort(), filed.sort());
    },
  },
  {
    name: 'fingerprints since a time tell what changed from then on, and not all that was before',
    run: async ({ adapter, board, pageSize }) => {
      need(adapter.fingerprints, noFingerprints);
      const [first, ...others] = fileAt(board, times(pageSize, second)) as [string, ...string[]];
      board.setClock(new Date(noon + 3600 * second));
      board.edit(first, '나중에 고친 제목');
      const since = new Date(noon + 1800 * second);
      const changed = (await holdings(adapter, since)).map(({ externalId }) => externalId);
      ok(changed.includes(first));
      ok(!others.some((id) => changed.includes(id)), 'posts from long before came too');
    },
  },
  {
    name: 'a fingerprint tells what was brought: number, status and the marks of its texts',
    run: async ({ adapter, board, unknownCode }) => {
      need(adapter.fingerprints, noFingerprints);
      need(adapter.push, 'does not write to its board (no push)');
      const registered = toChange(samples.registered);
      const context = (key: string) => ({ key, signal: limit() });
      const outcome = await adapter.push(registered, context('key-1'));
      ok(outcome.kind === 'done', toWords(outcome));
      await adapter.push(toChange(samples.answered, outcome.ref), context('key-2'));
      const [held] = await holdings(adapter);
      same(
        { ...held, filedAt: undefined, answers: textsOf(held?.answers) },
        {
          externalId: outcome.ref.externalId,
          receiptNumber,
          filedAt: undefined,
          status: 'answered',
          title: digestTitle(title),
          body: digestText(samples.registered.data.content.body),
          answers: [digestText(samples.answered.data.answer.text)],
          followUps: [],
        },
      );
      board.setCode(outcome.ref.externalId, unknownCode);
      same(
        (await holdings(adapter)).map(({ externalId }) => externalId),
        [outcome.ref.externalId],
        'what cannot be mapped is there all the same',
      );
    },
  },
  {
    name: 'fingerprints end with BoardError when the board cannot be read, and when they are given up',
    run: async ({ adapter, board, secret }) => {
      need(adapter.fingerprints, noFingerprints);
      fileAt(board, times(1, 0));
      for (const [fault, kind] of [
        ['error-500', 'unreachable'],
        ['busy', 'busy'],
        ['html', 'malformed'],
        ['unauthorised', 'unauthorised'],
      ] as const) {
        board.fault(fault);
        const error = await failure(() => holdings(adapter));
        same(error.kind, kind, `${fault}: ${error.message}`);
        ok(!error.message.includes(secret), 'a secret is in the message');
      }
      board.fault('hang');
      same((await failure(() => holdings(adapter, undefined, AbortSignal.timeout(200)))).kind, 'unreachable');
    },
  },
  {
    name: 'read gives a post as pull does, in the same version, and nothing for what is not there',
    run: async ({ adapter, board }) => {
      need(adapter.read, 'gives no single post (no read)');
      const [id] = fileAt(board, times(1, 0)) as [string];
      const [pulled] = (await drain(adapter)).posts;
      same(await adapter.read(id, limit()), pulled);
      same(await adapter.read('99999999', limit()), undefined);
      board.fault('error-500');
      same((await failure(async () => adapter.read?.(id, limit()))).kind, 'unreachable');
    },
  },
];

const limit = () => AbortSignal.timeout(5 * second);

async function holdings(adapter: BoardAdapter, since?: Date, signal = limit()): Promise<Fingerprint[]> {
  ok(adapter.fingerprints);
  const all: Fingerprint[] = [];
  for await (const one of adapter.fingerprints(since, signal)) all.push(one);
  return all;
}

const textsOf = (parts: Fingerprint['answers']) => Array.isArray(parts) && parts.map(({ text }) => text);
