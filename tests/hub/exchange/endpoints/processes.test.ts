import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApiKey } from '../../../../hub/access/keys/api-keys.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import type { Agency } from '../../../../schemas/index.ts';
import type { WebhookReceiver } from '../../../boards/webhook-receiver/index.ts';
import { openSender, senderAgency } from '../../../support/sender.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import { configure } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { type Running, startHubProcess } from '../../command-line/run-hub.ts';
import { sequencesOf, startReceiver, toEndpoint, toSecret } from './endpoint-stage.ts';

let store: Store;
let receiver: WebhookReceiver;
const running: Running[] = [];

beforeAll(async () => {
  receiver = await startReceiver();
  store = openStore(await createFreshDatabase(), 4);
  const agency: Agency = {
    code: 'told',
    name: { ko: '받는 기관' },
    officers: [{ name: '담당' }],
    webhooks: [toEndpoint('statistics', receiver)],
  };
  await configure(store, [agency, senderAgency], { rules: [], default: 'told' });
});
afterAll(async () => {
  for (const { child } of running) child.kill('SIGKILL');
  await receiver.close();
  await store.close();
});

async function startHub() {
  const hub = startHubProcess(['serve', '--port', '0'], {
    env: { DATABASE_URL: store.url, LOG_LEVEL: 'error', ENDPOINT_SECRET: toSecret('old') },
  });
  running.push(hub);
  const url = await waitFor('it to listen', () => /listening on (\S+) /.exec(hub.said())?.[1], 60_000);
  return { ...hub, url };
}

it('two processes, one killed in the middle of calls: every event arrives once and in order', async () => {
  const [first, second] = await Promise.all([startHub(), startHub()]);
  const { key } = await createApiKey(store, senderAgency.code);
  const [one, two] = await Promise.all([
    openSender({ store, ...first }, key),
    openSender({ store, ...second }, key),
  ]);
  let calls = 0;
  // Replies are lost on the way, and some never come.
  receiver.behave = () => {
    calls += 1;
    return calls % 4 === 0 ? 'reset-after-write' : calls % 7 === 0 ? 'hang' : undefined;
  };
  const numbers: string[] = [];
  for (let n = 0; n < 6; n += 1) {
    const sender = n % 2 === 0 ? one : two;
    const number = await sender.file(`민원 ${n}`);
    for (const text of ['하나', '둘', '셋']) await sender.ask(number, text);
    numbers.push(number);
  }
  first.child.kill('SIGKILL');
  await first.ended;
  const late = await two.file('뒤');
  numbers.push(late);
  receiver.behave = () => undefined;
  await waitFor(
    'all told',
    async () => {
      await store.pool.query(
        "update endpoint_deliveries set next_at = now() where state = 'waiting' and next_at > now()",
      );
      const { rows } = await store.pool.query(
        "select 1 from endpoint_deliveries where state <> 'done' limit 1",
      );
      return rows.length === 0;
    },
    60_000,
  );
  for (const number of numbers)
    expect(sequencesOf(receiver, number)).toEqual(number === late ? [1, 2] : [1, 2, 3, 4, 5]);
  const ids = receiver.deliveries.map(({ webhookId }) => webhookId);
  expect(new Set(ids).size).toBe(6 * 5 + 2);
}, 180_000);
