import { type CaseState, caseStates, type LengthName, lengthNames } from './case-figures.ts';

/** What is counted. Each number has its list of complaints. */
const countNames = [
  'cases',
  ...caseStates,
  'stopped',
  'extended',
  'transferred',
  'reopened',
] as const satisfies ('cases' | CaseState | 'stopped' | 'extended' | 'transferred' | 'reopened')[];
export type CountName = (typeof countNames)[number];

/** A row of process_sums. `lengths`: how often each length occurred. */
export interface Sums {
  counts: Partial<Record<CountName, number>>;
  lengths: Partial<Record<LengthName, Record<string, number>>>;
}

/** Half of all are shorter; nine of ten are not longer. In quarters of an office hour. */
export interface Spread {
  median: number;
  p90: number;
}

/** What a row of the process view says. */
export interface ProcessFigures {
  counts: Record<CountName, number>;
  /** Answered with or without a period: in_time, late and untimed. */
  answered: number;
  /**
   * The part that is in time of those of which it is known: answered in time, answered late, and open beyond the
   * deadline. So nothing looks better by being left unanswered. Absent: there is none yet.
   */
  inTime?: number;
  lengths: Partial<Record<LengthName, Spread>>;
}

/** Figures of several sums together, exact to the quarter of an hour. */
export function joinSums(parts: readonly Sums[]): ProcessFigures {
  const counts = Object.fromEntries(
    countNames.map((name) => [name, parts.reduce((sum, part) => sum + (part.counts[name] ?? 0), 0)]),
  ) as Record<CountName, number>;
  const known = counts.in_time + counts.late + counts.overdue;
  return {
    counts,
    answered: counts.in_time + counts.late + counts.untimed,
    ...(known > 0 && { inTime: counts.in_time / known }),
    lengths: Object.fromEntries(
      lengthNames.flatMap((name) => {
        const spread = toSpread(parts.map(({ lengths }) => lengths[name] ?? {}));
        return spread ? [[name, spread]] : [];
      }),
    ),
  };
}

/** The median is the middle one, or the mean of the two; nine of ten: the nearest rank. Undefined: there is none. */
export function toSpread(histograms: readonly Record<string, number>[]): Spread | undefined {
  const together = new Map<number, number>();
  for (const histogram of histograms)
    for (const [length, times] of Object.entries(histogram))
      together.set(Number(length), (together.get(Number(length)) ?? 0) + times);
  const sorted = [...together].sort(([a], [b]) => a - b);
  const total = sorted.reduce((sum, [, times]) => sum + times, 0);
  if (total === 0) return undefined;
  const nth = (n: number): number => {
    let left = n;
    for (const [length, times] of sorted) {
      left -= times;
      if (left <= 0) return length;
    }
    return 0;
  };
  const middle = (nth(Math.ceil(total / 2)) + nth(Math.floor(total / 2) + 1)) / 2;
  return { median: middle, p90: nth(Math.ceil(total * 0.9)) };
}
