import { findMaintenance } from '../../../adapters/relay/maintenance.ts';
import type { Agency } from '../../../schemas/index.ts';
import type { BoardHealth } from './read-operations.ts';

/**
 * The state of an agency's board in one word; the worst sign decides.
 *
 * - `closed`: the breaker is open, nothing is sent
 * - `busy`: the board asked to be left alone (Retry-After)
 * - `maintenance`: in one of its maintenance windows
 * - `half_open`: away so far, one call tries next
 * - `troubled`: the last call or poll failed
 */
export type BoardState =
  | 'closed'
  | 'busy'
  | 'maintenance'
  | 'half_open'
  | 'troubled'
  | 'parked'
  | 'screen'
  | 'well';

/** States that the operator should see, the most urgent last. */
export const byUrgency: readonly BoardState[] = ['parked', 'troubled', 'half_open', 'closed'];

export interface SummedUp {
  state: BoardState;
  /** Until when nothing is sent, if that time is known. */
  pausedUntil: Date | null;
  /** The end of the maintenance window by the agency's wall clock (`2026-12-31 06:00`). */
  maintainedUntil: string | null;
}

type Signs = Pick<
  BoardHealth,
  'failures' | 'pollError' | 'closedUntil' | 'busyUntil' | 'parkedLinks' | 'parkedItems'
>;

export function sumUp(
  { board, feed, timeZone = 'Asia/Seoul' }: Agency,
  health: Signs,
  now = Date.now(),
): SummedUp {
  const isAhead = (time: Date | null) => time !== null && time.getTime() > now;
  const maintainedUntil = findMaintenance(board?.maintenance ?? [], timeZone, now) ?? null;
  const isBusy = isAhead(health.busyUntil);
  const signs: [boolean, BoardState][] = [
    [isAhead(health.closedUntil) && !isBusy, 'closed'],
    [isBusy, 'busy'],
    [maintainedUntil !== null, 'maintenance'],
    [health.closedUntil !== null && health.failures > 0, 'half_open'],
    [health.failures > 0 || health.pollError !== null, 'troubled'],
    [health.parkedLinks + health.parkedItems > 0, 'parked'],
    [board === undefined && !feed, 'screen'],
  ];
  const times = [health.closedUntil, health.busyUntil].filter((time) => time !== null);
  const latest = times.toSorted((a, b) => a.getTime() - b.getTime()).at(-1) ?? null;
  return {
    state: signs.find(([holds]) => holds)?.[1] ?? 'well',
    pausedUntil: isAhead(latest) ? latest : null,
    maintainedUntil,
  };
}
