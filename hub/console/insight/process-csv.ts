import { Readable } from 'node:stream';
import type { Language } from '../../../schemas/index.ts';
import { quartersOfDay } from '../../insight/process/case-figures.ts';
import type { ProcessLine } from '../../insight/process/read-process.ts';
import { csvMark, toCsvLine } from '../../web/csv.ts';

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
    yield csvMark + toCsvLine(columns.map((name) => words.toText(`process_csv.${name}`)));
    for await (const line of lines) yield toCsvLine(toCells(line, words));
  }
  return Readable.from(write());
}
