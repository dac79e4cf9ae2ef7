import { quartersOfDay, quartersOfHour } from '../../insight/process/case-figures.ts';
import type { CaseChoice } from '../../insight/process/list-cases.ts';
import type { ProcessFilter } from '../../insight/process/read-process.ts';
import type { ProcessFigures, Spread } from '../../insight/process/sums.ts';
import { toProcessQuery } from './process-asked.ts';

/** A length as people read it: days of 8 office hours from one day on, otherwise hours. */
export interface ShownLength {
  unit: 'days' | 'hours';
  text: string;
}

const trim = (text: string) => text.replace(/\.?0+$/, '');

export function toLength(quarters: number): ShownLength {
  return quarters >= quartersOfDay
    ? { unit: 'days', text: trim((quarters / quartersOfDay).toFixed(1)) }
    : { unit: 'hours', text: trim((quarters / quartersOfHour).toFixed(2)) || '0' };
}

/** Per cent with one decimal: 0.957 → 95.7. */
const toPercent = (part: number): string => trim((part * 100).toFixed(1)) || '0';

const toShownSpread = (spread: Spread | undefined) => ({
  median: spread ? toLength(spread.median) : null,
  p90: spread ? toLength(spread.p90) : null,
});

/** Columns that are a number of complaints, in their order. */
const countColumns = ['stopped', 'extended', 'transferred', 'reopened'] as const satisfies CaseChoice[];

/** A row of the table. Each number leads to its complaints. */
export function toShownRow(figures: ProcessFigures, filter: ProcessFilter) {
  const { counts, answered, inTime, lengths } = figures;
  const link = (what: CaseChoice, count: number) => ({
    what,
    count,
    to: `/process/cases?${toProcessQuery(filter, { what })}`,
  });
  return {
    cases: link('cases', counts.cases),
    answered: link('answered', answered),
    inTime: inTime === undefined ? null : { percent: toPercent(inTime), ...link('known', counts.in_time) },
    late: link('late', counts.late),
    overdue: link('overdue', counts.overdue),
    open: link('open', counts.open),
    dropped: link('dropped', counts.dropped),
    timed: link('timed', counts.in_time + counts.late),
    legal: toShownSpread(lengths.legal),
    real: toShownSpread(lengths.real),
    stages: [lengths.toAssigned, lengths.toBegun, lengths.toAnswered].map(toShownSpread),
    others: countColumns.map((what) => link(what, counts[what])),
  };
}

/** Bars of a row in a drawing 100 wide. Null: there is nothing to draw. */
export function toPlot(figures: ProcessFigures, longest: number) {
  const { inTime, lengths } = figures;
  const scale = (quarters: number) => Number(((quarters / longest) * 100).toFixed(2));
  return {
    inTime: inTime === undefined ? null : Number((inTime * 100).toFixed(2)),
    real: lengths.real ? { median: scale(lengths.real.median), p90: scale(lengths.real.p90) } : null,
    legal: lengths.legal ? scale(lengths.legal.median) : null,
  };
}

/** The longest length that a plot of the rows shows. */
export const findLongest = (rows: readonly ProcessFigures[]): number =>
  Math.max(1, ...rows.flatMap(({ lengths: { real, legal } }) => [real?.p90 ?? 0, legal?.median ?? 0]));
