import { byOfficers, type MaskCounts, maskValue } from '../../../../schemas/index.ts';
import type { SentAct } from '../../../complaints/held/held-act.ts';
import { maskPost } from '../../../exchange/intake/mask-incoming.ts';

/**
 * The act as it may be stored: without numbers that may not be kept (Personal Information Protection Act, article 24-2).
 * What was masked is told when it goes out, as of anything that comes in.
 */
export function maskAct(act: Omit<SentAct, 'masked'>): SentAct {
  const masked: MaskCounts = {};
  const post = maskPost(act.post, masked);
  return { ...act, post, fields: maskValue(act.fields, byOfficers), masked };
}
