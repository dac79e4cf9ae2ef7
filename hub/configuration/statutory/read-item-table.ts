import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import type { StatutoryItem } from '../../../schemas/index.ts';
import { type Reason, toReason } from '../../../schemas/reason.ts';

/** Something wrong in a table. `line`: of the file, from 1. `column`: as its heading says; empty: the whole line. */
interface TableProblem {
  line: number;
  column: string;
  reason: Reason;
}

export interface ItemTable {
  items: StatutoryItem[];
  problems: TableProblem[];
  /** Headings that mean nothing here. */
  ignored: string[];
}

/** What each column may be called. Spreadsheets of agencies use the first names. */
const headings = {
  name: ['사무명', '민원명', '민원사무명', 'name'],
  period: ['처리기간', 'period'],
  law: ['근거법령', '근거', '관련법령', 'law'],
  from: ['시행일', '적용일', 'from'],
  documents: ['구비서류', '제출서류', 'documents'],
  fee: ['수수료', 'fee'],
  department: ['담당부서', '처리부서', '부서', 'department'],
} as const;
type Column = keyof typeof headings;
const columns = Object.keys(headings) as Column[];
const required = ['name', 'period', 'law'] as const;

/**
 * Reads a table of statutory complaints: CSV or cells copied from a spreadsheet (tabs), with a line of headings; UTF-8,
 * or the code page 949 of Korean spreadsheets. Without a day, an item holds from `today` (`2026-12-01`) on. Everything
 * that is wrong is told with its line; then no item may be used.
 */
export function readItemTable(bytes: Uint8Array, today: string): ItemTable {
  const found: ItemTable = { items: [], problems: [], ignored: [] };
  const rows = split(decode(bytes), found);
  const [head, ...body] = rows;
  if (!head) return found;
  const places = placeColumns(head, found);
  if (found.problems.length > 0) return found;
  const lines = new Map<string, number>();
  for (const { cells, line } of body) {
    if (cells.every((cell) => cell === '')) continue;
    const item = toItem(
      (column) => cells[places.get(column) ?? -1] ?? '',
      today,
      (column, reason) =>
        found.problems.push({ line, column: head.cells[places.get(column) ?? -1] ?? '', reason }),
    );
    if (!item) continue;
    const key = `${item.name} ${item.from}`;
    const before = lines.get(key);
    if (before === undefined) found.items.push(item);
    else
      found.problems.push({
        line,
        column: '',
        reason: toReason('sheet_repeats', { name: item.name, line: before }),
      });
    lines.set(key, line);
  }
  if (found.items.length === 0 && found.problems.length === 0)
    found.problems.push({ line: head.line, column: '', reason: toReason('sheet_empty') });
  return found;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return iconv.decode(Buffer.from(bytes), 'cp949');
  }
}

interface Row {
  cells: string[];
  line: number;
}

function split(text: string, { problems }: ItemTable): Row[] {
  try {
    const rows = parse(text, {
      bom: true,
      delimiter: [',', '\t'],
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return rows.map(({ record, info }) => ({ cells: record, line: info.lines }));
  } catch (error) {
    const { lines = 1, message } = error as Error & { lines?: number };
    problems.push({ line: lines, column: '', reason: toReason('sheet_unreadable', { text: message }) });
    return [];
  }
}

function placeColumns(head: Row, { problems, ignored }: ItemTable): Map<Column, number> {
  const places = new Map<Column, number>();
  for (const [at, heading] of head.cells.entries()) {
    const plain = heading.replaceAll(/\s/g, '').toLowerCase();
    const column = columns.find((one) => (headings[one] as readonly string[]).includes(plain));
    if (column && !places.has(column)) places.set(column, at);
    else if (plain) ignored.push(heading);
  }
  for (const column of required)
    if (!places.has(column))
      problems.push({
        line: head.line,
        column: '',
        reason: toReason('sheet_lacks', { column: headings[column].join(', ') }),
      });
  return places;
}

function toItem(
  cell: (column: Column) => string,
  today: string,
  report: (column: Column, reason: Reason) => void,
): StatutoryItem | undefined {
  let isGood = true;
  const tell = (column: Column, reason: Reason) => {
    isGood = false;
    report(column, reason);
  };
  const text = (column: Column, most: number, isRequired = false): string => {
    const given = cell(column).replaceAll('\0', '').toWellFormed();
    if (isRequired && given === '') tell(column, toReason('cell_empty'));
    if (given.length > most) tell(column, toReason('cell_too_long', { n: most }));
    return given;
  };
  const name = text('name', 100, true);
  const law = text('law', 300, true);
  const period = toPeriod(cell('period'));
  if (!period) tell('period', toReason('cell_no_period', { text: cell('period') }));
  const from = cell('from') === '' ? today : toDay(cell('from'));
  if (!from) tell('from', toReason('cell_no_day', { text: cell('from') }));
  const documents = cell('documents')
    .split(/[\n;]/)
    .map((one) => one.trim())
    .filter(Boolean);
  if (documents.length > 50 || documents.some((one) => one.length > 300))
    tell('documents', toReason('cell_too_long', { n: 300 }));
  const fee = text('fee', 100);
  const department = text('department', 100);
  if (!isGood || !period || !from) return undefined;
  return {
    name,
    ...period,
    law,
    from,
    ...(documents.length > 0 && { documents }),
    ...(fee && { fee }),
    ...(department && { department }),
  };
}

/** `7일`, `3시간`, `즉시`. At once means three working hours (Enforcement Decree, article 19). */
function toPeriod(text: string): { days: number } | { hours: number } | undefined {
  if (/^즉시$|^at once$/i.test(text)) return { hours: 3 };
  const [, amount = '', unit] = /^(\d{1,3})\s*(일|days?|d|시간|hours?|h)$/i.exec(text) ?? [];
  const n = Number(amount);
  if (!unit || n < 1) return undefined;
  if (/^(시간|h)/i.test(unit)) return n <= 40 ? { hours: n } : undefined;
  return n <= 365 ? { days: n } : undefined;
}

/** `2026-01-01`, `2026.1.1`, `2026. 1. 1.`, `2026/1/1` */
function toDay(text: string): string | undefined {
  const [, year, month = '', day = ''] = /^(\d{4})[-./]\s*(\d{1,2})[-./]\s*(\d{1,2})\.?$/.exec(text) ?? [];
  if (!year) return undefined;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const read = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(date) ? date : undefined;
}
