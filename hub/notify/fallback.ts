import { type Reason, toReason } from '../../schemas/reason.ts';
import { newId } from '../store/new-id.ts';
import type { PlannedNotice } from '../store/states/notice-state.ts';
import { afterQuietHours } from './plan.ts';

/** A notice that did not arrive, with the other ways to reach the same person. */
type Lost = Pick<
  PlannedNotice,
  | 'complaint_id'
  | 'seq'
  | 'about'
  | 'template'
  | 'audience'
  | 'agency'
  | 'recipient'
  | 'language'
  | 'fallbacks'
>;

/**
 * Plans the same notice by the person's next known channel. Undefined: there is none. The table's unique key holds one
 * row per channel, so nobody is told twice on one channel for the same loss.
 */
export function planFallback(lost: Lost, now: Date): PlannedNotice | undefined {
  const [next, ...fallbacks] = lost.fallbacks;
  if (!next) return undefined;
  // Reminders have number 0. They can wait until the morning, whatever channel they take.
  const waits = lost.seq === 0 && next.channel === 'sms';
  return {
    id: newId(),
    complaint_id: lost.complaint_id,
    seq: lost.seq,
    about: lost.about,
    template: lost.template,
    audience: lost.audience,
    agency: lost.agency,
    recipient: lost.recipient,
    language: lost.language,
    ...next,
    fallbacks,
    state: 'due',
    next_at: waits ? afterQuietHours(now) : now,
    last_error: null,
  };
}

/** The reason of a notice that was lost, with the channel on which the person is told instead. */
export const toToldOtherwise = (detail: Reason, { channel }: Pick<PlannedNotice, 'channel'>): Reason =>
  toReason('told_otherwise', { detail, channel: toReason(`by_${channel}`) });
