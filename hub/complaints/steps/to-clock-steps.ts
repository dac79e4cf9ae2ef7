import {
  type Complaint,
  type ComplaintKind,
  clockAt,
  type Status,
  type Step,
} from '../../../schemas/index.ts';
import type { ClockStep } from '../../clock/clock-steps.ts';
import type { NumberedEvent } from '../state.ts';

/** Days in which an objection is decided (Civil Complaints Treatment Act, article 35). */
export const objectionDays = 10;

/**
 * What moved the statutory clock of a complaint, out of its history. `told`: its events that change its status, oldest
 * first. The clock starts when the origin took the complaint in, not when the hub heard of it.
 */
export function toClockSteps(complaint: Complaint, told: readonly NumberedEvent[]): ClockStep[] {
  const { content, registeredAt, takenInAt = registeredAt } = complaint;
  const history: History = { kind: content.kind, over: false, waits: false };
  const steps: ClockStep[] = [{ type: 'started', at: takenInAt, kind: content.kind }];
  for (const event of told) steps.push(...toSteps(event, history));
  return notBeforeStart(steps);
}

/**
 * Nothing counts before the clock began to run, or began again. A board that tells only the day of an answer, or a minute,
 * would end the clock before the follow-up that started it again, and an answered complaint would become overdue.
 */
function notBeforeStart(steps: ClockStep[]): ClockStep[] {
  let start = '';
  return steps.map((step) => {
    const at = step.at < start ? start : step.at;
    if (step.type === 'started' || step.type === 'restarted') start = at;
    return { ...step, at };
  });
}

/** What the steps so far say of the clock. */
interface History {
  kind: ComplaintKind;
  item?: string;
  over: boolean;
  waits: boolean;
}

function toSteps(event: NumberedEvent, history: History): ClockStep[] {
  switch (event.type) {
    case 'answered':
      return end(history, notAfter(event, event.data.answer.answeredAt));
    case 'withdrawn':
      return end(history, event.at);
    case 'followed_up':
      return history.over
        ? restart(history, event.at)
        : resume(history, notAfter(event, event.data.followUp.writtenAt));
    case 'status_changed':
      return turnTo(event.data.to, history, event.at);
    case 'step_taken':
      return fromStep(event.data.step, history, notAfter(event, event.data.step.at));
    default:
      return [];
  }
}

/** When it was done, by those who did it. A clock that runs ahead of ours counts as ours. */
function notAfter({ at }: NumberedEvent, told: string | undefined): string {
  return told === undefined || Date.parse(told) > Date.parse(at) ? at : new Date(told).toISOString();
}

function turnTo(status: Status, history: History, at: string): ClockStep[] {
  const clock = clockAt(status);
  if (clock === 'over') return end(history, at);
  const again = history.over ? restart(history, at) : [];
  return [...again, ...(clock === 'waits' ? stop(history, at) : resume(history, at))];
}

function end(history: History, at: string): ClockStep[] {
  if (history.over) return [];
  history.over = true;
  history.waits = false;
  return [{ type: 'ended', at }];
}

function restart(history: History, at: string, days?: number): ClockStep[] {
  history.over = false;
  const { kind, item } = history;
  return [{ type: 'restarted', at, kind, ...(item && { item }), ...(days && { days }) }];
}

function stop(history: History, at: string): ClockStep[] {
  if (history.waits) return [];
  history.waits = true;
  return [{ type: 'stopped', at, ground: 'supplement' }];
}

function resume(history: History, at: string): ClockStep[] {
  if (!history.waits) return [];
  history.waits = false;
  return [{ type: 'resumed', at, ground: 'supplement' }];
}

function fromStep(step: Step, history: History, at: string): ClockStep[] {
  switch (step.kind) {
    case 'classified':
      history.kind = step.as;
      if (step.item) history.item = step.item;
      else delete history.item;
      return [{ type: 'classified', at, kind: step.as, ...(step.item && { item: step.item }) }];
    case 'extended':
      return [
        {
          type: 'extended',
          at,
          ...(step.days && { days: step.days }),
          ...(step.hours && { hours: step.hours }),
        },
      ];
    case 'supplement_requested':
      return stop(history, at);
    case 'supplemented':
      return resume(history, at);
    case 'clock_stopped':
      return [{ type: 'stopped', at, ground: step.ground }];
    case 'clock_resumed':
      return [{ type: 'resumed', at, ground: step.ground }];
    case 'survey_extended':
      return [{ type: 'survey_extended', at }];
    case 'refused':
    case 'returned':
    case 'closed':
    case 'closed_as_repeat':
    case 'objection_decided':
      return end(history, at);
    case 'reopened':
      return history.over ? restart(history, at) : [];
    case 'objected':
      return history.over ? restart(history, at, objectionDays) : [];
    default:
      return [];
  }
}
