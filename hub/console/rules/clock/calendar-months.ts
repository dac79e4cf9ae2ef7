import type { NamedDay } from '../../../clock/named-days.ts';

/** A day of the grid. Null: it is in another month. */
type Cell = (NamedDay & { day: number }) | null;

export interface Month {
  /** From 1. */
  month: number;
  /** Rows of seven days, Sunday first. */
  weeks: Cell[][];
  /** Days that are off or on for another reason than the weekend. */
  named: NamedDay[];
}

/** The months of a year as grids. */
export const toMonths = (year: NamedDay[][]): Month[] =>
  year.map((days, index) => {
    const before = new Date(`${days[0]?.date}T00:00:00Z`).getUTCDay();
    const cells: Cell[] = [
      ...Array.from({ length: before }, () => null),
      ...days.map((day) => ({ ...day, day: Number(day.date.slice(8)) })),
    ];
    while (cells.length % 7 > 0) cells.push(null);
    return {
      month: index + 1,
      weeks: Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7)),
      named: days.filter(({ mark }) => mark !== null && mark !== 'weekend'),
    };
  });
