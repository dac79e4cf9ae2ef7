import type { Heartbeat } from '../../../schemas/index.ts';
import { fromGiven, toReason } from '../../../schemas/reason.ts';
import type { Queryable, Store } from '../../store/database.ts';
import { recordHeartbeat, recordSilence } from '../../store/states/board-state.ts';
import { agentPolicy } from '../boards/agent-policy.ts';

/** The time of the database's clock, which all processes share. */
export async function readClock(client: Queryable): Promise<Date> {
  const { rows } = await client.query<{ at: Date }>('select clock_timestamp() as at');
  return rows[0]?.at ?? new Date();
}

/**
 * Converts times of an agent's clock to the hub's: the agent's `at` is the hub's `now`. A wrong agent clock then
 * does no harm. Times come out late by the time that the message travelled.
 */
export const createAgentClock =
  (at: string, now: Date) =>
  (time: string): Date =>
    new Date(Math.min(now.getTime(), now.getTime() - (Date.parse(at) - Date.parse(time))));

/** Keeps what an agent says of itself and, by that, of its board. Returns the hub's time. */
export async function noteHeartbeat({ pool }: Store, agency: string, beat: Heartbeat): Promise<Date> {
  const now = await readClock(pool);
  const toHub = createAgentClock(beat.at, now);
  const skew = Math.max(-mostSkew, Math.min(mostSkew, Date.parse(beat.at) - now.getTime()));
  await pool.query('update agents set heartbeat = $2, heartbeat_at = $3, skew = $4 where agency = $1', [
    agency,
    JSON.stringify(beat),
    now,
    Math.round(skew),
  ]);
  const { problem, problemKind = null, readAt, writtenAt, notice, unauthorised = [] } = beat;
  const error = problem === undefined ? null : fromGiven(problem);
  await recordHeartbeat(pool, agency, {
    readAt: readAt ? toHub(readAt) : null,
    writtenAt: writtenAt ? toHub(writtenAt) : null,
    error,
    // The hub counts this as if the board had refused the hub itself.
    errorKind: unauthorised.includes('poll') ? 'unauthorised' : error && problemKind,
    notice: notice === undefined ? null : fromGiven(notice),
    isShutOut: unauthorised.includes('delivery'),
  });
  return now;
}

/** The most milliseconds that a PostgreSQL integer holds: 24 days. A clock further off is no clock. */
const mostSkew = 2_000_000_000;

/** A silent agent makes its board unreachable. Table `boards` then shows it as if a call had failed. */
export async function noteSilence({ pool }: Store, agencies: string[]): Promise<void> {
  const { silentAfter } = agentPolicy;
  await recordSilence(pool, agencies, { silentAfter, reason: toReason('agent_silent') });
}
