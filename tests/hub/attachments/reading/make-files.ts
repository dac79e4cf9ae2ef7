import { strToU8, zipSync } from 'fflate';
import iconv from 'iconv-lite';
import PdfDocument from 'pdfkit';
import { loadFonts } from '../../../../hub/paper/fonts.ts';

const office = 'application/vnd.openxmlformats-officedocument';
const toXml = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
const pack = (files: Record<string, string>) =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));

/** A line in two runs, as Word writes one of which a part was touched again. */
const inRuns = (line: string, tag: string) => {
  const at = Math.floor(line.length / 2);
  return [line.slice(0, at), line.slice(at)].map((part) => `<${tag}>${toXml(part)}</${tag}>`).join('');
};

/** WordprocessingML (ECMA-376, part 1, 17.3): text in runs of paragraphs. */
const makeDocx = (lines: readonly string[]) =>
  pack({
    '[Content_Types].xml': '<Types/>',
    'word/document.xml': `<w:document xmlns:w="w"><w:body>${lines
      .map((line) => `<w:p><w:r>${inRuns(line, 'w:t')}</w:r></w:p>`)
      .join('')}</w:body></w:document>`,
  });

/** SpreadsheetML (18.3, 18.4): cells name shared texts by their place. */
const makeXlsx = (lines: readonly string[]) =>
  pack({
    'xl/sharedStrings.xml': `<sst>${lines.map((line) => `<si><t>${toXml(line)}</t></si>`).join('')}</sst>`,
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${lines
      .map((_, n) => `<row r="${n + 1}"><c r="A${n + 1}" t="s"><v>${n}</v></c></row>`)
      .join('')}</sheetData></worksheet>`,
  });

/** OWPML (KS X 6101): text in runs of paragraphs of sections. */
const makeHwpx = (lines: readonly string[]) =>
  pack({
    mimetype: 'application/hwp+zip',
    'Contents/header.xml': '<hh:head xmlns:hh="h"/>',
    'Contents/section0.xml': `<hs:sec xmlns:hs="s" xmlns:hp="p">${lines
      .map((line) => `<hp:p><hp:run>${inRuns(line, 'hp:t')}</hp:run></hp:p>`)
      .join('')}</hs:sec>`,
    'Preview/PrvText.txt': lines.join('\n'),
  });

const makeOdt = (lines: readonly string[]) =>
  pack({
    'content.xml': `<office:document-content xmlns:office="o" xmlns:text="t">${lines
      .map((line) => `<text:p>${toXml(line)}</text:p>`)
      .join('')}</office:document-content>`,
  });

export async function makePdf(lines: readonly string[]): Promise<Uint8Array> {
  const document = new PdfDocument({ size: 'A4' });
  const parts: Buffer[] = [];
  document.on('data', (part: Buffer) => parts.push(part));
  const ended = new Promise((resolve) => document.on('end', resolve));
  document.font(loadFonts().text.content).fontSize(9);
  for (const line of lines) document.text(line);
  document.end();
  await ended;
  return Buffer.concat(parts);
}

/** As Korean Windows saves it. CP949 has no en dash, and a keyboard none either. */
const makeText = (lines: readonly string[]) => iconv.encode(lines.join('\r\n').replaceAll('–', '-'), 'cp949');

export interface FileKind {
  name: string;
  mediaType: string;
  make(lines: readonly string[]): Promise<Uint8Array> | Uint8Array;
}

/** A file of each kind that is read, with these lines in it. */
export const fileKinds: readonly FileKind[] = [
  { name: 'docx', mediaType: `${office}.wordprocessingml.document`, make: makeDocx },
  { name: 'xlsx', mediaType: `${office}.spreadsheetml.sheet`, make: makeXlsx },
  { name: 'hwpx', mediaType: 'application/hwp+zip', make: makeHwpx },
  { name: 'odt', mediaType: 'application/vnd.oasis.opendocument.text', make: makeOdt },
  { name: 'pdf', mediaType: 'application/pdf', make: makePdf },
  { name: 'txt', mediaType: 'text/plain', make: makeText },
  {
    name: 'zip',
    mediaType: 'application/zip',
    make: (lines) => zipSync({ 'a.docx': makeDocx(lines), 'b.hwpx': makeHwpx(lines) }),
  },
];
