import type { StatutoryItem } from '../../../schemas/index.ts';

const head = ['사무명', '처리기간', '근거법령', '시행일', '구비서류', '수수료', '담당부서'];

/** The table as CSV (RFC 4180) for spreadsheets: UTF-8 with its mark, so that they read Korean. `readItemTable` reads it. */
export function writeItemTable(items: readonly StatutoryItem[]): string {
  const rows = items.map((item) => [
    item.name,
    'days' in item ? `${item.days}일` : `${item.hours}시간`,
    item.law,
    item.from,
    (item.documents ?? []).join('\n'),
    item.fee ?? '',
    item.department ?? '',
  ]);
  return `\uFEFF${[head, ...rows].map((row) => row.map(toCell).join(',')).join('\r\n')}\r\n`;
}

/** A spreadsheet would take a text that begins like a formula for one. */
function toCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
