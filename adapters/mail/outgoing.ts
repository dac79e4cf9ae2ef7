import type { ComplaintEvent, EventType } from '../../schemas/index.ts';
import { toReason } from '../../schemas/reason.ts';
import type { Change } from '../contract.ts';
import { Refusal } from '../kit/outcome/refusal.ts';
import { type Outgoing, toMail } from './client.ts';
import { type MailParts, toThreadKey } from './post.ts';
import { createUnsigned } from './reply-address.ts';
import { writeLetter } from './write-mail.ts';

type Parts = Pick<MailParts, 'settings' | 'timeZone'>;

/** The mail about a change. Throws Refusal. */
export function toOutgoing(
  { settings, timeZone }: Parts,
  carries: ReadonlySet<EventType>,
  change: Change,
  key: string,
): Omit<Outgoing, 'file'> {
  const { event, complaint, ref } = change;
  if (!carries.has(event.type)) throw new Refusal(toReason('mail_carries_not', { event: event.type }));
  if (event.type !== 'registered' && ref?.externalId !== complaint.receiptNumber)
    throw new Refusal(toReason('at', { place: `push.${event.type}`, detail: toReason('mail_not_held') }));
  const letter = writeLetter(change, { timeZone, showContact: settings.showContact ?? false });
  const threadKey = event.type === 'registered' ? key : toThreadKey(complaint.receiptNumber);
  return { key, letter, threadKey, receiptNumber: complaint.receiptNumber };
}

/** `files`: the names of the files that follow, each in a mail of its own. */
export async function draft(
  parts: Parts,
  carries: ReadonlySet<EventType>,
  change: Change,
  key: string,
): Promise<unknown> {
  const { complaint, event } = change;
  // A board of this kind is known by the receipt number alone, whatever a sample says.
  const held = { ...change, ...(change.ref && { ref: { externalId: complaint.receiptNumber } }) };
  const mail = toOutgoing(parts, carries, held, key);
  const files = listFiles(event).map(({ name }) => name);
  const { settings } = parts;
  return {
    ...toMail(settings, createUnsigned(settings.replyAddress), mail),
    ...(files.length > 0 && { files }),
  };
}

function listFiles(event: ComplaintEvent): readonly { name: string }[] {
  if (event.type === 'registered' || event.type === 'revised') return event.data.content.attachments ?? [];
  if (event.type === 'answered' || event.type === 'interim_answered')
    return event.data.answer.attachments ?? [];
  return event.type === 'followed_up' ? (event.data.followUp.attachments ?? []) : [];
}
