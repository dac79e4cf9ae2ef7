import { fileTypeFromBuffer } from 'file-type';
import { type Reason, toReason } from '../../schemas/reason.ts';
import { AttachmentError } from './attachment-error.ts';

/** The type of a file, by the ending of its name. */
interface FileType {
  mediaType: string;
  /** Media types that its first bytes may show. Empty: it has no signature, but must be text. */
  signatures: readonly string[];
}

const of = (mediaType: string, ...signatures: string[]): FileType => ({
  mediaType,
  signatures: [mediaType, ...signatures],
});
const text = (mediaType: string): FileType => ({ mediaType, signatures: [] });
const zip = 'application/zip';
/** Compound File Binary: the inside of HWP 5.0 and older Office documents ([MS-CFB]). */
const cfb = 'application/x-cfb';
const office = 'application/vnd.openxmlformats-officedocument';
const open = 'application/vnd.oasis.opendocument';

/** Documents, pictures and archives that people send to an office. There are no programs, and no pages with scripts. */
const fileTypes: Record<string, FileType> = {
  pdf: of('application/pdf'),
  hwp: of('application/x-hwp', cfb),
  hwpx: of('application/hwp+zip', zip),
  doc: of('application/msword', cfb),
  xls: of('application/vnd.ms-excel', cfb),
  ppt: of('application/vnd.ms-powerpoint', cfb),
  docx: of(`${office}.wordprocessingml.document`, zip),
  xlsx: of(`${office}.spreadsheetml.sheet`, zip),
  pptx: of(`${office}.presentationml.presentation`, zip),
  odt: of(`${open}.text`, zip),
  ods: of(`${open}.spreadsheet`, zip),
  odp: of(`${open}.presentation`, zip),
  jpg: of('image/jpeg'),
  jpeg: of('image/jpeg'),
  png: of('image/png', 'image/apng'),
  gif: of('image/gif'),
  bmp: of('image/bmp'),
  webp: of('image/webp'),
  tif: of('image/tiff'),
  tiff: of('image/tiff'),
  heic: of('image/heic', 'image/heif'),
  zip: of(zip),
  txt: text('text/plain'),
  csv: text('text/csv'),
};
export const knownExtensions = Object.keys(fileTypes);

/** The ending of a media type, with its point. Empty: the type is not in the table. */
export function extensionFor(mediaType: string | undefined): string {
  const known = Object.entries(fileTypes).find(([, type]) => type.mediaType === mediaType?.toLowerCase());
  return known ? `.${known[0]}` : '';
}

/** The media type that the ending of a name stands for. Undefined: it is not in the table. */
export const typeOfName = (name: string): string | undefined => fileTypes[extensionOf(name)]?.mediaType;

/** Bytes from the start that are enough for every signature of the table. */
export const sampleBytes = 4100;

const extensionOf = (name: string): string => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';

/** Why the name alone rules a file out. Undefined: it does not. */
export function findNameProblem(name: string, allowed: readonly string[]): Reason | undefined {
  const extension = extensionOf(name);
  if (allowed.includes(extension) && Object.hasOwn(fileTypes, extension)) return undefined;
  const types = allowed.join(', ');
  return extension
    ? toReason('file_type', { type: extension, types })
    : toReason('file_without_ending', { types });
}

/**
 * The media type of a file by the ending of its name, if its first bytes agree with it. The sender's own type is never
 * believed. `sample`: its first {@link sampleBytes}, or all of it. Errors: AttachmentError `type`.
 */
export async function getMediaType(
  name: string,
  sample: Uint8Array,
  allowed: readonly string[],
): Promise<string> {
  const problem = findNameProblem(name, allowed);
  const type = fileTypes[extensionOf(name)];
  if (problem || !type) throw new AttachmentError('type', problem ?? toReason('type_not_taken'));
  const found = await sniff(sample);
  const agrees =
    type.signatures.length === 0 ? !found && isText(sample) : type.signatures.includes(found ?? '');
  if (agrees) return type.mediaType;
  throw new AttachmentError(
    'type',
    toReason('file_disguised', {
      type: extensionOf(name),
      found: found ?? toReason('file_of_no_known_type'),
    }),
  );
}

async function sniff(sample: Uint8Array): Promise<string | undefined> {
  const found = await fileTypeFromBuffer(sample);
  if (found) return found.mime;
  // An archive with entries beyond the sample is still an archive (APPNOTE 4.3.7, local file header).
  return Buffer.from(sample.subarray(0, 4)).toString('hex') === '504b0304' ? zip : undefined;
}

/** In any charset, text has no NUL. Only UTF-16 has, and its mark says so. */
function isText(sample: Uint8Array): boolean {
  const mark = Buffer.from(sample.subarray(0, 2)).toString('hex');
  return mark === 'fffe' || mark === 'feff' || !sample.includes(0);
}
