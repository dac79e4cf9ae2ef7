import type { Result } from './run-group.ts';

/**
 * Why a scenario did not pass, in words. Empty: it passed or was not finished. If the time was over too early, missing
 * effects do not count as lost.
 */
export function listFailures({ tally, unknown, recovery, problems, unfinished }: Result): string[] {
  const ended = unfinished.length === 0;
  const tooOften = Object.entries(tally.repeated)
    .filter(([place, times]) => times > (unknown[place] ?? 0))
    .map(
      ([place, times]) => `repeated ${times} times at ${place}, with ${unknown[place] ?? 0} unknown outcomes`,
    );
  return [
    ...(tally.lost > 0 && ended ? [`${tally.lost} lost`] : []),
    ...(tally.doubled > 0 ? [`${tally.doubled} doubled where the place can be asked`] : []),
    ...(tally.outOfOrder > 0 ? [`${tally.outOfOrder} out of order`] : []),
    ...tooOften,
    ...(recovery === null && ended ? ['never level'] : []),
    ...problems,
  ];
}

/** `not finished`: nothing is proved, neither a fault nor a success. */
export function judge(result: Result): 'ok' | 'FAILED' | 'not finished' {
  if (listFailures(result).length > 0) return 'FAILED';
  return result.unfinished.length > 0 ? 'not finished' : 'ok';
}

const sum = (counts: Record<string, number>): number =>
  Object.values(counts).reduce((all, one) => all + one, 0);

const columns: [title: string, value: (result: Result) => string][] = [
  ['scenario', ({ scenario }) => scenario],
  ['complaints', ({ complaints }) => String(complaints)],
  ['lost', ({ tally, unfinished }) => (unfinished.length > 0 ? '?' : String(tally.lost))],
  ['doubled', ({ tally }) => String(tally.doubled)],
  ['repeated', ({ tally, unknown }) => `${sum(tally.repeated)} of ${sum(unknown)}`],
  ['out of order', ({ tally }) => String(tally.outOfOrder)],
  ['by hand', ({ byHand }) => String(byHand)],
  ['recovery s', ({ recovery }) => recovery?.toFixed(1) ?? 'never'],
  ['', judge],
];

/** `skipped`: the scenarios that could not run, with the reason. */
export function renderTable(results: readonly Result[], skipped: ReadonlyMap<string, string>): string {
  const rows = [
    columns.map(([title]) => title),
    ...results.map((result) => columns.map(([, value]) => value(result))),
  ];
  const widths = columns.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const line = (row: string[]) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ')
      .trimEnd();
  return [...rows.map(line), ...[...skipped].map(([name, reason]) => `${name}  skipped: ${reason}`)].join(
    '\n',
  );
}

export const legend = `lost, doubled, out of order: effects in the boards' own storage and in the mail and SMS servers
repeated: where nobody can be asked (boards without find, mail), of so many unknown outcomes
by hand: what an administrator had to decide at the console; recovery: from the end of the fault until all was level,
in seconds of a machine with two cores and nothing else to do
not finished: the time was over while somebody had something to do yet; nothing is said of what is missing`;
