import type { Logger } from 'pino';
import type { PulledPost } from '../../adapters/contract.ts';
import { BoardError } from '../../adapters/contract.ts';
import type { Look } from '../queue/looks.ts';
import type { Store } from '../store/database.ts';
import type { Exclusive } from '../store/exclusive.ts';
import type { Board, Boards } from './boards.ts';
import type { Accept } from './incoming.ts';
import { pauseAfter, policy } from './policy.ts';

export interface PollDependencies {
  store: Store;
  exclusive: Exclusive;
  boards: Boards;
  accept: Accept;
  log: Logger;
}

/** Looks at one agency's board for new and changed posts, from where the last look ended. */
export function createPoll(dependencies: PollDependencies): Look {
  const { exclusive, boards, store, log } = dependencies;

  async function poll(agency: string, signal: AbortSignal): Promise<void> {
    const board = boards.find(agency);
    if (!board?.adapter.pull) return;
    try {
      await readOn(dependencies, board, signal);
    } catch (error) {
      if (signal.aborted) return;
      const reason = error instanceof BoardError ? `${error.kind}: ${error.message}` : String(error);
      log.warn({ agency, reason }, 'the board cannot be read');
      await noteFailure(store, agency, reason, error instanceof BoardError ? error.after : undefined);
    }
  }

  return {
    run: (agency, stop) =>
      exclusive.run(`poll:${agency}`, (lost) => poll(agency, AbortSignal.any([stop, lost]))),
  };
}

async function readOn({ store, accept }: PollDependencies, board: Board, signal: AbortSignal): Promise<void> {
  const { agency, adapter, connection } = board;
  let { cursor, at } = await readCursor(store, agency.code);
  const began = at;
  for (let more = true; more && !signal.aborted; ) {
    const limit = AbortSignal.any([signal, AbortSignal.timeout((connection.timeout ?? 15) * 1000)]);
    const pulled = await adapter.pull?.(cursor, limit);
    if (!pulled) return;
    await takeIn(accept, board, pulled.posts, at);
    // Only now: if this process ends before, the posts are read again and recognised.
    const through = pulled.more ? null : began;
    at = await noteSuccess(store, agency.code, pulled.cursor, connection.pollEvery ?? 30, through);
    cursor = pulled.cursor;
    more = pulled.more;
  }
}

/** Posts of one board in the order of the board; different posts share commits. */
async function takeIn(
  accept: Accept,
  { agency, adapter }: Board,
  posts: PulledPost[],
  at: Date,
): Promise<void> {
  const incoming = await Promise.all(
    posts.map(async ({ externalId, version, raw }) => ({
      agency: agency.code,
      source: 'poll' as const,
      externalId,
      version,
      raw,
      normalised: await adapter.normalise(raw),
      readAt: at.getTime(),
    })),
  );
  await Promise.all(incoming.map(accept));
}

async function readCursor(
  { pool }: Store,
  agency: string,
): Promise<{ cursor: string | undefined; at: Date }> {
  const { rows } = await pool.query<{ cursor: string | null; at: Date }>(
    'select now() as at, (select cursor from boards where agency = $1) as cursor',
    [agency],
  );
  return { cursor: rows[0]?.cursor ?? undefined, at: rows[0]?.at ?? new Date() };
}

/** `through`: when the poll began that has now read the board to its end; returns the database's time. */
async function noteSuccess(
  { pool }: Store,
  agency: string,
  cursor: string,
  every: number,
  through: Date | null,
): Promise<Date> {
  const { rows } = await pool.query<{ at: Date }>({
    name: 'note-poll',
    text: `insert into boards (agency, cursor, polled_at, poll_at, read_through_at)
      values ($1, $2, now(), now() + make_interval(secs => $3), $4)
      on conflict (agency) do update set cursor = excluded.cursor, polled_at = excluded.polled_at, poll_at = excluded.poll_at,
        read_through_at = coalesce(excluded.read_through_at, boards.read_through_at), poll_failures = 0, poll_error = null
      returning polled_at as at`,
    values: [agency, cursor, every, through],
  });
  return rows[0]?.at ?? new Date();
}

async function noteFailure(
  { pool }: Store,
  agency: string,
  reason: string,
  after: Date | undefined,
): Promise<void> {
  const { rows } = await pool.query<{ poll_failures: number }>(
    `insert into boards (agency, poll_error, poll_failures, last_error, last_error_at) values ($1, $2, 1, $2, now())
     on conflict (agency) do update set poll_error = excluded.poll_error, poll_failures = boards.poll_failures + 1,
       last_error = excluded.last_error, last_error_at = excluded.last_error_at
     returning poll_failures`,
    [agency, reason],
  );
  const pause = pauseAfter(rows[0]?.poll_failures ?? 1, policy.breaker);
  const next = new Date(Math.max(Date.now() + pause, after?.getTime() ?? 0));
  await pool.query('update boards set poll_at = $2 where agency = $1', [agency, next]);
}
