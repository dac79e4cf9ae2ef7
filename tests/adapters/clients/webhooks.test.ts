import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receiptNumber, samples, toChange } from '../../../adapters/conformance/samples.ts';
import { createAdapter } from '../../../adapters/registry.ts';
import { hasPhp } from './drivers/has-php.ts';
import { type Opened, openPhp, openTypescript } from './drivers/open-clients.ts';

const toSecret = (word: string) => `whsec_${Buffer.from(word.padEnd(32, '.')).toString('base64')}`;
const [old, next, wrong] = [toSecret('old'), toSecret('next'), toSecret('wrong')];

interface Came {
  body: string;
  headers: Record<string, string>;
}
let came: Came;
const clients: Partial<Record<string, Opened>> = {};

beforeAll(async () => {
  came = await push(old, next);
  if (await hasPhp()) clients.php = await openPhp();
  clients.ts = await openTypescript();
}, 240_000);
afterAll(async () => {
  for (const client of Object.values(clients)) await client?.close();
});

/** What the adapter sends of a registered complaint, signed by these secrets. */
async function push(...secrets: string[]): Promise<Came> {
  const all: Came[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    all.push({ body, headers: request.headers as Record<string, string> });
    response.writeHead(204).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`;
  const settings = { url, secrets: secrets.map((_, n) => `env:S${n}`) };
  const adapter = createAdapter(
    { adapter: 'webhook', networks: ['127.0.0.0/8'], settings },
    {
      agency: 'partner',
      timeZone: 'Asia/Seoul',
      secret: (reference) => secrets[Number(reference.at(-1))] ?? '',
    },
  );
  const signal = AbortSignal.timeout(20_000);
  const pushed = await adapter.push?.(toChange(samples.registered), { key: `${receiptNumber}/1`, signal });
  await adapter.close();
  server.close();
  expect(pushed).toMatchObject({ kind: 'done' });
  return all[0] as Came;
}

/** The same event, signed at another time. */
function signAt(seconds: number): Came {
  const id = String(came.headers['webhook-id']);
  const signature = new Webhook(old).sign(id, new Date(seconds * 1000), came.body);
  const headers = { ...came.headers, 'webhook-timestamp': String(seconds), 'webhook-signature': signature };
  return { body: came.body, headers };
}

describe.each(['ts', 'php'])('the %s client', (language) => {
  const verify = async ({ body, headers }: Came, secrets: string | string[]) =>
    (await clients[language]?.client(undefined, [['verifyWebhook', body, headers, secrets]]))?.[0];

  it('believes what the adapter signed, also while secrets change', async () => {
    for (const secrets of [old, [old], [next], [wrong, old]]) {
      const verified = await verify(came, secrets);
      if (!verified) return;
      expect(verified.result).toEqual(JSON.parse(came.body));
    }
    const now = Math.floor(Date.now() / 1000);
    expect(await verify(signAt(now - 240), old)).toHaveProperty('result');
  });

  it('refuses what it did not sign, and what is old or ahead', async () => {
    const now = Math.floor(Date.now() / 1000);
    const { 'webhook-signature': _signature, ...unsigned } = came.headers;
    const forged: [Came, string | string[]][] = [
      [came, wrong],
      [came, []],
      [{ ...came, body: came.body.replace('1.0', '1.1') }, old],
      [{ ...came, headers: { ...came.headers, 'webhook-id': 'another' } }, old],
      [{ ...came, headers: unsigned }, old],
      [signAt(now - 400), old],
      [signAt(now + 400), old],
    ];
    for (const [one, secrets] of forged) {
      const verified = await verify(one, secrets);
      if (!verified) return;
      expect(verified.error).toMatchObject({ name: 'ForgedWebhook' });
    }
  });
});
