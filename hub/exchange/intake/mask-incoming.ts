import { isMasked, type MaskCounts, maskValue } from '../../../schemas/index.ts';
import type { Incoming } from './incoming.ts';

/** What names or finds something, and is no text of a person. */
const names: ReadonlySet<string> = new Set(['id', 'receiptNumber', 'sha256', 'url', 'phone', 'email']);

/**
 * The same thing without numbers that may not be kept: they are masked before anything is stored, in the canonical form and
 * in the thing as it came in (Personal Information Protection Act, article 24-2). What a board shows later is compared
 * without them (schemas/text-digest.ts).
 */
export function maskIncoming(incoming: Incoming): Incoming {
  const counts: MaskCounts = {};
  const normalised = maskValue(incoming.normalised, counts, names);
  const inRaw: MaskCounts = {};
  const raw = maskValue(incoming.raw, inRaw);
  if (!isMasked(counts) && !isMasked(inRaw)) return incoming;
  return { ...incoming, raw, normalised, masked: isMasked(counts) ? counts : inRaw };
}
