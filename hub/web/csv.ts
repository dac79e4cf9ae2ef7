/** What a spreadsheet would take for a formula (OWASP, CSV injection): also the wide signs, which some read as narrow. */
const beginsFormula = /^[\s]*[=+\-@＝＋－＠]|^[\t\r]/;

/** A cell: quoted where it must be (RFC 4180), and shown as text where it looks like a formula. */
function toCell(value: string): string {
  const harmless = beginsFormula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** A CSV file as spreadsheets open it: UTF-8 with a byte order mark, lines that end with CRLF. */
export const toCsv = (rows: readonly (readonly string[])[]): string =>
  `\uFEFF${rows.map((row) => `${row.map(toCell).join(',')}\r\n`).join('')}`;
