import { type Measurement, type SubjectName, subjects } from './measure.ts';
import { median } from './settle.ts';

/** The measurements of one round through the subjects. */
export type Round = Partial<Record<SubjectName, Measurement>>;

export interface Target {
  what: string;
  value: number;
  unit: string;
  /** Absent: the value is only for comparison and has no target. */
  wanted?: { limit: number; least: boolean };
  met?: boolean;
}

type Value = (measurement: Measurement) => number | undefined;

const columns: [title: string, value: Value, digits: number][] = [
  ['accepted/s', (m) => m.accepted, 0],
  ['reply p50 ms', (m) => m.wait.p50, 1],
  ['p99 ms', (m) => m.wait.p99, 1],
  ['relayed/s', (m) => m.relayed, 0],
  ['end-to-end p50 ms', (m) => m.endToEnd?.p50, 0],
  ['p95 ms', (m) => m.endToEnd?.p95, 0],
  ['p99 ms', (m) => m.endToEnd?.p99, 0],
  ["at (b)'s rate p50 ms", (m) => m.steady?.p50, 0],
  ['p95 ms', (m) => m.steady?.p95, 0],
  ['p99 ms', (m) => m.steady?.p99, 0],
  ['peak MB', (m) => m.peakMemory, 0],
  ['CPU ms each', (m) => m.cpu, 2],
  ['PostgreSQL ms each', (m) => m.databaseCpu, 2],
  ['lost', (m) => m.lost, 0],
  ['doubled', (m) => m.doubled, 0],
];
/** These values are never averaged: the worst counts. */
const worst = new Set(['lost', 'doubled', 'peak MB']);

export const isWhole = (rounds: Round[]): boolean =>
  rounds.every((round) => Object.values(round).every(({ lost, doubled }) => lost === 0 && doubled === 0));

/**
 * The targets that the measurements can judge. A ratio is computed within each round, whose subjects met the same
 * noise.
 *
 * (a) only accepts complaints, so it is compared with (e), which does the same. (c) and (d) also relay. Their callers
 * wait for each reply before they send more. So these subjects accept as many complaints as they relay.
 */
export function listTargets(rounds: Round[]): Target[] {
  const ratio = (value: Value, over: SubjectName, under: SubjectName) =>
    rounds.map((round) => {
      const [dividend, divisor] = [round[over] && value(round[over]), round[under] && value(round[under])];
      return dividend === undefined || divisor === undefined ? undefined : dividend / divisor;
    });
  const each = (value: Value, of: SubjectName) => rounds.map((round) => round[of] && value(round[of]));
  const accepted: Value = (m) => m.accepted;
  const atLeast = (limit: number) => ({ wanted: { limit, least: true } });
  const below = (limit: number) => ({ wanted: { limit, least: false } });
  const measured: [
    what: string,
    values: (number | undefined)[],
    wanted: Pick<Target, 'wanted'>,
    unit?: string,
  ][] = [
    ['accepts e/a', ratio(accepted, 'e', 'a'), atLeast(0.5)],
    ['accepts c/a while it relays', ratio(accepted, 'c', 'a'), {}],
    ['accepts d/a while it relays', ratio(accepted, 'd', 'a'), {}],
    ['SOAP accepts f/e', ratio(accepted, 'f', 'e'), atLeast(0.6)],
    ...(['c', 'd'] as const).flatMap((hub): typeof measured => [
      [`relays ${hub}/b`, ratio((m) => m.relayed, hub, 'b'), atLeast(1)],
      [`p99 ${hub} at (b)'s rate`, each((m) => m.steady && m.steady.p99 / 1000, hub), below(2), ' s'],
      [`peak memory ${hub}`, each((m) => m.peakMemory, hub), below(300), ' MB'],
    ]),
  ];
  return measured.flatMap(([what, values, { wanted }, unit = '']) => {
    const known = values.filter((value) => value !== undefined);
    if (known.length === 0) return [];
    const value = median(known);
    if (!wanted) return [{ what, value, unit }];
    return [{ what, value, unit, wanted, met: wanted.least ? value >= wanted.limit : value < wanted.limit }];
  });
}

/** Two Markdown tables: the subjects (median of the rounds), and the targets. */
export function toReport(rounds: Round[]): string {
  const names = [...new Set(rounds.flatMap((round) => Object.keys(round) as SubjectName[]))];
  const rows = names.map((name) => {
    const measured = rounds.flatMap((round) => round[name] ?? []);
    const cells = columns.map(([title, value, digits]) => {
      const values = measured.map(value).filter((v) => v !== undefined);
      if (values.length === 0) return '–';
      return (worst.has(title) ? Math.max(...values) : median(values)).toFixed(digits);
    });
    const mark = isWhole(measured.map((m) => ({ [name]: m }))) ? '' : ' **NOT WHOLE**';
    return [`(${name}) ${subjects[name].title}${mark}`, ...cells];
  });
  const table = toTable([['subject', ...columns.map(([title]) => title)], ...rows]);
  const targets = listTargets(rounds).map(({ what, value, unit, wanted, met }) => {
    const limit = wanted ? `${wanted.least ? 'at least' : 'below'} ${wanted.limit.toFixed(2)}${unit}` : '–';
    return [what, `${value.toFixed(2)}${unit}`, limit, met === undefined ? '–' : met ? 'met' : 'MISSED'];
  });
  if (targets.length === 0) return table;
  return `${table}\n\n${toTable([['target', 'measured', 'wanted', ''], ...targets])}`;
}

function toTable(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0), 3),
  );
  const toLine = (row: string[]) =>
    `| ${row.map((cell, n) => (n === 0 ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0))).join(' | ')} |`;
  const rule = widths.map((width, n) => (n === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  const [head = [], ...body] = rows;
  return [toLine(head), `| ${rule.join(' | ')} |`, ...body.map(toLine)].join('\n');
}
