import type { ShapeChange, ShapeChangeKind } from './compare-shapes.ts';

/** Korean and English. */
export const changeWords: Record<ShapeChangeKind, readonly [ko: string, en: string]> = {
  gone: ['없어짐', 'gone'],
  type: ['형식이 바뀜', 'another type'],
  shorter: ['길이가 줄어듦', 'shorter'],
  charset: ['문자집합이 바뀜', 'another charset'],
  required: ['필수가 됨', 'required now'],
  unmapped: ['대응표에 없는 코드', 'codes that no table knows'],
  new: ['새로 생김', 'new'],
  longer: ['길이가 늘어남', 'longer'],
  optional: ['필수가 아니게 됨', 'optional now'],
};

/** More places of the configuration than this are counted. */
const mostUses = 4;

/** One line for a message: the place, what happened to it, and the places of the configuration that use it. */
export function toChangeText(change: ShapeChange): string {
  const [ko, en] = changeWords[change.kind];
  const { place, uses } = change;
  const more = uses.length > mostUses ? ` (+${uses.length - mostUses})` : '';
  return `${place}: ${ko} / ${en}${toValues(change)} → ${uses.slice(0, mostUses).map(toPointer).join(', ')}${more}`;
}

/** A pointer of the adapter as one of the agency's configuration. */
export const toPointer = (use: string): string => `/board/settings${use}`;

/** What it was and what it is, where that says more than the kind. */
export function toValues({ before, now }: Pick<ShapeChange, 'before' | 'now'>): string {
  if (before !== undefined && now !== undefined) return ` (${before} → ${now})`;
  return now === undefined ? '' : ` (${now})`;
}
