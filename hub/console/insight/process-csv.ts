import { Readable } from 'node:stream';
import type { Language } from '../../../schemas/index.ts';
import { quartersOfDay } from '../../insight/process/case-figures.ts';
import type { ProcessLine } from '../../insight/process/read-process.ts';

/** What the file needs of the words of the console. */
export interface CsvWords {
  language: Language;
  nameAgency(code: string): string;
  toText(key: string): string;
}

const columns = [
  'month',
  'agency_code',
  'agency',
  'kind',
  'cases',
  'answered',
  'in_time',
  'late',
  'overdue',
  'open',
  'dropped',
  'share',
  'legal_days',
  'real_median',
  'real_p90',
  'to_assigned',
  'to_begun',
  'to_answered',
  'stopped',
  'extended',
  'transferred',
  'reopened',
] as const;

/** A byte order mark, by which spreadsheets see that the file is UTF-8. */
const mark = '\uFEFF';

/** RFC 4180. A text that a spreadsheet would run as a formula gets an apostrophe before it. */
function toCell(value: string | number | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const plain = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

const toLine = (cells: readonly (string | number | undefined)[]) => `${cells.map(toCell).join(',')}\r\n`;
const toDays = (quarters: number | undefined) =>
  quarters === undefined ? undefined : Number((quarters / quartersOfDay).toFixed(3));

function toCells({ month, agency, kind, figures }: ProcessLine, words: CsvWords) {
  const { counts, lengths, inTime } = figures;
  return [
    month,
    agency,
    words.nameAgency(agency),
    words.toText(`kind.${kind}`),
    counts.cases,
    figures.answered,
    counts.in_time,
    counts.late,
    counts.overdue,
    counts.open,
    counts.dropped,
    inTime === undefined ? undefined : Number(inTime.toFixed(4)),
    toDays(lengths.legal?.median),
    toDays(lengths.real?.median),
    toDays(lengths.real?.p90),
    toDays(lengths.toAssigned?.median),
    toDays(lengths.toBegun?.median),
    toDays(lengths.toAnswered?.median),
    counts.stopped,
    counts.extended,
    counts.transferred,
    counts.reopened,
  ];
}

/** The lines as a file, written as they are read. Lengths are in days of 8 office hours. */
export function toCsv(lines: AsyncIterable<ProcessLine>, words: CsvWords): Readable {
  async function* write() {
    yield mark + toLine(columns.map((name) => words.toText(`process_csv.${name}`)));
    for await (const line of lines) yield toLine(toCells(line, words));
  }
  return Readable.from(write());
}
