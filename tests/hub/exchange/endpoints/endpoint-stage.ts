import { createApiKey } from '../../../../hub/access/keys/api-keys.ts';
import { signalChannels } from '../../../../hub/store/signals/signal-channels.ts';
import type { Agency, WebhookEndpoint } from '../../../../schemas/index.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../../../boards/webhook-receiver/index.ts';
import { openSender, type Sender, senderAgency } from '../../../support/sender.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';

export const toSecret = (word: string) => `whsec_${Buffer.from(word.padEnd(32, '.')).toString('base64')}`;
process.env.ENDPOINT_SECRET = toSecret('old');
process.env.ENDPOINT_NEXT_SECRET = toSecret('new');

export const toEndpoint = (
  name: string,
  { url }: { url: string },
  settings: Record<string, unknown> = {},
): WebhookEndpoint => ({
  name,
  networks: ['127.0.0.0/8'],
  timeout: 0.5,
  breaker: { failures: 3, pause: 0.1, longestPause: 0.2 },
  settings: { url, secrets: ['env:ENDPOINT_SECRET'], ...settings },
});

/** A hub, an agency with endpoints, and one whose program files complaints. */
export interface EndpointStage {
  hub: TestHub;
  sender: Sender;
  query(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  /** Pauses between tries grow: a test need not wait for them. */
  hurry(): Promise<unknown>;
  /** Puts another configuration of the agency in force. */
  configure(agency: Agency): Promise<void>;
  /** Waits until nothing waits for this endpoint. */
  told(endpoint: string): Promise<void>;
  call(agency: string): Promise<(path: string, init?: RequestInit) => Promise<Response>>;
}

export async function openStage(agencies: Agency[], target: string): Promise<EndpointStage> {
  const hub = await startTestHub([...agencies, senderAgency], { rules: [], default: target });
  const query = async (text: string, values: unknown[] = []) =>
    (await hub.store.pool.query<Record<string, unknown>>(text, values)).rows;
  const hurry = () => query("update endpoint_deliveries set next_at = now() where state = 'waiting'");
  return {
    hub,
    sender: await openSender(hub),
    query,
    hurry,
    async configure(agency) {
      await query(
        `insert into configurations (kind, name, version, body, author)
         select 'agency', $1, max(version) + 1, $2, 'test' from configurations where name = $1`,
        [agency.code, JSON.stringify(agency)],
      );
      await query(`select pg_notify('${signalChannels.configuration}', '')`);
    },
    told: async (endpoint) =>
      void (await waitFor(
        `${endpoint} told of everything`,
        async () => {
          await hurry();

          const rows = await query(
            "select 1 from endpoint_deliveries where endpoint = $1 and state = 'waiting'",
            [endpoint],
          );
          return rows.length === 0;
        },
        20_000,
      )),
    async call(agency) {
      const { key } = await createApiKey(hub.store, agency);
      return (path, init = {}) =>
        fetch(new URL(path, hub.url), {
          ...init,
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        });
    },
  };
}

export const startReceiver = (file?: string, port?: number): Promise<WebhookReceiver> =>
  startWebhookReceiver({ secrets: [toSecret('old')], ...(file && { file }), ...(port && { port }) });

export const sequencesOf = (receiver: WebhookReceiver, receiptNumber: string): number[] =>
  receiver
    .events()
    .filter(({ subject }) => subject === receiptNumber)
    .map(({ sequence }) => sequence);
