import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { createApiKey } from '../../../../hub/access/keys/api-keys.ts';
import { startKannel } from '../../../sinks/kannel-sink.ts';
import { startSolapi } from '../../../sinks/solapi-sink.ts';
import { inWords } from '../../../support/in-words.ts';
import { senderAgency } from '../../../support/sender.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';

let kannel: Awaited<ReturnType<typeof startKannel>>;
let hub: TestHub;
let port: number;

/** Kannel has to be told the port before the hub listens. */
const findFreePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

beforeAll(async () => {
  kannel = await startKannel({ user: 'hub', password: 'secret', operators: ['KT'] });
  port = await findFreePort();
  hub = await startTestHub(
    [senderAgency],
    { rules: [], default: 'src' },
    {
      PORT: String(port),
      METRICS_PORT: '0',
      SMS_PROVIDER: 'kannel',
      SMS_URL: `${kannel.url}/?smsc=KT`,
      SMS_KEY: 'hub',
      SMS_SECRET: 'secret',
      SMS_SENDER: '0317901234',
      SMS_REPORT_URL: `http://127.0.0.1:${port}`,
    },
  );
});
afterAll(async () => {
  await hub.stop();
  await kannel.close();
});

const read = async (of = hub) =>
  inWords(
    (await of.store.pool.query("select * from notices where audience = 'complainant' order by id")).rows,
  ) as Record<string, unknown>[];

async function file(externalId: string, email?: string, at = hub): Promise<void> {
  const { key } = await createApiKey(at.store, 'src');
  const complainant = { name: '홍길동', phone: '+821012345678', notifyBy: 'sms', ...(email && { email }) };
  // Of today: a missed deadline would be told, too.
  const filedAt = new Date().toISOString();
  const content = { title: externalId, body: externalId, kind: 'query', complainant, filedAt };
  const reply = await fetch(`${at.url}/api/v1/complaints`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ externalId, content }),
  });
  expect(reply.status).toBeLessThan(300);
}

it('a text that did not arrive is followed by a mail, and the operator can count it', async () => {
  await file('lost', 'hong@example.kr');
  await waitFor('the text', async () => kannel.messages().length === 1);
  await waitFor('its outcome', async () => (await read())[0]?.report === 'awaited');
  expect(await kannel.report(0, 8)).toBe(200);
  expect(await kannel.report(0, 2)).toBe(200);
  await waitFor('the mail', async () => (await read())[1]?.state === 'sent');
  expect(await read()).toMatchObject([
    { channel: 'sms', state: 'failed', report: 'undelivered' },
    { channel: 'email', state: 'sent', provider: 'outbox', report: null },
  ]);
  const metrics = await (await fetch(hub.metricsUrl ?? '')).text();
  expect(metrics).toContain('hub_texts_reported{of="undelivered"} 1');
});

it('the worker stops to wait when the time is over', async () => {
  await file('silent');
  await waitFor('the outcome', async () => (await read())[2]?.report === 'awaited');
  await hub.store.pool.query("update notices set report_by = now() where report = 'awaited'");
  await waitFor('the end of waiting', async () => (await read())[2]?.report === 'unconfirmed');
  expect(await kannel.report(1, 1)).toBe(200);
  expect((await read())[2]).toMatchObject({ state: 'sent', report: 'delivered', last_error: null });
});

it('the worker asks a gateway that does not call', async () => {
  const solapi = await startSolapi({ key: 'NCSKEY', secret: 'secret' });
  const asking = await startTestHub(
    [senderAgency],
    { rules: [], default: 'src' },
    {
      SMS_PROVIDER: 'solapi',
      SMS_URL: solapi.url,
      SMS_KEY: 'NCSKEY',
      SMS_SECRET: 'secret',
      SMS_SENDER: '0317901234',
    },
  );
  onTestFinished(async () => {
    await asking.stop();
    await solapi.close();
  });
  await file('asked', 'hong@example.kr', asking);
  await waitFor('the outcome', async () => (await read(asking))[0]?.report === 'awaited');
  solapi.become('M1', 'COMPLETE', '3021');
  // A minute passes.
  await asking.store.pool.query('update notices set ask_at = now() where ask_at is not null');
  await waitFor('the mail', async () => (await read(asking))[1]?.state === 'sent');
  expect(await read(asking)).toMatchObject([
    { channel: 'sms', state: 'failed', report: 'undelivered' },
    { channel: 'email', state: 'sent' },
  ]);
});
