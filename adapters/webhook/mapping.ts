import {
  type PushedChange,
  ReasonError,
  toAgencyEvent,
  toReason,
  type WebhookEvent,
  type WebhookPing,
} from '../../schemas/index.ts';
import type { BoardRef, Change } from '../contract.ts';
import { toId } from '../kit/reading/board-ref.ts';
import type { WebhookSettings } from './config.ts';

/** What goes over the wire, before it is signed. */
export interface WebhookMessage {
  id: string;
  headers: Record<string, string>;
  body: string;
}

/** What every event of one agency's webhook has in common. */
export interface Sender {
  agency: string;
  source: string;
  typePrefix: string;
  mode: 'structured' | 'binary';
}

export function toSender(agency: string, settings: WebhookSettings): Sender {
  const { source = '/minwon-hub', typePrefix = 'minwon', mode = 'structured' } = settings;
  return { agency, source, typePrefix, mode };
}

/** Digits of the greatest event number that PostgreSQL's integer holds. */
const digits = 10;

/** The same id each time that the key is: receivers that serve several agencies need the agency in it. */
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
    type: `${typePrefix}.complaint.${event.type}.v1`,
    time: event.at,
    datacontenttype: 'application/json',
    subject: complaint.receiptNumber,
    sequence: String(event.seq).padStart(digits, '0'),
    data: toData(change),
  };
}

/** As the exchange feed of the doors gives it out. */
function toData({ event, complaint, role, ref }: Change): PushedChange {
  const { receiptNumber } = complaint;
  // A receiver that named no id of its own is known by our number: nothing to tell it.
  const externalId = ref?.externalId === receiptNumber ? undefined : ref?.externalId;
  return { receiptNumber, role, ...(externalId && { externalId }), event: toAgencyEvent(event), complaint };
}

/** Tells nothing: to be answered with 2xx like any type that the receiver does not know. */
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

/** The event in the body as a whole, or its attributes as headers (HTTP protocol binding, 3.2 and 3.1). */
export function toMessage({ mode }: Sender, event: WebhookEvent | WebhookPing): WebhookMessage {
  const { id } = event;
  if (mode === 'structured') {
    const headers = { 'content-type': 'application/cloudevents+json; charset=utf-8' };
    return { id, headers, body: JSON.stringify(event) };
  }
  const { data, datacontenttype, ...attributes } = event;
  // All of them are printable ASCII, which needs no escape (3.1.3.2).
  const headers = Object.entries(attributes).map(([name, value]) => [`ce-${name}`, value]);
  return {
    id,
    headers: { ...Object.fromEntries(headers), 'content-type': datacontenttype },
    body: JSON.stringify(data),
  };
}

/** What the receiver calls the complaint: the id in its reply, else what it is known by already, else our number. */
export function toReceiverRef(reply: unknown, { ref, complaint }: Change): BoardRef {
  const given = (reply as { externalId?: unknown } | undefined)?.externalId;
  const named = toId(given);
  if (named === undefined && typeof given === 'string' && given !== '')
    throw new ReasonError(toReason('webhook_external_id'));
  return { externalId: named ?? ref?.externalId ?? complaint.receiptNumber };
}
