import { fromGiven, type Heartbeat, toReason } from '../../../schemas/index.ts';
import type { Queryable, Store } from '../../store/database.ts';
import { agentPolicy } from '../boards/agent-policy.ts';
import { toReportedText } from './reported.ts';

/** The database's clock, which all processes share. */
export async function readClock(client: Queryable): Promise<Date> {
  const { rows } = await client.query<{ at: Date }>('select clock_timestamp() as at');
  return rows[0]?.at ?? new Date();
}

/**
 * Turns times of an agent's clock into the hub's: what it calls `at` is `now`. A wrong clock then harms nothing; the way
 * from there to here makes times late by as much as it took.
 */
export const createAgentClock =
  (at: string, now: Date) =>
  (time: string): Date =>
    new Date(Math.min(now.getTime(), now.getTime() - (Date.parse(at) - Date.parse(time))));

/** What an agent tells of itself, and by that of its board. Returns the hub's time. */
export async function noteHeartbeat({ pool }: Store, agency: string, beat: Heartbeat): Promise<Date> {
  const now = await readClock(pool);
  const { problem, readAt, writtenAt, unauthorised = [] } = beat;
  const toHub = createAgentClock(beat.at, now);
  const skew = Math.max(-mostSkew, Math.min(mostSkew, Date.parse(beat.at) - now.getTime()));
  await pool.query('update agents set heartbeat = $2, heartbeat_at = $3, skew = $4 where agency = $1', [
    ...[agency, JSON.stringify({ ...beat, problem: problem && toReportedText(problem) }), now],
    Math.round(skew),
  ]);
  // As when the hub itself is refused.
  const refused = problem
    ? toReason('unauthorised_because', { detail: fromGiven(problem) })
    : toReason('unauthorised');
  const reason = unauthorised.includes('poll') ? refused : problem;
  const error = reason === undefined ? null : toReportedText(reason);
  const isShutOut = unauthorised.includes('delivery');
  await pool.query(
    `insert into boards (agency, polled_at, delivered_at, failures, poll_failures, poll_error, last_error, last_error_at,
       unauthorised_since)
     values ($1, $2, $3, $4, $4, $5, $5, case when $5::text is not null then now() end, case when $6 then now() end)
     on conflict (agency) do update set polled_at = greatest(boards.polled_at, excluded.polled_at),
       delivered_at = greatest(boards.delivered_at, excluded.delivered_at),
       failures = case when $4 = 0 then 0 else boards.failures + 1 end,
       poll_failures = case when $4 = 0 then 0 else boards.poll_failures + 1 end, poll_error = excluded.poll_error,
       last_error = coalesce(excluded.last_error, boards.last_error),
       last_error_at = coalesce(excluded.last_error_at, boards.last_error_at), closed_until = null,
       unauthorised_since = case when $6 then coalesce(boards.unauthorised_since, now()) end`,
    [
      ...[agency, readAt ? toHub(readAt) : null, writtenAt ? toHub(writtenAt) : null],
      ...[error ? 1 : 0, error, isShutOut],
    ],
  );
  return now;
}

/** What an integer of milliseconds holds: 24 days. Further off is no clock. */
const mostSkew = 2_000_000_000;

const silent = toReason('unreachable_because', { detail: toReason('agent_silent') });

/** A silent agent is a board out of reach: it stands in the book of boards, as if a call had failed. */
export async function noteSilence({ pool }: Store, agencies: string[]): Promise<void> {
  await pool.query(
    `insert into boards (agency, failures, poll_failures, poll_error, last_error, last_error_at)
     select agency, 1, 1, $3, $3, now() from agents
     where agency = any($1) and coalesce(heartbeat_at, enrolled_at) < now() - make_interval(secs => $2)
     on conflict (agency) do update set failures = boards.failures + 1, poll_failures = boards.poll_failures + 1,
       poll_error = excluded.poll_error, last_error = excluded.last_error, last_error_at = excluded.last_error_at`,
    [agencies, agentPolicy.silentAfter, toReportedText(silent)],
  );
}
