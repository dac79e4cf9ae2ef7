import { SaxesParser } from 'saxes';

/** Where a line of text ends, and a cell of one, in what Word, Excel, PowerPoint, HWPX and OpenDocument call them. */
const lines: ReadonlySet<string> = new Set([
  'p',
  'row',
  'tr',
  'si',
  'h',
  'table-row',
  'br',
  'line-break',
  'lineBreak',
]);
const cells: ReadonlySet<string> = new Set(['c', 'tc', 'tab', 'table-cell', 'cell']);

/**
 * The text of an XML document. saxes knows no entities but the five of XML, so a DTD can bring nothing in. Throws where it is
 * not well formed.
 */
export function readMarkup(bytes: Uint8Array): string {
  const text: string[] = [];
  // A cell of a workbook that names a shared text holds a place in a list, and no number of anybody.
  let isPlace = false;
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (toLocal(name) === 'c') isPlace = attributes.t === 's';
  });
  parser.on('text', (some) => {
    if (!isPlace) text.push(some);
  });
  parser.on('cdata', (some) => void text.push(some));
  parser.on('closetag', ({ name }) => {
    const local = toLocal(name);
    if (local === 'c') isPlace = false;
    if (lines.has(local)) text.push('\n');
    else if (cells.has(local)) text.push('\t');
  });
  parser.write(toXmlText(bytes)).close();
  return text.join('');
}

const toLocal = (name: string): string => name.slice(name.indexOf(':') + 1);

/** XML is UTF-8 without a mark (XML 1.0, 4.3.3); office programs write nothing else but UTF-16 with one. */
function toXmlText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}
