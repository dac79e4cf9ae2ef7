import fc from 'fast-check';
import type { ClockStep } from '../../../hub/clock/clock-steps.ts';
import { stopGrounds } from '../../../schemas/index.ts';
import { complaintKinds } from '../../../schemas/vocabulary.ts';

const minute = 60_000;
const first = Date.parse('2018-01-01T00:00:00+09:00');
/** Complaints begin early enough that the longest deadline lies in a year whose holidays are known. */
const last = Date.parse('2027-03-01T00:00:00+09:00');

/** An instant as a step has it, in Korea. */
export const toAt = (instant: number): string =>
  `${new Date(instant + 9 * 60 * minute).toISOString().slice(0, 19)}+09:00`;

export const instantOf = ({ at }: ClockStep): number => Date.parse(at);

/** Whole minutes, often those at which an office opens or closes. */
export const anyStart: fc.Arbitrary<number> = fc
  .record({
    day: fc.nat({ max: Math.floor((last - first) / (24 * 60 * minute)) }),
    time: fc.oneof(fc.constantFrom(540, 720, 780, 1080, 1439, 0), fc.nat({ max: 1439 })),
  })
  .map(({ day, time }) => first + (day * 24 * 60 + time) * minute);

/** From a moment to ten days, with whole days among them, so that steps meet on edges. */
export const anyGap: fc.Arbitrary<number> = fc
  .oneof(
    fc.nat({ max: 90 }),
    fc.nat({ max: 1440 }),
    fc.nat({ max: 14_400 }),
    fc.nat({ max: 10 }).map((days) => days * 1440),
  )
  .map((minutes) => minutes * minute);

export const anyKind = fc.constantFrom(...complaintKinds.filter((kind) => kind !== 'statutory'));
export const anyGround = fc.constantFrom(...stopGrounds);

type Bare = ClockStep extends infer Step ? (Step extends ClockStep ? Omit<Step, 'at'> : never) : never;

const bareSteps: { [type in ClockStep['type']]: fc.Arbitrary<Bare> } = {
  started: anyKind.map((kind) => ({ type: 'started', kind })),
  restarted: anyKind.map((kind) => ({ type: 'restarted', kind })),
  classified: anyKind.map((kind) => ({ type: 'classified', kind })),
  stopped: anyGround.map((ground) => ({ type: 'stopped', ground })),
  resumed: anyGround.map((ground) => ({ type: 'resumed', ground })),
  survey_extended: fc.constant({ type: 'survey_extended' }),
  ended: fc.constant({ type: 'ended' }),
  extended: fc.integer({ min: 1, max: 14 }).map((days) => ({ type: 'extended', days })),
};

/** One complaint: its intake, and up to ten later steps of the types. */
export function anySteps(...types: ClockStep['type'][]): fc.Arbitrary<ClockStep[]> {
  const later = fc.oneof(...types.map((type) => bareSteps[type]));
  return fc
    .tuple(anyStart, anyKind, fc.array(fc.tuple(anyGap, later), { maxLength: 10 }))
    .map(([start, kind, steps]) => {
      let at = start;
      const timed = steps.map(([gap, step]) => {
        at += gap;
        return { ...step, at: toAt(at) } as ClockStep;
      });
      return [{ type: 'started', at: toAt(start), kind }, ...timed];
    });
}

/** Puts a step where its time is, after those of the same instant. */
export function withStep(steps: readonly ClockStep[], step: ClockStep): ClockStep[] {
  const before = steps.filter((one) => instantOf(one) <= instantOf(step));
  return [...before, step, ...steps.slice(before.length)];
}
