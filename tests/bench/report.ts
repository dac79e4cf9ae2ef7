import { type Measurement, type SubjectName, subjects } from './measure.ts';
import { median } from './settle.ts';

/** The measurements of one turn through the subjects. */
export type Round = Partial<Record<SubjectName, Measurement>>;

export interface Target {
  what: string;
  value: number;
  wanted: string;
  met: boolean;
  unit: string;
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
/** These are never averaged away. */
const worst = new Set(['lost', 'doubled', 'peak MB']);

export const isWhole = (rounds: Round[]): boolean =>
  rounds.every((round) => Object.values(round).every(({ lost, doubled }) => lost === 0 && doubled === 0));

/** The targets that what was measured can judge. A ratio is taken within each round: its subjects met the same noise. */
export function listTargets(rounds: Round[]): Target[] {
  const targets: Target[] = [];
  function add(
    target: Omit<Target, 'value' | 'met'>,
    values: (number | undefined)[],
    limit: number,
    least: boolean,
  ) {
    const known = values.filter((value) => value !== undefined);
    if (known.length === 0) return;
    const value = median(known);
    targets.push({ ...target, value, met: least ? value >= limit : value < limit });
  }
  const ratio = (value: Value, over: SubjectName, under: SubjectName) =>
    rounds.map((round) => {
      const [dividend, divisor] = [round[over] && value(round[over]), round[under] && value(round[under])];
      return dividend === undefined || divisor === undefined ? undefined : dividend / divisor;
    });
  const each = (value: Value, of: SubjectName) => rounds.map((round) => round[of] && value(round[of]));
  for (const hub of ['c', 'd', 'e'] as const) {
    const accepts = { what: `accepts ${hub}/a`, wanted: 'at least 0.50', unit: '' };
    add(
      accepts,
      ratio((m) => m.accepted, hub, 'a'),
      0.5,
      true,
    );
  }
  add(
    { what: 'SOAP accepts f/e', wanted: 'at least 0.60', unit: '' },
    ratio((m) => m.accepted, 'f', 'e'),
    0.6,
    true,
  );
  for (const hub of ['c', 'd'] as const) {
    const relays = { what: `relays ${hub}/b`, wanted: 'at least 1.00', unit: '' };
    add(
      relays,
      ratio((m) => m.relayed, hub, 'b'),
      1,
      true,
    );
    const late = { what: `p99 ${hub} at (b)'s rate`, wanted: 'below 2', unit: ' s' };
    add(
      late,
      each((m) => m.steady && m.steady.p99 / 1000, hub),
      2,
      false,
    );
    const memory = { what: `peak memory ${hub}`, wanted: 'below 300', unit: ' MB' };
    add(
      memory,
      each((m) => m.peakMemory, hub),
      300,
      false,
    );
  }
  return targets;
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
  const targets = listTargets(rounds).map(({ what, value, unit, wanted, met }) => [
    what,
    `${value.toFixed(2)}${unit}`,
    `${wanted}${unit}`,
    met ? 'met' : 'MISSED',
  ]);
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
