import { type Complaint, stepFacts } from '../../../schemas/index.ts';
import type { ClockStep } from '../../clock/clock-steps.ts';
import type { ClockRules } from '../../clock/deadline.ts';
import { type ClockState, readClock } from '../../clock/statutory-clock.ts';
import { hour, workingTimeBetween } from '../../clock/working-time.ts';
import type { NumberedEvent } from '../../complaints/state.ts';
import { toKindNow } from '../../complaints/steps/kind-now.ts';
import { isStep } from '../../complaints/steps/known-steps.ts';
import { toClockSteps } from '../../complaints/steps/to-clock-steps.ts';
import { type CaseFigures, type CaseState, quartersOfDay, quartersOfHour } from './case-figures.ts';

/** Days in which a complaint that comes back counts as opened again. */
const reopenedWithin = 30 * 24 * hour;
/** Korea has kept UTC+9 without summer time since 1988. */
const toMonth = (at: Date) => new Date(at.getTime() + 9 * hour).toISOString().slice(0, 7);

/**
 * The figures of a complaint at an instant. `events`: those that change its status, and who it was given to, oldest
 * first. What happened after the first answer changes nothing but its kind and whether it was opened again. Pure.
 */
export function measureCase(
  { complaint, events }: { complaint: Complaint; events: readonly NumberedEvent[] },
  now: Date,
  rules: ClockRules,
): CaseFigures {
  const steps = toClockSteps(complaint, events);
  const end = steps.findIndex(({ type }) => type === 'ended');
  const endedAt = end === -1 ? undefined : new Date(steps[end]?.at ?? now);
  const counted = end === -1 ? steps : steps.slice(0, end + 1);
  const clock = readClock(counted, endedAt ?? now, rules);
  const takenInAt = new Date(complaint.takenInAt ?? complaint.registeredAt);
  const state = stateOf(complaint, clock, endedAt);
  const lookAt = endedAt ? undefined : nextChange(clock, state);
  return {
    agency: complaint.assignee,
    kind: toKindNow(complaint, events),
    month: toMonth(takenInAt),
    state,
    takenInAt,
    ...(endedAt && { endedAt }),
    lengths: {
      ...measurePeriod(clock, state),
      ...measureStages(events, { takenInAt, ...(endedAt && { endedAt }) }, rules),
    },
    stops: counted.filter(({ type }) => type === 'stopped').length,
    extensions: clock.extensions.length,
    transfers: events.filter(({ type }) => type === 'transferred').length,
    reopened: endedAt !== undefined && comesBack(steps.slice(end + 1), endedAt),
    ...(lookAt && { lookAt }),
  };
}

function stateOf({ status }: Complaint, clock: ClockState, endedAt: Date | undefined): CaseState {
  if (status === 'withdrawn' || status === 'merged') return 'dropped';
  if (!endedAt) return clock.overdue ? 'overdue' : 'open';
  if (!clock.period) return 'untimed';
  return clock.overdue ? 'late' : 'in_time';
}

/** Exactly at the deadline is in time, so the figures change just after it. */
function nextChange({ due, stoppedUntil }: ClockState, state: CaseState): Date | undefined {
  const at = stoppedUntil ?? (state === 'open' ? due : undefined);
  return at && new Date(at.getTime() + 1);
}

function measurePeriod(clock: ClockState, state: CaseState): CaseFigures['lengths'] {
  if (!clock.period || state === 'dropped') return {};
  const quarters = clock.unit === 'hours' ? quartersOfHour : quartersOfDay;
  const original = clock.total - clock.extensions.reduce((sum, units) => sum + units, 0);
  const isAnswered = state === 'in_time' || state === 'late';
  return {
    legal: Math.round(original * quarters),
    ...(isAnswered && { real: Math.round(clock.used * quarters) }),
  };
}

const comesBack = (later: readonly ClockStep[], endedAt: Date): boolean =>
  later.some(({ type, at }) => type === 'restarted' && Date.parse(at) - endedAt.getTime() <= reopenedWithin);

/**
 * 접수 → 배정 → 처리 → 답변. A stage ends with the first sign of the next. Without a sign of work before the answer the
 * two stages between are one, and not measured.
 */
function measureStages(
  events: readonly NumberedEvent[],
  { takenInAt, endedAt }: { takenInAt: Date; endedAt?: Date },
  rules: ClockRules,
): CaseFigures['lengths'] {
  const untilEnd = events.filter(({ at }) => !endedAt || new Date(at) <= endedAt);
  const begun = untilEnd.find(isWork);
  const assigned = findAssigned(begun ? untilEnd.slice(0, untilEnd.indexOf(begun)) : untilEnd);
  const between = (from: Date, to: Date) =>
    Math.round(workingTimeBetween(from, to, rules) / (hour / quartersOfHour));
  const [assignedAt, begunAt] = [assigned, begun].map((event) => event && new Date(event.at));
  return {
    ...(assignedAt && { toAssigned: between(takenInAt, assignedAt) }),
    ...(assignedAt && begunAt && { toBegun: between(assignedAt, begunAt) }),
    ...(begunAt && endedAt && { toAnswered: between(begunAt, endedAt) }),
  };
}

/** When a person was named for it first. Otherwise: when it was given to the agency last. */
function findAssigned(before: readonly NumberedEvent[]): NumberedEvent | undefined {
  const named = before.find((event) => isStep(event) && event.data.step.kind === 'officer_assigned');
  return named ?? before.findLast(({ type }) => type === 'assigned' || type === 'transferred');
}

/** Steps that hand a complaint on, and say nothing of work on it. */
const handing: ReadonlySet<string> = new Set(['officer_assigned', 'classified', 'transfer_refused']);

/** A sign that the agency works on it, before its answer. */
function isWork(event: NumberedEvent): boolean {
  if (event.type === 'status_changed') return event.data.to === 'in_progress';
  if (event.type === 'interim_answered') return true;
  if (!isStep(event)) return false;
  const { kind } = event.data.step;
  const { by, to } = stepFacts[kind];
  return by === 'assignee' && !handing.has(kind) && (to === undefined || to === 'supplement_requested');
}
