import type { Logger } from 'pino';
import type { SignOn } from '../access/sign-on/sign-on.ts';
import { listUnserved } from '../configuration/catalogue/adapter-catalogue.ts';
import type { LiveDirectory } from '../configuration/live-directory.ts';
import { type Boards, isBehindAgent } from '../exchange/boards/boards.ts';
import { listUnregistered } from '../insight/limits/read-limits.ts';
import type { Provider } from '../notify/message.ts';
import type { Settings } from '../settings.ts';
import type { Store } from '../store/database.ts';
import type { Exclusive } from '../store/exclusive.ts';
import { createAlertCheck } from './check-alerts.ts';
import { createAlertSender } from './send-alerts.ts';
import { createWebhook } from './webhook.ts';

/** What the worker runs every few seconds. Both do nothing while another process does it. */
export interface Alerts {
  /** Looks for what is wrong, and plans the messages about it. Rejects if the store is out of reach. */
  check(): Promise<boolean>;
  /** Sends planned messages. Rejects if the store is out of reach. */
  send(stop: AbortSignal): Promise<boolean>;
}

export function createAlerts(parts: {
  store: Store;
  directory: Pick<LiveDirectory, 'findAgency' | 'listAgencies' | 'routing' | 'clock'>;
  boards: Boards;
  exclusive: Exclusive;
  settings: Settings;
  signOn: SignOn;
  /** The provider that also carries the notices. */
  email: Provider;
  log: Logger;
  changed(): void;
}): Alerts {
  const { store, boards, exclusive, settings, email, log } = parts;
  const { ALERT_EMAIL, ALERT_LANGUAGE, ALERT_WEBHOOK_URL, ALERT_WEBHOOK_SECRET } = settings;
  const listBoards = () => boards.list().map(({ code }) => code);
  const check = createAlertCheck({
    store,
    directory: parts.directory,
    exclusive,
    log,
    changed: parts.changed,
    listBoards,
    listAgents: () => boards.list().flatMap((agency) => (isBehindAgent(agency) ? agency.code : [])),
    listPolled: () => listBoards().filter((code) => boards.can(code, 'pull')),
    listUnserved: () => listUnserved(parts.directory),
    listSignOns: parts.signOn.list,
    listUnregistered: (from) => listUnregistered(from, parts.directory, new Date()),
    operator: {
      emails: ALERT_EMAIL?.split(',').map((address) => address.trim()) ?? [],
      language: ALERT_LANGUAGE,
      hasWebhook: ALERT_WEBHOOK_URL !== undefined,
    },
    publicUrl: settings.PUBLIC_URL,
  });
  // Without a URL no message is planned for a webhook. An earlier message waits until there is a URL again.
  const webhook = createWebhook({
    url: ALERT_WEBHOOK_URL ?? 'http://127.0.0.1:9',
    secret: ALERT_WEBHOOK_SECRET,
  });
  return { check, send: createAlertSender({ store, exclusive, providers: { email, webhook }, log }) };
}
