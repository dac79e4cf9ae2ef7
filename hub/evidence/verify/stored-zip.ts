import { toBytes } from './canonical.ts';

/**
 * A ZIP file that can be written in one way only: files stored as they are, without times, comments and extra fields, one
 * after the other (APPNOTE.TXT 6.3, 4.3). Any program opens it. Whoever reads it writes it again and compares the
 * bytes, so no bit of it can change unseen. Writers of libraries may lay a file out otherwise in their next version.
 */
export interface ZipEntry {
  path: string;
  content: Uint8Array;
}

const localMark = 0x04034b50;
const centralMark = 0x02014b50;
const endMark = 0x06054b50;
const localSize = 30;
const centralSize = 46;
const endSize = 22;
/** Version 2.0 of the format, bit 11: names are UTF-8, method 0: stored. */
const version = 20;
const utf8 = 0x0800;
/** 1980-01-01, the first day that a ZIP file knows. */
const firstDay = 0x0021;

const crcTable = Uint32Array.from({ length: 256 }, (_, start) => {
  let value = start;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (crcTable[(value ^ byte) & 0xff] as number) ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

/** Writes little-endian numbers of two and four bytes, one after the other. */
function writeNumbers(view: DataView, from: number, numbers: readonly (readonly [number, 2 | 4])[]): number {
  let at = from;
  for (const [value, size] of numbers) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return at;
}

export function writeZip(entries: readonly ZipEntry[]): Uint8Array<ArrayBuffer> {
  const parts = entries.map(({ path, content }) => ({ name: toBytes(path), content, crc: crc32(content) }));
  const size = parts.reduce(
    (sum, { name, content }) => sum + localSize + 2 * name.length + content.length + centralSize,
    endSize,
  );
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  let at = 0;
  const put = (content: Uint8Array) => {
    bytes.set(content, at);
    at += content.length;
  };
  const factsOf = ({ name, content, crc }: (typeof parts)[number]) =>
    [
      ...([
        [version, 2],
        [utf8, 2],
        [0, 2],
        [0, 2],
        [firstDay, 2],
        [crc, 4],
      ] as const),
      ...([
        [content.length, 4],
        [content.length, 4],
        [name.length, 2],
        [0, 2],
      ] as const),
    ] as const;
  const places = parts.map((part) => {
    const place = at;
    at = writeNumbers(view, at, [[localMark, 4], ...factsOf(part)]);
    put(part.name);
    put(part.content);
    return place;
  });
  const begin = at;
  parts.forEach((part, n) => {
    const rest = [
      [0, 2],
      [0, 2],
      [0, 2],
      [0, 4],
      [places[n] as number, 4],
    ] as const;
    at = writeNumbers(view, at, [[centralMark, 4], [version, 2], ...factsOf(part), ...rest]);
    put(part.name);
  });
  const count = parts.length;
  const end = [
    [endMark, 4],
    [0, 2],
    [0, 2],
    [count, 2],
    [count, 2],
    [at - begin, 4],
    [begin, 4],
    [0, 2],
  ] as const;
  writeNumbers(view, at, end);
  return bytes;
}

/**
 * The files of a ZIP file that {@link writeZip} wrote. `isWhole` is false if it is not as that would write it: then as many
 * files are given as can still be told apart.
 */
export function readZip(bytes: Uint8Array): { entries: ZipEntry[]; isWhole: boolean } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: ZipEntry[] = [];
  for (let at = 0; at + localSize <= bytes.length && view.getUint32(at, true) === localMark; ) {
    const nameLength = view.getUint16(at + 26, true);
    const begin = at + localSize + nameLength;
    const end = begin + view.getUint32(at + 18, true);
    if (end > bytes.length) break;
    const path = new TextDecoder().decode(bytes.subarray(at + localSize, begin));
    entries.push({ path, content: bytes.subarray(begin, end) });
    at = end;
  }
  return { entries, isWhole: isSame(writeZip(entries), bytes) };
}

const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, n) => byte === other[n]);
