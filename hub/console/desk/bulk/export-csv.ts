import type { Language, Officer } from '../../../../schemas/index.ts';
import type { TickedComplaint } from '../../../complaints/reading/list-ticked.ts';
import type { Directory } from '../../../configuration/directory.ts';
import { toCsv } from '../../../web/csv.ts';
import { createWording } from '../../../web/texts.ts';
import { webTexts } from '../../../web/web-texts.ts';
import { listWords } from '../../../words/vocabulary.ts';
import { deskTexts } from '../../complaints/desk-texts.ts';
import { bulkTexts } from './bulk-texts.ts';

const { toText, findText } = createWording({ ...listWords(), ...webTexts, ...deskTexts, ...bulkTexts });

const headers = [
  ...['complaint.number', 'complaint.origin_number', 'complaint.title', 'complaint.status', 'complaint.kind'],
  ...['complaint.origin', 'complaint.assignee', 'officer.department', 'officer.name', 'complaint.person'],
  ...['complaint.registered', 'complaint.due', 'csv.overdue'],
];

/** A list of complaints, as its reader may see it, as a file for a spreadsheet. Notes are never in it. */
export function exportCsv(
  directory: Directory,
  rows: readonly TickedComplaint[],
  language: Language,
): string {
  const word = (area: string, value: string) => findText(`${area}.${value}`, language) ?? value;
  const agency = (code: string) => {
    const name = directory.findAgency(code)?.name;
    return name?.[language] ?? name?.ko ?? word('agency', code);
  };
  return toCsv([
    headers.map((key) => toText(key, language)),
    ...rows.map((row) => [
      row.receiptNumber,
      row.originNumber ?? '',
      row.title,
      word('status', row.status),
      word('kind', row.kind),
      agency(row.origin),
      agency(row.assignee),
      ...toOfficerCells(row.officer),
      row.complainant,
      toKoreanTime(row.takenInAt),
      row.dueAt ? toKoreanTime(row.dueAt) : '',
      row.overdue ? toText('csv.yes', language) : '',
    ]),
  ]);
}

const toOfficerCells = (officer: Officer | null) => [officer?.department ?? '', officer?.name ?? ''];

/** 2026-11-30 09:05, Korean time: spreadsheets know it as a time. */
const toKoreanTime = (at: Date): string =>
  new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Seoul',
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(at);
