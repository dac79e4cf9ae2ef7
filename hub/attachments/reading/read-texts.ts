import { readMarkup } from './read-markup.ts';
import { ReadingError } from './reading-error.ts';
import { unpack } from './unpack.ts';

/** Texts of a file, in parts that are judged each by itself, and whether some of it could not be read. */
export interface Texts {
  texts: string[];
  isPart: boolean;
}

type Reader = (bytes: Uint8Array) => Promise<Texts> | Texts;

const office = 'application/vnd.openxmlformats-officedocument';
const open = 'application/vnd.oasis.opendocument';
const megabyte = 1024 * 1024;
const limits = { entries: 5000, bytes: 64 * megabyte };

/** Parts of a document that hold looks and no words. */
const looks =
  /(?:^|\/)(?:theme|_rels)\/|(?:^|\/)(?:word|xl)\/(?:styles|settings|fontTable|webSettings|calcChain)|Contents\/header\.xml$/;
const isWords = (name: string): boolean => name.endsWith('.xml') && !looks.test(name);

const whole = (texts: string[]): Texts => ({ texts, isPart: false });
const readDocument: Reader = (bytes) =>
  whole(unpack(bytes, isWords, limits).map((entry) => readMarkup(entry.bytes)));

const readers: Record<string, Reader> = {
  // Large packages are loaded by the reader that needs them: it is a new process for each file.
  'application/pdf': async (bytes) => whole(await (await import('./read-pdf.ts')).readPdf(bytes)),
  'application/hwp+zip': readDocument,
  [`${office}.wordprocessingml.document`]: readDocument,
  [`${office}.spreadsheetml.sheet`]: readDocument,
  [`${office}.presentationml.presentation`]: readDocument,
  [`${open}.text`]: readDocument,
  [`${open}.spreadsheet`]: readDocument,
  [`${open}.presentation`]: readDocument,
  'text/plain': (bytes) => whole([decode(bytes)]),
  'text/csv': (bytes) => whole([decode(bytes)]),
};
const archive = 'application/zip';

/** Whether there is a reader for files of this type. */
export const isReadable = (mediaType: string): boolean => mediaType === archive || mediaType in readers;

/** The texts of a file. Errors: ReadingError, and whatever a reader throws for a broken one. */
export async function readTexts(bytes: Uint8Array, mediaType: string): Promise<Texts> {
  if (mediaType === archive) return readArchive(bytes);
  const read = readers[mediaType];
  if (!read) throw new ReadingError('no_reader', 'nothing reads this type');
  return read(bytes);
}

/** The files of an archive, each by the ending of its name. An archive within an archive is not opened. */
async function readArchive(bytes: Uint8Array): Promise<Texts> {
  const { typeOfName } = await import('../file-types.ts');
  const texts: string[] = [];
  let isPart = false;
  for (const entry of unpack(bytes, () => true, limits)) {
    const read = readers[typeOfName(entry.name) ?? ''];
    try {
      const found = await read?.(entry.bytes);
      if (found) texts.push(...found.texts);
      else isPart = true;
    } catch {
      // The others are read all the same, and it is told that not all could be.
      isPart = true;
    }
  }
  return { texts, isPart };
}

/** UTF-8 or UTF-16 with a mark, else UTF-8 if it is right as such, else what Korean Windows writes (WHATWG: EUC-KR is CP949). */
function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('euc-kr').decode(bytes);
  }
}
