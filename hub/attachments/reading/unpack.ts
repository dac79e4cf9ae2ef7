import { Unzip, UnzipInflate } from 'fflate';
import { ReadingError } from './reading-error.ts';

/** Bounds of one archive: what is packed small can be endless (zip bombs). */
export interface UnpackLimits {
  /** Entries, wanted or not. */
  entries: number;
  /** Bytes of all wanted entries, unpacked. */
  bytes: number;
}

export interface Entry {
  name: string;
  bytes: Uint8Array;
}

/** Packed bytes that are unpacked at once: at the most, a thousand times as many come out. */
const step = 8 * 1024;
/** The end of the central directory stands in the last bytes, behind a comment (APPNOTE 4.3.16). */
const endSearched = 66_000;

/** The entries of a ZIP archive that are wanted. Errors: ReadingError. */
export function unpack(
  archive: Uint8Array,
  wanted: (name: string) => boolean,
  limits: UnpackLimits,
): Entry[] {
  if (!hasEnd(archive)) throw new ReadingError('broken', 'the archive has no end');
  const entries: (Entry & { parts: Uint8Array[]; isWhole: boolean })[] = [];
  let seen = 0;
  let total = 0;
  const unzip = new Unzip((file) => {
    seen += 1;
    if (seen > limits.entries) throw new ReadingError('too_large', 'more entries than are read');
    if (file.name.endsWith('/') || !wanted(file.name)) return;
    const entry = { name: file.name, bytes: new Uint8Array(), parts: [] as Uint8Array[], isWhole: false };
    entries.push(entry);
    file.ondata = (error, chunk, isLast) => {
      if (error) throw error;
      total += chunk.length;
      if (total > limits.bytes) throw new ReadingError('too_large', 'more bytes than are read');
      entry.parts.push(chunk);
      entry.isWhole ||= isLast;
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  for (let at = 0; at < archive.length; at += step)
    unzip.push(archive.subarray(at, at + step), at + step >= archive.length);
  if (entries.some(({ isWhole }) => !isWhole)) throw new ReadingError('broken', 'an entry is cut');
  return entries.map(({ name, parts }) => ({ name, bytes: Buffer.concat(parts) }));
}

const hasEnd = (archive: Uint8Array): boolean =>
  Buffer.from(archive.subarray(-endSearched)).includes(Buffer.from('PK\x05\x06', 'latin1'));
