import { type Reason, toReason } from '../../../schemas/reason.ts';
import type { ShapeChange, ShapeChangeKind } from './compare-shapes.ts';

/** What happened to a place, as a reason. */
export const toChangeReason = (kind: ShapeChangeKind): Reason => toReason(`shape_${kind}`);

/** Further places of the configuration are only counted. */
const mostUses = 4;

/** Words a change for a message: the place, what happened to it, and the places of the configuration that use it. */
export function toChangedReason(change: ShapeChange): Reason {
  const { place, uses } = change;
  return toReason('shape_changed', {
    place,
    change: toChangeReason(change.kind),
    values: toValues(change),
    uses: uses.slice(0, mostUses).map(toPointer).join(', '),
    more: uses.length > mostUses ? ` (+${uses.length - mostUses})` : '',
  });
}

/** Turns an adapter's pointer into one of the agency's configuration. */
export const toPointer = (use: string): string => `/board/settings${use}`;

/** The value before and now, if this says more than the kind. */
export function toValues({ before, now }: Pick<ShapeChange, 'before' | 'now'>): string {
  if (before !== undefined && now !== undefined) return ` (${before} → ${now})`;
  return now === undefined ? '' : ` (${now})`;
}
