import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../../hub/access/keys/api-keys.ts';
import { createStrangers } from '../../../hub/doors/gate/strangers.ts';
import { Refusal } from '../../../hub/http/problem.ts';
import { startLifetime } from '../../support/lifetime.ts';
import { startTestHub, type TestHub } from '../../support/test-hub.ts';
import { waitFor } from '../../support/wait-for.ts';
import { call } from './call.ts';
import { wsse } from './soap/signing.ts';

let hub: TestHub;
let key: string;
const sockets: Socket[] = [];
beforeAll(async () => {
  const alpha = { code: 'alpha', name: { ko: '가' }, officers: [{ name: '담당' }] };
  hub = await startTestHub(
    [alpha],
    { rules: [], default: 'alpha' },
    { ROLES: 'api', TRUST_PROXY: '127.0.0.1', PLAIN_LOOPBACK: 'no' },
  );
  key = (await createApiKey(hub.store, 'alpha')).key;
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});
afterAll(() => hub.stop());

const from = (address: string) => ({ 'x-forwarded-for': address, 'x-forwarded-proto': 'https' });
const search = async (address: string, withKey = key) =>
  (await call(hub, withKey, 'GET', '/complaints', undefined, from(address))).status;
const guess = () => `mwk_${randomBytes(32).toString('base64url')}`;

/** Sends the head of a SOAP call with so large a body, and not the body. */
async function announce(address: string, size: number | 'chunked', authorization = ''): Promise<Socket> {
  const { port, hostname } = new URL(hub.url);
  const socket = connect(Number(port), hostname).setEncoding('utf8');
  sockets.push(socket);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  const length = size === 'chunked' ? 'transfer-encoding: chunked' : `content-length: ${size}`;
  socket.write(
    `POST /soap/v1 HTTP/1.1\r\nhost: hub\r\ncontent-type: text/xml\r\nx-forwarded-for: ${address}\r\n` +
      `${authorization && `authorization: ${authorization}\r\n`}${length}\r\n\r\n`,
  );
  return socket;
}
const answerOf = async (socket: Socket) => String((await once(socket, 'data'))[0]);
const soap = (address: string, token: string) =>
  fetch(`${hub.url}/soap/v1`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml', ...from(address) },
    body: `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><w:Security xmlns:w="${wsse}"><w:UsernameToken><w:Username>alpha</w:Username><w:Password>${token}</w:Password></w:UsernameToken></w:Security></s:Header><s:Body><SearchComplaints xmlns="urn:minwon-hub:v1"><search/></SearchComplaints></s:Body></s:Envelope>`,
  });

describe('guesses', () => {
  it('are told to wait after sixty in a minute, at both doors, and nobody with a key is', async () => {
    const address = '198.51.100.7';
    const first = await Promise.all(Array.from({ length: 60 }, () => search(address, guess())));
    expect(new Set(first)).toEqual(new Set([401]));
    const reply = await call<{ detail: string }>(
      hub,
      guess(),
      'GET',
      '/complaints',
      undefined,
      from(address),
    );
    expect(reply.status).toBe(429);
    expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await search(address)).toBe(200);
    expect((await soap(address, key)).status).toBe(200);
    const refused = await soap(address, guess());
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(await refused.text()).toContain('<code>too-many-requests</code>');
    // Others go on as before.
    expect(await search('198.51.100.8', guess())).toBe(401);
    expect(await answerOf(await announce(address, 5_000_000))).toContain('too-many-requests');
  });
});

describe('large bodies of senders who are named inside', () => {
  it('have few places, and who shows a key in the header needs none', async () => {
    const address = '203.0.113.5';
    const sizes = [5_000_000, 5_000_000, 5_000_000, 'chunked', 'chunked'] as const;
    const waiting = await Promise.all(sizes.map((size) => announce(address, size)));
    // Four may send, and hear nothing yet.
    expect(await Promise.any(waiting.map(answerOf))).toContain('<code>too-many-requests</code>');
    // Neither small bodies nor other addresses nor known callers wait.
    expect((await soap(address, key)).status).toBe(200);
    const known = await announce(address, 2_000_000, `Bearer ${key}`);
    const basic = await announce(
      address,
      2_000_000,
      `Basic ${Buffer.from(`alpha:${key}`).toString('base64')}`,
    );
    for (const socket of [known, basic]) {
      socket.write(`<a/>${' '.repeat(2_000_000 - 4)}`);
      expect(await answerOf(socket)).toContain('<code>malformed</code>');
    }
    for (const socket of waiting) socket.destroy();
    // Their places are free again.
    await waitFor('a place', async () => {
      const socket = await announce(address, 100_000);
      socket.write(`<a/>${' '.repeat(100_000 - 4)}`);
      return (await answerOf(socket)).includes('<code>malformed</code>');
    });
  });
});

describe('the count', () => {
  const lines: string[] = [];
  const log = pino({}, { write: (line) => void lines.push(line) });
  const refusal = new Refusal('unauthenticated');

  it('is of a minute, and of a whole /64 of IPv6', () => {
    let now = 0;
    const strangers = createStrangers(log, () => now);
    const turn = (address: string) => strangers.turnAway(address, refusal).code;
    // What is no question of credentials does not count.
    for (let n = 0; n < 100; n++) strangers.turnAway('2001:db8::1', new Refusal('malformed'));
    for (let n = 0; n < 60; n++) expect(turn(`2001:db8::${n.toString(16)}`)).toBe('unauthenticated');
    expect(turn('2001:db8::ffff')).toBe('too-many-requests');
    expect(turn('2001:db8::ffff')).toBe('too-many-requests');
    // The first of the minute and the beginning of the limit are logged, and not each: anybody may send them.
    const logged = lines.splice(0).map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(logged.map(({ from, msg }) => [from, msg])).toEqual([
      ['2001:db8::0', 'a caller without valid credentials was refused'],
      ['2001:db8::ffff', 'too many calls without valid credentials'],
    ]);
    expect(turn('2001:db8:0:1::1')).toBe('unauthenticated');
    expect(() => strangers.takePlace('2001:db8::7', startLifetime())).toThrow(Refusal);
    now = 60_001;
    expect(turn('2001:db8::ffff')).toBe('unauthenticated');
    strangers.takePlace('2001:db8::7', startLifetime());
  });

  it('keeps places over the end of a minute, and has sixteen of them in all', () => {
    let now = 0;
    const strangers = createStrangers(log, () => now);
    const take = (address: string) => {
      const lifetime = startLifetime();
      strangers.takePlace(address, lifetime);
      return lifetime;
    };
    const taken = Array.from({ length: 4 }, () => take('192.0.2.1'));
    now = 60_001;
    expect(() => take('::ffff:192.0.2.1')).toThrow(/send it there too/);
    for (const lifetime of taken) lifetime.end();
    for (let n = 0; n < 16; n++) take(`192.0.2.${n}`);
    expect(() => take('192.0.2.99')).toThrow(Refusal);
  });

  it('forgets the oldest of too many addresses', () => {
    const strangers = createStrangers(log, () => 0);
    for (let n = 0; n <= 60; n++) strangers.turnAway('192.0.2.1', refusal);
    for (let n = 0; n < 60_000; n++)
      strangers.turnAway(`10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`, refusal);
    expect(strangers.turnAway('192.0.2.1', refusal).code).toBe('unauthenticated');
  });
});
