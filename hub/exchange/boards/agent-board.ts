import { type BoardAdapter, BoardError, type PulledPost } from '../../../adapters/contract.ts';
import { type Reason, reasonOf, toReason } from '../../../schemas/reason.ts';
import { agentPolicy } from './agent-policy.ts';
import type { Asks } from './asks.ts';

/** What an agent does beyond the adapter contract. Errors: BoardError. */
export interface BesideBoard {
  /** Some posts, oldest change first. */
  sample(most: number, signal: AbortSignal): Promise<PulledPost[]>;
  /**
   * Makes the agent read the board to its end, or `anew` from its beginning. Resolves when the hub has taken in
   * everything.
   */
  poll(anew: boolean, signal: AbortSignal): Promise<void>;
}

const { patience } = agentPolicy;

/**
 * The board of an agency behind an agent, for callers in the hub. The pure parts come from the same adapter that
 * the agent runs; everything else is asked through the agent. The agent reads and writes by itself and calls the
 * hub. So there is no `pull`, and `push` and `find` exist only to show what the board can do.
 */
export function createAgentBoard(
  agency: string,
  pure: BoardAdapter,
  asks: Asks | undefined,
): { adapter: BoardAdapter; beside: BesideBoard } {
  const mustAsk = (): Asks => {
    if (asks) return asks;
    throw new BoardError('unreachable', toReason('agent_only'));
  };
  const adapter: BoardAdapter = {
    carries: pure.carries,
    ...(pure.saysSteps && { saysSteps: true }),
    normalise: (raw) => pure.normalise(raw),
    ...(pure.draft && {
      draft: (change, key) => (pure.draft as NonNullable<typeof pure.draft>)(change, key),
    }),
    close: () => pure.close(),
    async check(signal) {
      try {
        const { report } = await mustAsk().one(agency, { what: 'check' }, patience.answer, signal);
        return report ?? failed(toReason('agent_gave_no_report'));
      } catch (error) {
        return failed(reasonOf(error));
      }
    },
    ...(pure.read && {
      async read(externalId, signal) {
        const answer = await mustAsk().one(agency, { what: 'read', externalId }, patience.answer, signal);
        return answer.posts?.[0];
      },
    }),
    ...(pure.fingerprints && {
      async *fingerprints(since, signal) {
        const ask = { what: 'fingerprints', ...(since && { since: since.toISOString() }) } as const;
        for await (const { fingerprints = [] } of mustAsk().pages(agency, ask, patience.answer, signal))
          yield* fingerprints;
      },
    }),
    ...(pure.shape && {
      async shape(signal) {
        const { places = [] } = await mustAsk().one(agency, { what: 'shape' }, patience.answer, signal);
        return places;
      },
    }),
    ...(pure.checkDraft && { checkDraft: (draft, places) => pure.checkDraft?.(draft, places) ?? [] }),
    ...(pure.usesOf && { usesOf: (place) => pure.usesOf?.(place) ?? [] }),
    ...(pure.fetchAttachment && {
      async fetchAttachment({ reference, ref: { externalId, partId } }, signal) {
        const ask = { what: 'file', reference, externalId, ...(partId && { partId }) } as const;
        const { content } = await mustAsk().one(agency, ask, patience.file, signal);
        if (!content) throw new BoardError('malformed', toReason('agent_sent_no_content'));
        return { content: await mustAsk().open(content) };
      },
    }),
    ...(pure.push && { push: async () => ({ kind: 'retry' as const, reason: notHere }) }),
    ...(pure.pushAttachment && { pushAttachment: async () => ({ kind: 'retry' as const, reason: notHere }) }),
    ...(pure.find && { find: refuse }),
    ...(pure.findAttachment && { findAttachment: refuse }),
  };
  const beside: BesideBoard = {
    async sample(limit, signal) {
      const { posts = [] } = await mustAsk().one(agency, { what: 'sample', limit }, patience.answer, signal);
      return posts;
    },
    async poll(anew, signal) {
      await mustAsk().one(agency, { what: 'poll', ...(anew && { anew }) }, patience.poll, signal);
    },
  };
  return { adapter, beside };
}

const notHere = toReason('agent_only_writes');

async function refuse(): Promise<never> {
  throw new BoardError('unreachable', notHere);
}

const failed = (detail: Reason) => ({
  ok: false,
  lines: [{ what: toReason('checked_agent'), ok: false, detail }],
});
