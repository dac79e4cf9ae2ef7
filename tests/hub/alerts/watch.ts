import { pino } from 'pino';
import { createAlertCheck } from '../../../hub/alerts/check-alerts.ts';
import { createAlertSender } from '../../../hub/alerts/send-alerts.ts';
import { createWebhook } from '../../../hub/alerts/webhook.ts';
import type { Directory } from '../../../hub/configuration/directory.ts';
import { createOutbox } from '../../../hub/notify/providers/outbox.ts';
import { createSmtp } from '../../../hub/notify/providers/smtp.ts';
import { openStore, type Store } from '../../../hub/store/database.ts';
import { createExclusive } from '../../../hub/store/exclusive.ts';
import type { Agency } from '../../../schemas/index.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';

/** Agencies a0, a1, … with one officer each; all of them have boards. */
export function createAgencies(count: number): Directory {
  const agencies = Array.from(
    { length: count },
    (_, n): Agency => ({
      code: `a${n}`,
      name: { ko: `기관 ${n}`, en: `Agency ${n}` },
      officers: [{ name: '김담당', email: `officer@a${n}.example.kr` }],
    }),
  );
  return {
    findAgency: (code) => agencies.find((agency) => agency.code === code),
    listAgencies: () => agencies,
    routing: () => ({ rules: [], default: 'a0' }),
  };
}

/** The part of a hub that watches, on a clock of the test's own: `go` lets minutes pass and looks as the sweep does. */
export async function startWatch(options: {
  directory: Directory;
  store?: Store;
  smtp?: string;
  webhook?: { url: string; secret?: string };
  timeout?: number;
}) {
  const { directory, smtp, webhook, timeout = 5_000 } = options;
  const store = options.store ?? openStore(await createFreshDatabase());
  const exclusive = createExclusive(store);
  const email = smtp ? createSmtp({ url: smtp, from: 'hub@example.kr', timeout }) : createOutbox();
  const log = pino({ level: 'silent' });
  let now = Date.now();
  const clock = () => new Date(now);
  const listBoards = () => directory.listAgencies().map(({ code }) => code);
  const check = createAlertCheck({
    store,
    exclusive,
    directory,
    log,
    clock,
    listBoards,
    listPolled: () => [],
    listUnserved: () => [],
    listSignOns: () => [],
    listUnregistered: async () => [],
    listAgents: () => [],
    operator: { emails: ['operator@hub.example.kr'], language: 'ko', hasWebhook: webhook !== undefined },
    publicUrl: 'https://hub.example.kr/',
    changed: () => undefined,
  });
  const hook = createWebhook({ url: 'http://127.0.0.1:9', timeout, ...webhook });
  const send = createAlertSender({ store, exclusive, log, clock, providers: { email, webhook: hook } });
  const look = async () => {
    await check();
    await send(new AbortController().signal);
  };
  return {
    store,
    look,
    send: () => send(new AbortController().signal),
    async go(minutes: number, step = 0.5) {
      for (let gone = 0; gone < minutes; gone += step) {
        now += step * 60_000;
        await look();
      }
    },
    async close() {
      await email.close();
      await exclusive.close();
      await store.close();
    },
  };
}
