import { randomUUID } from 'node:crypto';
import { eventTypes, ReasonError, reasonOf, toReason } from '../../schemas/index.ts';
import type {
  AdapterContext,
  AdapterKind,
  BoardAdapter,
  Change,
  CheckReport,
  Normalised,
  Outcome,
} from '../contract.ts';
import { toAuthorityPaths } from '../kit/http/certificate-authority.ts';
import { hostOf } from '../kit/http/guarded-connect.ts';
import { HttpError } from '../kit/http/http-errors.ts';
import { toPlace } from '../kit/http/shown-address.ts';
import { toOutcome } from '../kit/outcome/call-error.ts';
import { toReport } from '../kit/reading/check-reading.ts';
import { createWebhookClient, type WebhookClient } from './client.ts';
import { checkWebhookSettings, WebhookSettings } from './config.ts';
import { type Sender, toCloudEvent, toMessage, toPing, toReceiverRef, toSender } from './mapping.ts';

/** Partners that want events pushed to their own program, as CloudEvents signed by Standard Webhooks. */
export const webhookAdapter: AdapterKind = {
  name: 'webhook',
  offers: ['push'],
  readByProgram: true,
  settings: WebhookSettings,
  checkSettings: checkWebhookSettings,
  needs: (settings) => {
    const { url, ca } = settings as WebhookSettings;
    return { hosts: [hostOf(url)], paths: toAuthorityPaths(ca) };
  },
  writesTo: (settings) => ({ posts: [toPlace((settings as WebhookSettings).url)] }),
  abilities: (settings) => ({
    carries: listCarried(settings as WebhookSettings),
    pull: false,
    changes: false,
    fingerprints: false,
  }),
  create: (settings, context) => createWebhookAdapter(settings as WebhookSettings, context),
};

const listCarried = ({ events }: WebhookSettings) => new Set(events ?? eventTypes);

interface WebhookParts {
  client: WebhookClient;
  sender: Sender;
}

function createWebhookAdapter(settings: WebhookSettings, context: AdapterContext): BoardAdapter {
  const client = createWebhookClient(settings, context);
  const parts = { client, sender: toSender(context.agency, settings, context.hubUrl) };
  const carries = listCarried(settings);
  return {
    normalise: async () => notRead,
    carries,
    repeatsAreHarmless: true,
    push: async (change, { key, signal }) =>
      carries.has(change.event.type)
        ? push(parts, change, key, signal)
        : { kind: 'refused', reason: toReason('webhook_carries_not', { event: change.event.type }) },
    draft: async (change, key) => {
      const { type } = change.event;
      if (!carries.has(type)) throw new ReasonError(toReason('webhook_carries_not', { event: type }));
      return client.draft(toMessage(parts.sender, toCloudEvent(parts.sender, change, key)));
    },
    ping: (mark, signal) => ping(parts, mark, signal),
    check: (signal) => check(parts, settings.url, signal),
    close: client.close,
  };
}

/** The agency sends its own statements through the doors. */
const notRead: Normalised = {
  ok: false,
  problems: [{ pointer: '', reason: toReason('webhook_not_read') }],
};

async function push(
  { client, sender }: WebhookParts,
  change: Change,
  key: string,
  signal: AbortSignal,
): Promise<Outcome> {
  try {
    const { status, told } = await client.send(toMessage(sender, toCloudEvent(sender, change, key)), signal);
    return { kind: 'done', ref: toReceiverRef(told, change), status };
  } catch (error) {
    return withStatus(error);
  }
}

async function ping({ client, sender }: WebhookParts, mark: string, signal: AbortSignal): Promise<Outcome> {
  try {
    const message = toMessage(sender, toPing(sender, mark, new Date()));
    const { status } = await client.send(message, signal);
    return { kind: 'done', ref: { externalId: message.id }, status };
  } catch (error) {
    return withStatus(error);
  }
}

function withStatus(error: unknown): Outcome {
  const outcome = toOutcome(error);
  return error instanceof HttpError && error.status !== undefined
    ? { ...outcome, status: error.status }
    : outcome;
}

async function check(
  { client, sender }: WebhookParts,
  url: string,
  signal: AbortSignal,
): Promise<CheckReport> {
  const isEncrypted = new URL(url).protocol === 'https:';
  const encryption = {
    what: toReason('checked_encryption'),
    ok: true,
    detail: toReason(isEncrypted ? 'encrypted' : 'not_encrypted'),
  };
  const what = toReason('checked_ping');
  try {
    await client.send(toMessage(sender, toPing(sender, randomUUID(), new Date())), signal);
    return toReport([encryption, { what, ok: true, detail: toReason('ping_taken') }]);
  } catch (error) {
    return toReport([encryption, { what, ok: false, detail: reasonOf(error) }]);
  }
}
