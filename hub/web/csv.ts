/** What a spreadsheet would take for a formula (OWASP, CSV injection): also the wide signs, which some read as narrow. */
const beginsFormula = /^[\s]*[=+\-@＝＋－＠]|^[\t\r]/;

/** A number is what it is; undefined is an empty cell. */
type Cell = string | number | undefined;

/** A cell: quoted where it must be (RFC 4180), and shown as text where it looks like a formula. */
function toCell(value: Cell): string {
  if (typeof value !== 'string') return String(value ?? '');
  const harmless = beginsFormula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** A byte order mark, by which spreadsheets see that the file is UTF-8. */
export const csvMark = '\uFEFF';
export const toCsvLine = (cells: readonly Cell[]): string => `${cells.map(toCell).join(',')}\r\n`;

/** A CSV file as spreadsheets open it: UTF-8 with a byte order mark, lines that end with CRLF. */
export const toCsv = (rows: readonly (readonly string[])[]): string => csvMark + rows.map(toCsvLine).join('');
