import type { Reason } from '../../../../schemas/index.ts';

/** The signs that a reason says a board cannot write. Empty: it is about something else. */
export function listUnwritable(reason: Reason | null): string[] {
  if (!reason) return [];
  const { code, params = {} } = reason;
  if (code === 'unencodable_one') return typeof params.character === 'string' ? [params.character] : [];
  if (code === 'not_in_xml') return toSign(params.sign);
  const inner = Object.values(params).flatMap((param) =>
    [param].flat().flatMap((one) => (typeof one === 'object' ? listUnwritable(one) : [])),
  );
  return [...new Set(inner)];
}

/** U+0007: the sign itself. */
function toSign(sign: unknown): string[] {
  const [, hex] = /^U\+([0-9A-F]{4,6})$/.exec(String(sign)) ?? [];
  const point = Number.parseInt(hex ?? '', 16);
  return point <= 0x10ffff ? [String.fromCodePoint(point)] : [];
}

/** How a form names a sign: what is not seen has no other name. */
export const toCodePoint = (sign: string): string =>
  `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
