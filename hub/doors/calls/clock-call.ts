import type { ClockLine, Complaint, StatutoryClock } from '../../../schemas/index.ts';
import { sayClockStep } from '../../clock/say-clock-step.ts';
import type { ClockState } from '../../clock/statutory-clock.ts';

/** The clock of a complaint as partner agencies see it. */
export function toStatutoryClock(
  { receiptNumber }: Pick<Complaint, 'receiptNumber'>,
  state: ClockState,
  at: Date,
): StatutoryClock {
  const { phase, startedAt, due, unit, total, used, left, overdue, over, grounds, period } = state;
  const { stoppedSince, stoppedUntil, endedAt, lines } = state;
  return {
    receiptNumber,
    at: at.toISOString(),
    phase,
    ...(startedAt && { startedAt: startedAt.toISOString() }),
    ...(due && { dueAt: due.toISOString() }),
    ...(unit && { unit }),
    total,
    used: toUnits(used),
    left: toUnits(left),
    overdue,
    over: toUnits(over),
    ...(stoppedSince && { stoppedSince: stoppedSince.toISOString() }),
    ...(stoppedUntil && { stoppedUntil: stoppedUntil.toISOString() }),
    grounds,
    ...(endedAt && { endedAt: endedAt.toISOString() }),
    ...(period && { article: period.source }),
    lines: lines.map(toLine),
  };
}

/** Office hours have fractions. Three digits are less than four seconds. */
const toUnits = (units: number): number => Math.round(units * 1000) / 1000;

function toLine({ at, step, effect, due }: ClockState['lines'][number]): ClockLine {
  const { article, ...name } = sayClockStep(step);
  const { type, at: _at, ...said } = step;
  return {
    at: at.toISOString(),
    step: type,
    name,
    effect,
    ...(due && { dueAt: due.toISOString() }),
    article,
    ...said,
  };
}
