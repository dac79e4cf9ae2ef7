import type { TransferDecoder } from './transfer-decoder.ts';

/**
 * Files embedded in a text (uuencode, POSIX.1-2017). They begin with a line `begin 644 name` and end with a line `end`.
 * The first character of each line between says how many bytes it holds. Old gateways and some Korean programs still
 * send them.
 */
const begin = /^begin(?:-[a-z0-9]{1,10})? [0-7]{3,4} (.{1,255})$/;

/** Returns the text without such files, and their names in order. A file without an end counts as text. */
export function splitUuencoded(text: string): { text: string; names: string[] } {
  const lines = text.split(/\r?\n/);
  const kept: string[] = [];
  const names: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    const end = findEnd(lines, at);
    if (end === undefined) {
      kept.push(lines[at] ?? '');
      continue;
    }
    names.push(begin.exec(lines[at] ?? '')?.[1]?.trim() ?? '');
    at = end;
  }
  return names.length === 0 ? { text, names } : { text: kept.join('\n'), names };
}

/** The last line of the file that begins here. Undefined: none begins here. */
function findEnd(lines: string[], at: number): number | undefined {
  if (!begin.test(lines[at] ?? '')) return undefined;
  for (let next = at + 1; next < lines.length; next++) {
    if (/^end\s*$/.test(lines[next] ?? '')) return next > at + 1 ? next : undefined;
    if (decodeLine(lines[next] ?? '') === undefined) return undefined;
  }
  return undefined;
}

/** Undefined: this is no line of such a file. It may have lost blanks at its end, or have an extra check character. */
function decodeLine(line: string): Buffer | undefined {
  if (line === '') return undefined;
  const length = (line.charCodeAt(0) - 32) & 63;
  const signs = line.slice(1, 1 + Math.ceil(length / 3) * 4);
  if (line.length > 1 + 84 + 2 || !/^[\x20-\x60]*$/.test(line)) return undefined;
  const bytes: number[] = [];
  for (let from = 0; from < Math.ceil(length / 3) * 4; from += 4) {
    const [a = 0, b = 0, c = 0, d = 0] = [0, 1, 2, 3].map((offset) => {
      const code = signs.charCodeAt(from + offset);
      return Number.isNaN(code) ? 0 : (code - 32) & 63;
    });
    bytes.push((a << 2) | (b >> 4), ((b & 15) << 4) | (c >> 2), ((c & 3) << 6) | d);
  }
  return Buffer.from(bytes.slice(0, length));
}

/** Decodes one such file, counted from 0, while the text comes in pieces. */
export function createUuDecoder(wanted: number): TransferDecoder {
  let waiting = '';
  let seen = -1;
  let isInside = false;
  const read = (line: string): Buffer => {
    if (!isInside) {
      if (begin.test(line)) {
        seen += 1;
        isInside = true;
      }
      return Buffer.alloc(0);
    }
    if (/^end\s*$/.test(line)) isInside = false;
    const bytes = isInside && seen === wanted ? decodeLine(line) : undefined;
    return bytes ?? Buffer.alloc(0);
  };
  return {
    decode(piece) {
      const lines = (waiting + piece.toString('latin1')).split('\n');
      waiting = lines.pop() ?? '';
      return Buffer.concat(lines.map((line) => read(line.replace(/\r$/, ''))));
    },
    end: () => read(waiting.replace(/\r$/, '')),
  };
}
