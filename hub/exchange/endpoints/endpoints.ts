import { createHash } from 'node:crypto';
import type { AdapterContext, BoardAdapter } from '../../../adapters/contract.ts';
import { createAdapter } from '../../../adapters/registry.ts';
import type { Agency, BoardConnection } from '../../../schemas/index.ts';
import { isWebhookReference, toWebhookSecret } from '../../access/keys/webhook-secret.ts';
import type { Directory } from '../../configuration/directory.ts';
import { toConnection } from '../../configuration/to-connection.ts';
import { createOpenAdapters } from '../boards/open-adapters.ts';

/** An endpoint as it is configured now. */
export interface Endpoint {
  agency: Agency;
  name: string;
  connection: BoardConnection;
  adapter: BoardAdapter;
  /** Tells one configuration from another. */
  settings: string;
}

export interface Endpoints {
  /** `subject`: agency and name, as a topic has them. Undefined: there is no such endpoint. */
  find(subject: string): Endpoint | undefined;
  /** The subjects of all endpoints, and what tells one configuration from another. */
  list(): { subject: string; settings: string }[];
  close(): Promise<void>;
}

export const toSubject = (agency: string, endpoint: string): string => `${agency}/${endpoint}`;

/** The most clients that stay open while nobody calls them. */
const mostOpen = 200;

export interface EndpointOptions {
  publicUrl?: string | undefined;
  /** The secrets that the hub made itself are derived from it (SIGNING_SECRET). Absent: there are none. */
  hubSecret?: string | undefined;
}

/** The endpoints of all agencies. A client is made at its first use, and anew when its configuration changes. */
export function createEndpoints(
  directory: Pick<Directory, 'findAgency' | 'listAgencies'>,
  secret: AdapterContext['secret'],
  { publicUrl, hubSecret }: EndpointOptions = {},
): Endpoints {
  const open = createOpenAdapters(mostOpen);
  const known = new Map<string, Endpoint>();
  const digests = new WeakMap<object, string>();

  function toDigest(configured: object): string {
    const noted = digests.get(configured);
    if (noted !== undefined) return noted;
    const digest = createHash('sha256').update(JSON.stringify(configured)).digest('hex').slice(0, 16);
    digests.set(configured, digest);
    return digest;
  }

  function find(subject: string): Endpoint | undefined {
    const [code = '', name = ''] = subject.split('/');
    const agency = directory.findAgency(code);
    const configured = agency?.webhooks?.find((one) => one.name === name);
    const settings = configured && toDigest(configured);
    const before = known.get(subject);
    if (before && agency && before.settings === settings) {
      before.agency = agency;
      return before;
    }
    // Calls under way keep the old client until they end.
    if (before) void before.adapter.close();
    known.delete(subject);
    if (!agency || !configured || !settings) return undefined;
    const connection = toConnection(configured);
    const context = {
      agency: code,
      timeZone: agency.timeZone ?? 'Asia/Seoul',
      ...(publicUrl && { hubUrl: publicUrl.replace(/\/+$/, '') }),
      secret: (reference: string) =>
        hubSecret !== undefined && isWebhookReference(reference)
          ? toWebhookSecret(hubSecret, { agency: code, endpoint: name, reference })
          : secret(reference),
    };
    const adapter = open.lend(() => createAdapter(connection, context));
    const endpoint = { agency, name, connection, adapter, settings };
    known.set(subject, endpoint);
    return endpoint;
  }

  return {
    find,
    list: () =>
      directory.listAgencies().flatMap(({ code, webhooks = [] }) =>
        webhooks.map((configured) => ({
          subject: toSubject(code, configured.name),
          settings: toDigest(configured),
        })),
      ),
    async close() {
      await open.close();
      known.clear();
    },
  };
}
