import limitCalls from 'p-limit';
import type { Logger } from 'pino';
import type { BoardAdapter, Normalised, PulledPost } from '../../../adapters/contract.ts';
import { BoardError } from '../../../adapters/contract.ts';
import { withTimeLimit } from '../../../adapters/relay/call-limit.ts';
import { busyUntil, pauseAfter, policy, spread, toLimits, toPauses } from '../../../adapters/relay/policy.ts';
import { fromGiven, reasonOf, toReason } from '../../../schemas/reason.ts';
import { createOutage, type Outage } from '../../observe/outage.ts';
import type { Look } from '../../queue/looks.ts';
import type { Store } from '../../store/database.ts';
import type { Exclusive } from '../../store/exclusive.ts';
import { putOffPoll, recordPoll, recordPollFailure } from '../../store/states/board-state.ts';
import { type Board, type Boards, isMaintained } from '../boards/boards.ts';
import { toFailureReason } from '../boards/failure-reason.ts';
import { createPace, type Pace } from '../boards/pace.ts';
import type { Accept, Accepted } from './incoming.ts';

export interface PollDependencies {
  store: Store;
  exclusive: Exclusive;
  boards: Boards;
  accept: Accept;
  log: Logger;
}

/** The most boards that this process reads at once. This limits memory and the load on the database. */
const mostPolls = 200;

export interface Poll extends Look {
  /** How many more boards can be read now. */
  free(): number;
}

/** Reads new and changed posts of one agency's board, from where the last poll ended. */
export function createPoll(dependencies: PollDependencies): Poll {
  const { exclusive, boards, store, log } = dependencies;
  const pace = createPace(store);
  const place = limitCalls(mostPolls);
  /** The outages of boards that cannot be read. */
  const outages = new Map<string, Outage>();

  async function poll(agency: string, signal: AbortSignal): Promise<void> {
    const board = boards.find(agency);
    if (!board?.adapter.pull) return;
    try {
      await readOn(dependencies, pace, board, signal);
      outages.get(agency)?.ended();
      outages.delete(agency);
    } catch (error) {
      if (signal.aborted) return;
      const outage = outages.get(agency) ?? createOutage(log.child({ agency }), 'what the board holds');
      outages.set(agency, outage);
      outage.failed(error);
      await noteFailure(store, board, error);
    }
  }

  return {
    free: () => mostPolls - place.activeCount - place.pendingCount,
    run: (agency, stop) =>
      place(async () => {
        if (!stop.aborted)
          await exclusive.run(`poll:${agency}`, (lost) => poll(agency, AbortSignal.any([stop, lost])));
      }),
  };
}

async function readOn(
  { store, accept }: PollDependencies,
  pace: Pace,
  board: Board,
  signal: AbortSignal,
): Promise<void> {
  const { agency, adapter, connection } = board;
  const { rate, pollTimeout, pollEvery } = toLimits(connection);
  const place = await readPlace(store, agency.code);
  let { cursor, at } = place;
  const began = at;
  let more = !place.isBusy;
  for (let pulls = 0; more && pulls < policy.mostPulls && !isMaintained(board); pulls++) {
    if (!(await pace.take(agency.code, rate, signal))) return;
    const pulled = await withTimeLimit(pollTimeout, signal, async (limit, hold) =>
      adapter.pull?.(cursor, limit, () => hold(() => pace.take(agency.code, rate, limit))),
    );
    if (!pulled) return;
    await takeIn(
      accept,
      board,
      pulled.posts.map((post) => ({ ...post, readAt: at.getTime() })),
    );
    // The cursor moves only now. If this process ends before, the posts are read again and recognised.
    const through = pulled.more || pulled.failed ? null : began;
    cursor = pulled.cursor;
    const next = spread(pollEvery * 1000);
    const notice = pulled.notice === undefined ? null : fromGiven(pulled.notice);
    at = await recordPoll(store.pool, agency.code, { cursor, next, through, notice });
    if (pulled.failed) throw pulled.failed;
    more = pulled.more;
  }
}

/**
 * Takes in posts of one board, in the board's order; different posts share commits. `readAt`: when the board was asked
 * for them, in milliseconds of the database's clock.
 */
export async function takeIn(
  accept: Accept,
  { agency, adapter }: Board,
  posts: (PulledPost & { readAt: number })[],
): Promise<Accepted[]> {
  const incoming = await Promise.all(
    posts.map(async ({ externalId, version, raw, readAt }) => ({
      agency: agency.code,
      source: 'poll' as const,
      externalId,
      version,
      raw,
      normalised: await toNormalised(adapter, raw),
      readAt,
    })),
  );
  return Promise.all(incoming.map(accept));
}

/** The contract says that `normalise` never throws. If an adapter throws anyway, one record does not stop its board. */
export async function toNormalised(adapter: BoardAdapter, raw: unknown): Promise<Normalised> {
  try {
    return await adapter.normalise(raw);
  } catch (error) {
    const reason = toReason('adapter_failed', { detail: reasonOf(error) });
    return { ok: false, problems: [{ pointer: '', reason }] };
  }
}

/** `at`: the database's time. */
async function readPlace(
  { pool }: Store,
  agency: string,
): Promise<{ cursor: string | undefined; at: Date; isBusy: boolean }> {
  const { rows } = await pool.query<{ cursor: string | null; at: Date; is_busy: boolean | null }>({
    name: 'read-cursor',
    text: 'select now() as at, b.cursor, b.busy_until > now() as is_busy from (select) one left join boards b on b.agency = $1',
    values: [agency],
  });
  const [place] = rows;
  return {
    cursor: place?.cursor ?? undefined,
    at: place?.at ?? new Date(),
    isBusy: place?.is_busy ?? false,
  };
}

/** If a board names a time, nobody calls it until then; this includes deliveries. */
async function noteFailure({ pool }: Store, { agency, connection }: Board, error: unknown): Promise<void> {
  const known = error instanceof BoardError ? error : undefined;
  const busy = busyUntil(known?.after);
  const failures = await recordPollFailure(pool, agency.code, {
    reason: toFailureReason(error),
    kind: known?.kind ?? null,
    busyUntil: busy > 0 ? new Date(busy) : null,
  });
  const isShutOut = known?.kind === 'unauthorised';
  const pauses = isShutOut ? policy.unauthorised : toPauses(toLimits(connection).breaker);
  await putOffPoll(pool, agency.code, new Date(Math.max(Date.now() + pauseAfter(failures, pauses), busy)));
}
