import type { Normalised } from '../../../adapters/contract.ts';
import {
  byOfficers,
  type FoundNumber,
  isMasked,
  type MaskCounts,
  maskValue,
  type Post,
} from '../../../schemas/index.ts';
import type { Incoming } from './incoming.ts';

/** What names or finds something, and is no text of a person. */
const kept: ReadonlySet<string> = new Set(['id', 'receiptNumber', 'sha256', 'url', 'phone', 'email']);

/** The fields of a post that complainants write. */
const ofComplainants: ReadonlySet<string> = new Set<keyof Post>(['content', 'followUps']);

/** The fields of a post that officers write. */
const ofOfficers: ReadonlySet<string> = new Set<keyof Post>(['answers', 'steps', 'transfer']);

/**
 * The same thing without numbers that may not be kept: they are masked before anything is stored, in the canonical form and
 * in the thing as it came in (Personal Information Protection Act, article 24-2). What a board shows later is compared
 * without them (schemas/text-digest.ts).
 */
export function maskIncoming(incoming: Incoming): Incoming {
  const counts: MaskCounts = {};
  const numbers: FoundNumber[] = [];
  const normalised = maskNormalised(incoming.normalised, counts, numbers);
  const inRaw: MaskCounts = {};
  const raw = maskValue(incoming.raw, { counts: inRaw });
  if (!isMasked(counts) && !isMasked(inRaw)) return incoming;
  const masked = isMasked(counts) ? counts : inRaw;
  return { ...incoming, raw, normalised, masked, ...(numbers.length > 0 && { numbers }) };
}

function maskNormalised(normalised: Normalised, counts: MaskCounts, numbers: FoundNumber[]): Normalised {
  if (!normalised.ok) return maskValue(normalised, { counts, kept });
  const { post, ...rest } = normalised;
  return { ...maskValue(rest, { counts, kept }), post: maskPost(post, counts, numbers) };
}

/** The post without them; `counts` is added to, and `numbers` gets those that complainants wrote. */
export function maskPost(post: Post, counts: MaskCounts, numbers?: FoundNumber[]): Post {
  const masked = Object.entries(post).map(([key, value]) => [
    key,
    maskValue(value, {
      counts,
      kept,
      found: ofComplainants.has(key) ? numbers : undefined,
      ...(ofOfficers.has(key) && byOfficers),
    }),
  ]);
  const { receiptNumber } = post;
  return { ...Object.fromEntries(masked), ...(receiptNumber !== undefined && { receiptNumber }) } as Post;
}
