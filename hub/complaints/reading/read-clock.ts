import type { Complaint } from '../../../schemas/index.ts';
import type { ClockRules } from '../../clock/deadline.ts';
import type { ClockState } from '../../clock/statutory-clock.ts';
import type { Store } from '../../store/database.ts';
import { toldTypes } from '../event-facts.ts';
import { readMatterClock } from '../steps/tell-clock.ts';
import { listHistory } from './list-history.ts';

/**
 * Where the statutory clock of a complaint stands at an instant, by the rules of its assignee. It is counted from the
 * history as far as the given record goes, so that both agree. The caller must check that they may.
 */
export async function readClockOf(
  store: Store,
  complaint: Complaint,
  at: Date,
  rules: ClockRules,
): Promise<ClockState> {
  const only = { types: toldTypes, upTo: complaint.lastSeq };
  return readMatterClock({ complaint, told: await listHistory(store, complaint.id, only) }, at, rules);
}
