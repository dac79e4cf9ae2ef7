import {
  type PushedChange,
  ReasonError,
  toAgencyEvent,
  toEventName,
  toReason,
  usualTypePrefix,
  type WebhookEvent,
  type WebhookPing,
} from '../../schemas/index.ts';
import type { BoardRef, Change } from '../contract.ts';
import { toId } from '../kit/reading/board-ref.ts';
import type { WebhookSettings } from './config.ts';

/** A message before it is signed. */
export interface WebhookMessage {
  id: string;
  headers: Record<string, string>;
  body: string;
}

/** What all events of one agency's webhook share. */
export interface Sender {
  agency: string;
  source: string;
  typePrefix: string;
  mode: 'structured' | 'binary';
}

/**
 * `hubUrl` names the hub for all receivers in the world (CloudEvents 1.0, "source": an absolute URI is recommended, and
 * source with id is unique).
 */
export function toSender(agency: string, settings: WebhookSettings, hubUrl = '/minwon-hub'): Sender {
  const { source = hubUrl, typePrefix = usualTypePrefix, mode = 'structured' } = settings;
  return { agency, source, typePrefix, mode };
}

/** The digits of the largest event number, which PostgreSQL's integer limits. */
const digits = 10;

/** The id is the same whenever the key is. It includes the agency, because a receiver may serve several agencies. */
export function toCloudEvent(
  { agency, source, typePrefix }: Sender,
  change: Change,
  key: string,
): WebhookEvent {
  const { event, complaint } = change;
  return {
    specversion: '1.0',
    id: `${agency}/${key}`,
    source,
    type: toEventName(event.type, typePrefix),
    time: event.at,
    datacontenttype: 'application/json',
    subject: complaint.receiptNumber,
    sequence: String(event.seq).padStart(digits, '0'),
    data: toData(change),
  };
}

/** The same data as in the exchange feed of the doors. */
function toData({ event, complaint, role, ref }: Change): PushedChange {
  const { receiptNumber } = complaint;
  // A receiver that gave no id of its own is known by our receipt number. There is no need to send that back.
  const externalId = ref?.externalId === receiptNumber ? undefined : ref?.externalId;
  return { receiptNumber, role, ...(externalId && { externalId }), event: toAgencyEvent(event), complaint };
}

/** Carries no content. A receiver answers with 2xx, as for any type that it does not know. */
export function toPing({ agency, source, typePrefix }: Sender, mark: string, at: Date): WebhookPing {
  return {
    specversion: '1.0',
    id: `${agency}/ping/${mark}`,
    source,
    type: `${typePrefix}.ping.v1`,
    time: at.toISOString(),
    datacontenttype: 'application/json',
    data: { agency },
  };
}

/** Puts the whole event into the body, or its attributes into headers (HTTP protocol binding, 3.2 and 3.1). */
export function toMessage({ mode }: Sender, event: WebhookEvent | WebhookPing): WebhookMessage {
  const { id } = event;
  if (mode === 'structured') {
    const headers = { 'content-type': 'application/cloudevents+json; charset=utf-8' };
    return { id, headers, body: JSON.stringify(event) };
  }
  const { data, datacontenttype, ...attributes } = event;
  // All values are printable ASCII, which needs no escape (3.1.3.2).
  const headers = Object.entries(attributes).map(([name, value]) => [`ce-${name}`, value]);
  return {
    id,
    headers: { ...Object.fromEntries(headers), 'content-type': datacontenttype },
    body: JSON.stringify(data),
  };
}

/** The receiver's id of the complaint: the id in its reply, else the id known so far, else our receipt number. */
export function toReceiverRef(reply: unknown, { ref, complaint }: Change): BoardRef {
  const given = (reply as { externalId?: unknown } | undefined)?.externalId;
  const named = toId(given);
  if (named === undefined && typeof given === 'string' && given !== '')
    throw new ReasonError(toReason('webhook_external_id'));
  return { externalId: named ?? ref?.externalId ?? complaint.receiptNumber };
}
