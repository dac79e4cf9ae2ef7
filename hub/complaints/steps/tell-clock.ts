import type { ClockFace } from '../../../schemas/index.ts';
import type { ClockRules } from '../../clock/deadline.ts';
import { type ClockState, readClock } from '../../clock/statutory-clock.ts';
import type { Matter } from '../state.ts';
import { toClockSteps } from './to-clock-steps.ts';

/** Where the clock of a matter stands at an instant, by the rules of its assignee. */
export function readMatterClock(
  { complaint, told }: Pick<Matter, 'complaint' | 'told'>,
  at: Date,
  rules: ClockRules,
): ClockState {
  return readClock(toClockSteps(complaint, told), at, rules);
}

/** Writes into the record what lists need of its clock: the fold of its whole history. */
export function tellClock(matter: Matter, now: Date, rules: ClockRules): void {
  const state = readMatterClock(matter, now, rules);
  const { complaint } = matter;
  if (state.due) complaint.dueAt = state.due.toISOString();
  else delete complaint.dueAt;
  complaint.clock = toFace(state);
}

function toFace(state: ClockState): ClockFace {
  const { phase, unit, total, stoppedSince, grounds, endedAt, overdue } = state;
  return {
    phase,
    ...(unit && { unit, total }),
    ...(stoppedSince && { stoppedSince: stoppedSince.toISOString(), grounds }),
    ...(endedAt && { endedAt: endedAt.toISOString(), late: overdue }),
  };
}
