import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { ClockStep } from '../../../hub/clock/clock-steps.ts';
import { createClockRules } from '../../../hub/clock/deadline.ts';
import { readClock } from '../../../hub/clock/statutory-clock.ts';
import { anyGap, anyGround, anyKind, anyStart, anySteps, instantOf, toAt, withStep } from './any-steps.ts';

/** With a kind that counts forty hours, beside that of three. */
const rules = createClockRules({
  periods: [{ kind: 'suggestion', days: 5, from: '2018-01-01', source: 'of the agency' }],
});
const day = 24 * 60 * 60_000;
const korea = 9 * 60 * 60_000;
const runs = { numRuns: 200 };

const read = (steps: readonly ClockStep[], at: number) => readClock(steps, new Date(at), rules);
const endOf = (steps: readonly ClockStep[]) => Math.max(...steps.map(instantOf));
/** The state without its account of the steps. */
const faceOf = (steps: readonly ClockStep[], at: number) => ({ ...read(steps, at), lines: [] });
const lastMinuteOf = (instant: number) => Math.floor((instant + korea) / day) * day - korea + day - 60_000;

const all = [
  'restarted',
  'classified',
  'stopped',
  'stopped',
  'stopped',
  'resumed',
  'resumed',
  'resumed',
  'survey_extended',
  'extended',
  'ended',
] as const;
/** Without corrections of the kind, which may bring the deadline forward, and without ends. */
const moving = ['stopped', 'stopped', 'resumed', 'resumed', 'extended'] as const;

describe('numbers', () => {
  it('are never negative, and agree with each other', () => {
    fc.assert(
      fc.property(anySteps(...all), anyGap, (steps, gap) => {
        const { used, left, over, total, phase, overdue, due } = read(steps, endOf(steps) + gap);
        expect(Math.min(used, left, over, total)).toBeGreaterThanOrEqual(0);
        expect(left).toBeCloseTo(Math.max(0, total - used), 9);
        if (over > 0) expect(overdue).toBe(true);
        if (phase === 'stopped') expect(overdue).toBe(false);
        if (phase === 'running')
          expect(overdue).toBe(due !== undefined && endOf(steps) + gap > due.getTime());
      }),
      runs,
    );
  });

  it('say that the whole period is used at the deadline, and not before', () => {
    fc.assert(
      fc.property(anySteps(...moving), anyGap, (steps, gap) => {
        const { phase, due, used, total } = read(steps, endOf(steps) + gap);
        if (phase !== 'running' || !due) return;
        if (endOf(steps) + gap >= due.getTime()) expect(used).toBeGreaterThanOrEqual(total - 1e-9);
        else expect(used).toBeLessThanOrEqual(total + 1e-9);
      }),
      runs,
    );
  });
});

describe('the state at an instant', () => {
  it('depends only on the steps up to it', () => {
    fc.assert(
      fc.property(anySteps(...all), fc.double({ min: 0, max: 1, noNaN: true }), (steps, part) => {
        const start = instantOf(steps[0]!);
        const at = start + Math.floor((endOf(steps) - start) * part);
        const seen = steps.filter((step) => instantOf(step) <= at);
        expect(read(steps, at)).toEqual(read(seen, at));
      }),
      runs,
    );
  });

  it('is overdue for good once it is, while nothing ends', () => {
    fc.assert(
      fc.property(anySteps('classified', ...moving), fc.array(anyGap, { maxLength: 5 }), (steps, gaps) => {
        let at = endOf(steps);
        const instants = [...steps.map(instantOf), ...gaps.map((gap) => (at += gap))];
        const overdue = instants.map((instant) => read(steps, instant).overdue);
        const from = overdue.indexOf(true);
        if (from >= 0) expect(overdue.slice(from)).not.toContain(false);
      }),
      runs,
    );
  });

  it('is after a reopening that of a new complaint', () => {
    fc.assert(
      fc.property(anySteps(...moving), anySteps(...all), anyGap, (earlier, later, gap) => {
        const [started] = later;
        const reopened = { ...started!, type: 'restarted' } as ClockStep;
        const move = instantOf(started!) - endOf(earlier) - gap;
        const before = earlier.map((step) => ({ ...step, at: toAt(instantOf(step) + move) }));
        const ended: ClockStep = { type: 'ended', at: toAt(endOf(before)) };
        const at = endOf(later) + gap;
        expect(faceOf([...before, ended, reopened, ...later.slice(1)], at)).toEqual(faceOf(later, at));
      }),
      runs,
    );
  });
});

describe('the deadline', () => {
  it('never comes earlier by a stop', () => {
    fc.assert(
      fc.property(anySteps(...moving), anyGround, anyGap, anyGap, (steps, ground, after, length) => {
        // A stop of the same ground would end the one that stands already.
        const others = steps.filter((step) => !('ground' in step) || step.ground !== ground);
        const from = instantOf(others[0]!) + after;
        const stopped = withStep(others, { type: 'stopped', at: toAt(from), ground });
        const both = withStep(stopped, { type: 'resumed', at: toAt(from + length), ground });
        const at = endOf(both);
        const [without, withStop] = [read(others, at), read(both, at)];
        if (!without.due || !withStop.due) return;
        expect(withStop.due.getTime()).toBeGreaterThanOrEqual(without.due.getTime());
      }),
      runs,
    );
  });

  it('never comes earlier by an extension, and does not move by one that is too late', () => {
    fc.assert(
      fc.property(anySteps(...moving), anyGap, fc.integer({ min: 1, max: 14 }), (steps, after, days) => {
        const at = instantOf(steps[0]!) + after;
        const until = Math.max(at, endOf(steps));
        const isLate = read(steps, at).overdue;
        const extended = withStep(steps, { type: 'extended', at: toAt(at), days });
        const [without, withIt] = [read(steps, until), read(extended, until)];
        // None: with the extension a stop is in time and open.
        if (!without.due || !withIt.due) return;
        if (isLate) expect(withIt.due).toEqual(without.due);
        else expect(withIt.due.getTime()).toBeGreaterThan(without.due.getTime());
      }),
      runs,
    );
  });

  it('is the same whether an extension is given before or after the kind is corrected', () => {
    fc.assert(
      fc.property(
        anyStart,
        anyKind,
        anyKind,
        anyGap,
        fc.integer({ min: 1, max: 14 }),
        (start, kind, newKind, after, days) => {
          const at = toAt(start + after);
          const started: ClockStep = { type: 'started', at: toAt(start), kind };
          const classified: ClockStep = { type: 'classified', at, kind: newKind };
          const extended: ClockStep = { type: 'extended', at, days };
          // One that is overdue before the second step takes no second step.
          const firsts = [[started], [started, extended], [started, classified]];
          if (firsts.some((steps) => read(steps, start + after).overdue)) return;
          const [before, behind] = [
            [started, extended, classified],
            [started, classified, extended],
          ];
          expect(read(before, start + after).due).toEqual(read(behind, start + after).due);
        },
      ),
      runs,
    );
  });
});

describe('a stop', () => {
  it('for a supplement counts neither its days nor parts of them', () => {
    fc.assert(
      fc.property(anySteps(...moving), anyGap, anyGap, (steps, after, length) => {
        const others = steps.filter((step) => !('ground' in step) || step.ground !== 'supplement');
        const from = instantOf(others[0]!) + after;
        if (read(others, from).overdue) return;
        const stopped = withStep(others, { type: 'stopped', at: toAt(from), ground: 'supplement' });
        const both = withStep(stopped, { type: 'resumed', at: toAt(from + length), ground: 'supplement' });
        const before = read(both, lastMinuteOf(from) - day).used;
        expect(read(both, from + length).used).toBeCloseTo(before, 9);
        expect(read(both, lastMinuteOf(from + length)).used).toBeCloseTo(before, 9);
      }),
      runs,
    );
  });

  it('changes nothing when it is told again, nor does an end without a stop', () => {
    fc.assert(
      fc.property(anySteps(...all), anyGround, anyGap, anyGap, (steps, ground, after, gap) => {
        const at = instantOf(steps[0]!) + after;
        const isOpen = read(steps, at).grounds.includes(ground);
        const again = withStep(steps, { type: isOpen ? 'stopped' : 'resumed', at: toAt(at), ground });
        const until = Math.max(at, endOf(steps)) + gap;
        if (isOpen || !mayStandBehind(steps, at, ground))
          expect(faceOf(again, until)).toEqual(faceOf(steps, until));
      }),
      runs,
    );
  });

  /** Whether the ground was stopped and not resumed, though the state does not show it: ended, or beyond its cap. */
  function mayStandBehind(steps: readonly ClockStep[], at: number, ground: string): boolean {
    const ofGround = steps.filter(
      (step) => 'ground' in step && step.ground === ground && instantOf(step) <= at,
    );
    return ofGround.at(-1)?.type === 'stopped';
  }
});

describe('the zone', () => {
  const zone = process.env.TZ;
  afterEach(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  it('of the process does not matter, nor the offset in which a step is written', () => {
    const zones = ['UTC', 'Asia/Seoul', 'America/Los_Angeles', 'Pacific/Kiritimati'];
    fc.assert(
      fc.property(anySteps(...all), anyGap, (steps, gap) => {
        const states = zones.map((name) => {
          process.env.TZ = name;
          return { offset: new Date(0).getTimezoneOffset(), face: faceOf(steps, endOf(steps) + gap) };
        });
        expect(new Set(states.map(({ offset }) => offset)).size).toBe(zones.length);
        const inUtc = steps.map((step) => ({ ...step, at: new Date(step.at).toISOString() }));
        for (const { face } of states) expect(face).toEqual(faceOf(inUtc, endOf(steps) + gap));
      }),
      runs,
    );
  });
});
