import type { TransferDecoder } from './transfer-decoder.ts';

/**
 * Files that stand inside a text (uuencode, POSIX.1-2017). A line `begin 644 name` opens, a line `end` closes, and
 * between them the first sign of each line says how many bytes it holds. Old gateways and some Korean programs still send them.
 */
const begin = /^begin(?:-[a-z0-9]{1,10})? [0-7]{3,4} (.{1,255})$/;

/** The text without such files, and their names in order. One without an end is text. */
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

/** The line that ends the file that begins here; undefined: none begins here. */
function findEnd(lines: string[], at: number): number | undefined {
  if (!begin.test(lines[at] ?? '')) return undefined;
  for (let next = at + 1; next < lines.length; next++) {
    if (/^end\s*$/.test(lines[next] ?? '')) return next > at + 1 ? next : undefined;
    if (decodeLine(lines[next] ?? '') === undefined) return undefined;
  }
  return undefined;
}

/** Undefined: no line of such a file. Blanks at its end may have got lost, a check sign may stand there. */
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

/** The bytes of one such file of a text, the first being 0, as the text comes in pieces. */
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
