import type { ComplaintContent } from '../../../schemas/index.ts';
import type { Keys } from './keys.ts';
import { sealLeaves } from './sealed-leaves.ts';

/**
 * What stays readable to statements within a sealed document. Everything else of it is sealed: a member that is added later
 * is sealed too, until it is named here.
 */
export const clearMembers = {
  /** Of `complaints.content`. The classification is the agency's own word, and not the person's. */
  content: ['kind', 'filedAt', 'category', 'complainant.notifyBy', 'complainant.language'],
  /** Of `events.data`: whom an event concerns, and which step it is. */
  eventData: [
    ...['from', 'to', 'reason.rule', 'step.kind', 'step.id', 'step.at', 'step.as', 'step.item', 'step.until'],
    ...['step.ground', 'step.outcome', 'step.to'],
  ],
  /** Of a reason: its parameters can name an address, and its words are a board's own. */
  reason: ['code'],
  problems: ['*.pointer', '*.reason.code'],
  /** Of files that a form names; `id` is that of an upload. */
  files: ['*.id', '*.size', '*.mediaType'],
  /** Of one file that a complaint names. */
  declared: ['id', 'size', 'mediaType'],
  byHand: ['way', 'by', 'at'],
  samples: ['*.externalId'],
  /** Of a request of a person: which steps were taken, when and by whom. */
  requestRecord: ['*.act', '*.at', '*.by', '*.identity', '*.before'],
} as const satisfies Record<string, readonly string[]>;

/** Why a complaint was routed. Only what a person wrote is sealed: the words of a rule are the same for all. */
export const sealRouting = <R extends { rule: string; text: string }>(keys: Keys, routing: R): R =>
  routing.rule === 'person' ? { ...routing, text: keys.seal(routing.text) } : routing;

/** Reasons come with most rows, and have parameters or words in few. */
export const sealReason = <R extends object | null | undefined>(keys: Keys, reason: R): R =>
  reason && Object.keys(reason).length > 1 ? (sealLeaves(keys, reason, clearMembers.reason) as R) : reason;

/** The columns of a complaint that are made of its content: the content sealed, and the marks of its person. */
export function sealContent(keys: Keys, content: ComplaintContent) {
  const { phone, email } = content.complainant;
  return {
    content: sealLeaves(keys, content, clearMembers.content),
    phone_mark: phone === undefined ? null : keys.mark('phone', phone),
    email_mark: email === undefined ? null : keys.mark('email', email.toLowerCase()),
  };
}

const withRuleText = [...clearMembers.eventData, 'reason.text'];

/** What an event tells. The words of a rule that assigned a complaint stay, as in {@link sealRouting}. */
export function sealEventData(keys: Keys, data: object): unknown {
  const rule = (data as { reason?: { rule?: string } }).reason?.rule;
  return sealLeaves(
    keys,
    data,
    rule !== undefined && rule !== 'person' ? withRuleText : clearMembers.eventData,
  );
}
