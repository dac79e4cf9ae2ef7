import { createHmac, randomUUID, X509Certificate } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createApiKey,
  listApiKeys,
  mostValidKeys,
  revokeApiKey,
  TooManyKeys,
} from '../../../hub/access/keys/api-keys.ts';
import { toSigningSecret } from '../../../hub/access/keys/request-signature.ts';
import type { Hub } from '../../../hub/app.ts';
import type { Agency } from '../../../schemas/index.ts';
import { startTestHub, type TestHub } from '../../support/test-hub.ts';
import { waitFor } from '../../support/wait-for.ts';
import { call, sha256 } from './call.ts';
import { clientCertificate } from './client-certificate.ts';
import { exportComplaint } from './open-doors.ts';

const signingSecret = 'a secret of the hub for this test alone';
const fingerprint = new X509Certificate(clientCertificate).fingerprint256.replaceAll(':', '').toLowerCase();
const agency = (code: string, doors?: Agency['doors']): Agency => ({
  code,
  name: { ko: code },
  officers: [{ name: '담당' }],
  ...(doors && { doors }),
});

let hub: TestHub;
let other: Hub;
const keys: Record<string, { id: string; key: string }> = {};
beforeAll(async () => {
  const agencies = [
    agency('plain'),
    agency('elsewhere', { networks: ['203.0.113.0/24', '2001:db8::/32'] }),
    agency('here', { networks: ['203.0.113.0/24', '127.0.0.0/8'] }),
    agency('certified', { certificates: [fingerprint] }),
    agency('signed', { signed: true }),
    agency('small', { bodyBytes: 1024 }),
    agency('slow', { requestsPerMinute: 30 }),
    agency('narrow', { concurrency: 3 }),
  ];
  const environment = { SIGNING_SECRET: signingSecret, TRUST_PROXY: '127.0.0.1', ROLES: 'api' };
  hub = await startTestHub(agencies, { rules: [], default: 'plain' }, environment);
  other = await hub.startAnother();
  for (const { code } of agencies) keys[code] = await createApiKey(hub.store, code);
});
afterAll(async () => {
  await other.stop();
  await hub.stop();
});

const search = (code: string, headers: Record<string, string> = {}, at: { url: string } = hub) =>
  call<{ type: string; detail?: string }>(at, keys[code]?.key, 'GET', '/complaints', undefined, headers);
const codeOf = ({ body }: { body: { type?: string } }) => body.type?.split(':').at(-1);

describe('keys', () => {
  it('are twenty at once at the most; one revoked makes room', async () => {
    const first = await createApiKey(hub.store, 'rotating');
    for (let n = 1; n < mostValidKeys; n += 1) await createApiKey(hub.store, 'rotating');
    const both = await Promise.allSettled([1, 2].map(() => createApiKey(hub.store, 'crowded')));
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    await expect(createApiKey(hub.store, 'rotating')).rejects.toBeInstanceOf(TooManyKeys);
    await revokeApiKey(hub.store, first.id);
    await createApiKey(hub.store, 'rotating', new Date(Date.now() - 1000));
    await createApiKey(hub.store, 'rotating');
    const listed = await listApiKeys(hub.store, 'rotating');
    expect(listed.slice(0, 3).map(({ valid }) => valid)).toEqual([true, false, true]);
    expect(listed.at(-1)?.valid).toBe(false);
    expect(listed.filter(({ valid }) => valid)).toHaveLength(20);
  });

  it('show when they were used last', async () => {
    const before = (await listApiKeys(hub.store, 'plain')).map(({ lastUsedAt }) => lastUsedAt);
    expect(before).toEqual([null]);
    expect((await search('plain')).status).toBe(200);
    const used = await waitFor('the note of the use', async () => {
      return (await listApiKeys(hub.store, 'plain'))[0]?.lastUsedAt ?? undefined;
    });
    expect(Math.abs(Date.now() - used.getTime())).toBeLessThan(60_000);
  });

  it('open what their scopes say', async () => {
    const { key } = await createApiKey(hub.store, 'reader', null, ['read']);
    const refused = await call(hub, key, 'POST', '/complaints', {
      externalId: '1',
      content: exportComplaint,
    });
    expect(refused.status).toBe(403);
    expect(refused.body).toMatchObject({ detail: expect.stringContaining('the scope register') });
    expect((await call(hub, key, 'GET', '/complaints')).status).toBe(200);
  });
});

describe('networks and certificates', () => {
  it('let in whom the agency names', async () => {
    expect((await search('elsewhere')).status).toBe(403);
    expect((await search('here')).status).toBe(200);
    expect((await search('elsewhere', { 'x-forwarded-for': '203.0.113.9' })).status).toBe(200);
    expect((await search('elsewhere', { 'x-forwarded-for': '2001:db8::7' })).status).toBe(200);
    expect((await search('elsewhere', { 'x-forwarded-for': '203.0.114.9' })).status).toBe(403);
  });

  it('ask for the certificate that a trusted proxy passes on', async () => {
    const der = `:${new X509Certificate(clientCertificate).raw.toString('base64')}:`;
    expect((await search('certified')).status).toBe(403);
    expect((await search('certified', { 'client-cert': ':AAAA:' })).status).toBe(403);
    expect((await search('certified', { 'client-cert': der })).status).toBe(200);
    const escaped = { 'client-cert': encodeURIComponent(clientCertificate) };
    expect((await search('certified', escaped)).status).toBe(200);
  });
});

describe('signed requests (RFC 9421)', () => {
  /** Written from the RFC, apart from the hub's own code. */
  function sign(
    method: string,
    target: string,
    body: string,
    {
      created = Math.floor(Date.now() / 1000),
      expires = '',
      secret = '',
      nonce = randomUUID() as string,
    } = {},
  ) {
    const { id } = keys.signed!;
    const digest = `sha-256=:${sha256(body)}:`;
    const params = `("@method" "@request-target" "content-digest");created=${created}${expires}${nonce && `;nonce="${nonce}"`};keyid="${id}"`;
    const base = `"@method": ${method}\n"@request-target": ${target}\n"content-digest": ${digest}\n"@signature-params": ${params}`;
    const mac = createHmac('sha256', secret || toSigningSecret(signingSecret, id))
      .update(base)
      .digest('base64');
    return { 'content-digest': digest, 'signature-input': `sig1=${params}`, signature: `sig1=:${mac}:` };
  }
  const target = '/api/v1/complaints';
  const body = JSON.stringify({ externalId: 'signed-1', content: exportComplaint });
  const post = (headers: Record<string, string>, sent = body) =>
    call<{ type: string; detail?: string }>(hub, undefined, 'POST', '/complaints', sent, headers);

  it('end when their maker says so', async () => {
    const at = (seconds: number) => `;expires=${Math.floor(Date.now() / 1000) + seconds}`;
    const send = (expires: string, created?: number) => {
      const value = body.replace('signed-1', `expires ${expires}`);
      return post(sign('POST', target, value, { expires, ...(created && { created }) }), value);
    };
    const now = Math.floor(Date.now() / 1000);
    expect((await send(at(250))).status).toBe(201);
    for (const [expires, said] of [
      [at(-50), /expired 5\d s ago/],
      [at(0), /expired \d+ s ago/],
      [';expires="later"', /seconds since 1970/],
    ] as const) {
      const reply = await send(expires, now - 100);
      expect([reply.status, reply.body.detail]).toEqual([401, expect.stringMatching(said)]);
    }
    // Nor does a late end make one good that was made long ago, or is to be made.
    for (const created of [now - 400, now + 400])
      expect((await send(at(10_000), created)).body.detail).toMatch(/the hub's clock/);
  });

  it('need no key', async () => {
    expect((await post(sign('POST', target, body))).status).toBe(201);
  });

  it('are asked for by Accept-Signature (RFC 9421, 5.1), and no key of an agency that has to sign', async () => {
    const asked = (digest: string) =>
      `sig1=("@method" "@request-target"${digest});created;nonce;alg="hmac-sha256"`;
    const unsigned = await search('signed');
    expect(Object.fromEntries(unsigned.headers)).toMatchObject({
      'accept-signature': asked(''),
      'www-authenticate': 'Signature',
    });
    const stranger = await call(hub, 'mwk_x', 'POST', '/complaints', body);
    expect(Object.fromEntries(stranger.headers)).toMatchObject({
      'accept-signature': asked(' "content-digest"'),
      'www-authenticate': 'Bearer',
    });
  });
  it('are let in once, by all processes together', async () => {
    const sent = body.replace('signed-1', 'signed-once');
    const headers = sign('POST', target, sent);
    expect((await post(headers, sent)).status).toBe(201);
    for (const at of [hub, other]) {
      const again = await call<{ detail: string }>(at, undefined, 'POST', '/complaints', sent, headers);
      expect([again.status, again.body.detail]).toEqual([401, expect.stringContaining('received before')]);
    }
    // Under another label it is the same signature.
    const relabelled = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value.replace('sig1=', 'other=')]),
    );
    expect((await post(relabelled as typeof headers, sent)).status).toBe(401);
    expect((await post(sign('POST', target, sent, { nonce: 'n2' }), sent)).status).toBe(200);
  });

  it('differ by their nonce, also within a second, whatever the method', async () => {
    const created = Math.floor(Date.now() / 1000);
    const get = async (nonce: string) => {
      const headers = sign('GET', target, '', { created, nonce });
      return (await call(hub, undefined, 'GET', '/complaints', undefined, headers)).status;
    };
    expect([await get('a'), await get('b'), await get('')]).toEqual([200, 200, 200]);
    expect([await get('a'), await get('b'), await get('')]).toEqual([401, 401, 401]);
  });

  it('that come at the same moment are one', async () => {
    const headers = sign('GET', target, '', { nonce: 'at once' });
    const replies = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        call(n % 2 ? hub : other, undefined, 'GET', '/complaints', undefined, headers),
      ),
    );
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it.each([
    [
      'another body',
      () => post(sign('POST', target, body), body.replace('signed-1', 'signed-2')),
      'malformed',
    ],
    ['another target', () => post(sign('POST', `${target}x`, body)), 'unauthenticated'],
    ['another method', () => post(sign('PUT', target, body)), 'unauthenticated'],
    ['another secret', () => post(sign('POST', target, body, { secret: 'guessed' })), 'unauthenticated'],
    ['an old one', () => post(sign('POST', target, body, { created: 1_700_000_000 })), 'unauthenticated'],
    ['a key alone', () => search('signed'), 'unauthenticated'],
    [
      'a body that is not covered',
      () => {
        const { id } = keys.signed!;
        const params = `("@method" "@request-target");created=${Math.floor(Date.now() / 1000)};keyid="${id}"`;
        const base = `"@method": POST\n"@request-target": ${target}\n"@signature-params": ${params}`;
        const mac = createHmac('sha256', toSigningSecret(signingSecret, id)).update(base).digest('base64');
        return post({ 'signature-input': `a=${params}`, signature: `a=:${mac}:` });
      },
      'unauthenticated',
    ],
    ['nonsense', () => post({ 'signature-input': '((', signature: '%' }), 'unauthenticated'],
  ])('refuse %s', async (_what, send, code) => {
    const reply = await send();
    expect([reply.status, codeOf(reply)]).toEqual([code === 'malformed' ? 400 : 401, code]);
  });
});

describe('limits', () => {
  it('of size', async () => {
    const big = { externalId: '1', content: { ...exportComplaint, body: 'a'.repeat(2000) } };
    const reply = await call(hub, keys.small?.key, 'POST', '/complaints', big);
    expect(reply.status).toBe(413);
    // A compressed body may be small, and what becomes of it not.
    const compressed = await fetch(`${hub.url}/api/v1/complaints`, {
      method: 'POST',
      body: gzipSync(JSON.stringify(big)),
      headers: {
        authorization: `Bearer ${keys.small?.key}`,
        'content-type': 'application/json',
        'content-encoding': 'gzip',
      },
    });
    expect(compressed.status).toBe(413);
  });

  it('of rate hold over two processes together, and say when to come again', async () => {
    const replies = await Promise.all(
      Array.from({ length: 60 }, (_, n) => search('slow', {}, n % 2 === 0 ? hub : other)),
    );
    const let_in = replies.filter(({ status }) => status === 200);
    const refused = replies.filter(({ status }) => status === 429);
    expect(let_in.length + refused.length).toBe(60);
    // A process may keep part of its last portion (a twentieth) unused.
    expect(let_in.length).toBeLessThanOrEqual(30);
    expect(let_in.length).toBeGreaterThanOrEqual(28);
    const { headers } = refused[0]!;
    const wait = Number(headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
    expect(headers.get('ratelimit-policy')).toBe('"minute";q=30;w=60');
    expect(headers.get('ratelimit')).toMatch(/^"minute";r=\d+;t=\d+$/);
    expect((await search('plain')).status).toBe(200);
  });

  it('of concurrency hold over two processes together', async () => {
    const holder = await hub.store.pool.connect();
    await holder.query('begin');
    // Whoever searches waits for this lock, with the slot in the hand.
    await holder.query('lock table complaints in access exclusive mode');
    const answered: number[] = [];
    const calls = Array.from({ length: 12 }, async (_, n) => {
      const { status } = await search('narrow', {}, n % 2 === 0 ? hub : other);
      answered.push(status);
    });
    await waitFor('nine to be turned away', () => answered.length === 9);
    expect(new Set(answered)).toEqual(new Set([429]));
    await holder.query('rollback');
    holder.release();
    await Promise.all(calls);
    expect(answered.filter((status) => status === 200)).toHaveLength(3);
    await waitFor('a slot', async () => (await search('narrow')).status === 200);
  });
});
