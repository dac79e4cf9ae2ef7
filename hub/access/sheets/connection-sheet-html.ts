import type { ConnectionSheet, SheetSection } from './connection-sheet.ts';

const letters: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (letter) => letters[letter] ?? letter);

const style = `
body { font: 16px/1.6 'Pretendard GOV', 'Noto Sans KR', 'Malgun Gothic', sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #1e2124; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; border-bottom: 2px solid #256ef4; }
.en { color: #58616a; font-size: .875rem; font-weight: 400; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .4rem .5rem; border-bottom: 1px solid #cdd1d5; }
th { width: 13rem; font-weight: 600; } td { overflow-wrap: anywhere; } code, pre { font: 14px/1.5 'D2Coding', monospace; }
pre { background: #f4f5f6; padding: .75rem; white-space: pre-wrap; overflow-wrap: anywhere; }
.secret { font-weight: 700; } li { margin: .4rem 0; }
@media print { body { margin: 0; font-size: 11pt; } section { break-inside: avoid; } }
@media (max-width: 30rem) { th, td { display: block; width: auto; border: 0; padding: .1rem 0; } tr { display: block; padding: .4rem 0; border-bottom: 1px solid #cdd1d5; } }`;

/** The sheet as one file that needs nothing else, for the screen and for paper. */
export function toSheetHtml(sheet: ConnectionSheet): string {
  const notes = sheet.notes.map((note) => `<li>${escapeHtml(note.ko)}<br>${english(note.en)}</li>`);
  return `<!doctype html>
<html lang="ko"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(sheet.ko)}</title><style>${style}</style></head>
<body><h1>${escapeHtml(sheet.ko)}</h1><p>${english(sheet.en)}</p>
${sheet.sections.map(toSection).join('\n')}
<ul>${notes.join('\n')}</ul></body></html>
`;
}

function toSection({ ko, en, rows, code }: SheetSection): string {
  const lines = rows.map((row) => {
    const label = row.ko === row.en ? escapeHtml(row.ko) : `${escapeHtml(row.ko)} ${english(row.en)}`;
    return `<tr><th scope="row">${label}</th><td><code${row.isSecret ? ' class="secret"' : ''}>${escapeHtml(row.value)}</code></td></tr>`;
  });
  const table = lines.length > 0 ? `<table>${lines.join('\n')}</table>` : '';
  const command = code ? `<pre>${escapeHtml(code)}</pre>` : '';
  return `<section><h2>${escapeHtml(ko)} ${english(en)}</h2>${table}${command}</section>`;
}

const english = (text: string) => `<span class="en" lang="en">${escapeHtml(text)}</span>`;
