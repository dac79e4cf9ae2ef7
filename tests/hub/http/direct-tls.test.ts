import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { connect as connectTcp, createServer as createTcpServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConnectionOptions, connect, createServer, type Server, type TLSSocket } from 'node:tls';
import fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createApiKey } from '../../../hub/access/keys/api-keys.ts';
import { openDirectTls } from '../../../hub/http/direct-tls.ts';
import { SettingsError } from '../../../hub/settings.ts';
import { type Authority, createAuthority, type Issued } from '../../support/certificates.ts';
import { startTestHub, type TestHub } from '../../support/test-hub.ts';
import { waitFor } from '../../support/wait-for.ts';

const log = pino({ level: 'silent' });
let folder: string;
let ours: Authority;
let strangers: Authority;
let server: Issued;
let mine: Issued;
let others: Issued;
let forged: Issued;
let hub: TestHub;
const keys: Record<string, string> = {};
const file = (name: string) => join(folder, name);
const files = () => ({ TLS_CERT_FILE: file('hub.pem'), TLS_KEY_FILE: file('hub.key') });

async function install({ cert, key }: Issued): Promise<void> {
  await writeFile(file('hub.key'), key);
  await writeFile(file('hub.pem'), cert);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minwon-hub-tls-'));
  [ours, strangers] = await Promise.all([createAuthority('ours'), createAuthority('strangers')]);
  server = await ours.issue('hub');
  mine = await ours.issue('techno');
  others = await ours.issue('another agency');
  forged = await strangers.issue('techno');
  await install(server);
  await writeFile(file('ca.pem'), ours.cert);
  const officers = [{ name: '담당' }];
  const certificates = [mine.fingerprint, forged.fingerprint];
  hub = await startTestHub(
    [
      { code: 'open', name: { ko: '열린 기관' }, officers },
      { code: 'certified', name: { ko: '인증서 기관' }, officers, doors: { certificates } },
    ],
    { rules: [], default: 'open' },
    { ROLES: 'api', ...files(), TLS_CLIENT_CA_FILE: file('ca.pem') },
  );
  for (const code of ['open', 'certified']) keys[code] = (await createApiKey(hub.store, code)).key;
});
afterAll(async () => {
  await hub?.stop();
  await ours?.remove();
  await strangers?.remove();
  await rm(folder, { recursive: true, force: true });
});

interface Asked {
  client?: Issued;
  headers?: Record<string, string>;
  body?: string;
}

/** Every call on a connection of its own. */
async function call(path: string, { client, headers = {}, body }: Asked = {}) {
  const sent = request(new URL(path, hub.url), {
    ca: ours.cert,
    agent: false,
    headers,
    method: body === undefined ? 'GET' : 'POST',
    ...(client && { cert: client.cert, key: client.key }),
  });
  sent.end(body);
  const [reply] = await once(sent, 'response');
  const text = (await reply.setEncoding('utf8').toArray()).join('');
  return { status: reply.statusCode as number, headers: reply.headers, text };
}

const search = (code: string, asked: Asked = {}) =>
  call('/api/v1/complaints', {
    ...asked,
    headers: { ...asked.headers, authorization: `Bearer ${keys[code]}` },
  });

/** What a client keeps for its next handshake. */
const sessions = new WeakMap<TLSSocket, Buffer>();

function handshake(port: number, options: ConnectionOptions): Promise<TLSSocket | Error> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, ca: ours.cert, ...options }, () => resolve(socket));
    socket.on('error', resolve).on('session', (session) => sessions.set(socket, session));
    onTestFinished(() => void socket.destroy());
  });
}
const portOf = ({ url }: { url: string }) => Number(new URL(url).port);

describe('a hub that ends TLS itself', () => {
  it('listens on https, tells browsers to stay there, and keeps its cookies to it', async () => {
    expect(hub.url).toMatch(/^https:/);
    for (const path of ['/sign-in', '/health/ready', '/api/v1/openapi.json']) {
      const { status, headers } = await call(path);
      expect(status, path).toBe(200);
      expect(headers['strict-transport-security'], path).toMatch(/^max-age=31536000; includeSubDomains$/);
    }
    const { headers } = await call('/language', {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'language=en',
    });
    for (const one of headers['set-cookie'] ?? []) expect(one).toContain('Secure');
  });

  it('speaks TLS 1.2 and 1.3 with forward secrecy, and nothing older', async () => {
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      const socket = await handshake(portOf(hub), { minVersion: version, maxVersion: version });
      expect((socket as TLSSocket).getProtocol?.()).toBe(version);
    }
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' } as const;
    expect(await handshake(portOf(hub), old)).toBeInstanceOf(Error);
    const weak = {
      maxVersion: 'TLSv1.2',
      ciphers: 'AES128-SHA:AES256-GCM-SHA384:ECDHE-ECDSA-AES128-SHA',
    } as const;
    expect(await handshake(portOf(hub), weak)).toBeInstanceOf(Error);
  });

  it('agrees on HTTP/1.1 only', async () => {
    const socket = (await handshake(portOf(hub), { ALPNProtocols: ['h2', 'http/1.1'] })) as TLSSocket;
    expect(socket.alpnProtocol).toBe('http/1.1');
  });

  it('takes a WS-Security password as text, as over any TLS', async () => {
    const wsse = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
    const body = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header>
      <w:Security xmlns:w="${wsse}"><w:UsernameToken><w:Username>open</w:Username><w:Password>${keys.open}</w:Password></w:UsernameToken></w:Security>
      </s:Header><s:Body><SearchComplaints xmlns="urn:minwon-hub:v1"><search/></SearchComplaints></s:Body></s:Envelope>`;
    const reply = await call('/soap/v1', { headers: { 'content-type': 'text/xml' }, body });
    expect(reply.text).toContain('SearchComplaintsResponse');
  });

  it('outlives what is no TLS', async () => {
    for (const garbage of ['GET / HTTP/1.1\r\n\r\n', '\x16\x03\x01\xff\xff', '\0'.repeat(5000)]) {
      const socket = connectTcp(portOf(hub), '127.0.0.1').on('error', () => undefined);
      socket.end(garbage);
      await once(socket.resume(), 'close');
    }
    expect((await call('/health/live')).status).toBe(200);
  });
});

describe('what is nearly TLS', () => {
  it('costs its sender the connection and nobody else anything', { timeout: 60_000 }, async () => {
    const hello = await recordHello();
    const garbled = fc.tuple(
      fc.array(fc.tuple(fc.nat(hello.length - 1), fc.nat(255)), { maxLength: 6 }),
      fc.nat(hello.length),
      fc.uint8Array({ maxLength: 600 }),
    );
    const send = async ([changes, length, tail]: [[number, number][], number, Uint8Array]) => {
      const bytes = Buffer.from(hello);
      for (const [place, value] of changes) bytes[place] = value;
      const socket = connectTcp(portOf(hub), '127.0.0.1').on('error', () => undefined);
      socket.end(Buffer.concat([bytes.subarray(0, length), tail]));
      await once(socket.resume(), 'close');
    };
    const drawn = fc.sample(garbled, { numRuns: 400, seed: 20_261_122 });
    for (let n = 0; n < drawn.length; n += 20) await Promise.all(drawn.slice(n, n + 20).map(send));
    expect((await call('/health/live')).status).toBe(200);
  });

  /** The first bytes that a client sends. */
  async function recordHello(): Promise<Buffer> {
    const listener = createTcpServer().listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const client = connect({ host: '127.0.0.1', port: (listener.address() as { port: number }).port });
    client.on('error', () => undefined);
    const [socket] = (await once(listener, 'connection')) as [Socket];
    const [bytes] = (await once(socket, 'data')) as [Buffer];
    client.destroy();
    socket.destroy();
    await new Promise((done) => listener.close(done));
    return bytes;
  }
});

describe('client certificates', () => {
  it('are asked for, and needed only where an agency names some', async () => {
    expect((await search('open')).status).toBe(200);
    expect((await search('open', { client: others })).status).toBe(200);
    expect((await search('open', { client: forged })).status).toBe(200);
    expect((await search('certified', { client: mine })).status).toBe(200);
  });

  it.each<[string, () => Issued | undefined, RegExp]>([
    ['none', () => undefined, /none arrived/],
    ['that of another agency', () => others, /is not one of this agency/],
    [
      'one that nobody signed whom the hub trusts, though it is named',
      () => forged,
      /is not trusted: [A-Z_]+/,
    ],
  ])('%s is not enough', async (_what, client, reason) => {
    const shown = client();
    const reply = await search('certified', shown ? { client: shown } : {});
    expect(reply.status).toBe(403);
    expect(JSON.parse(reply.text).detail).toMatch(reason);
  });

  it('are not taken from a header without a proxy that is trusted', async () => {
    const headers = { 'client-cert': encodeURIComponent(mine.cert) };
    expect((await search('certified', { headers })).status).toBe(403);
    expect((await search('certified', { headers, client: others })).status).toBe(403);
  });

  it('count on a resumed session, and their absence does too', async () => {
    const ask = async (options: ConnectionOptions) => {
      const socket = (await handshake(portOf(hub), options)) as TLSSocket;
      const resumed = socket.isSessionReused();
      const line = `GET /api/v1/complaints HTTP/1.1\r\nhost: hub\r\nconnection: close\r\nauthorization: Bearer ${keys.certified}\r\n\r\n`;
      socket.write(line);
      const text = (await socket.setEncoding('utf8').toArray()).join('');
      return {
        session: sessions.get(socket)!,
        status: Number(text.split(' ')[1]),
        resumed,
      };
    };
    for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
      const { session, status } = await ask({ maxVersion, cert: mine.cert, key: mine.key });
      expect(status).toBe(200);
      expect(await ask({ maxVersion, session })).toMatchObject({ status: 200, resumed: true });
      const none = await ask({ maxVersion });
      expect(none.status).toBe(403);
      expect(await ask({ maxVersion, session: none.session })).toMatchObject({ status: 403, resumed: true });
    }
  });
});

describe('certificates that change', () => {
  async function listen(lookEvery: number) {
    const tls = openDirectTls(files(), log, lookEvery)!;
    const listening: Server = createServer(tls.options).listen(0, '127.0.0.1');
    await once(listening, 'listening');
    const stop = tls.follow(listening);
    onTestFinished(async () => {
      stop();
      await new Promise((done) => listening.close(done));
    });
    const { port } = listening.address() as { port: number };
    return async () => {
      const socket = (await handshake(port, {})) as TLSSocket;
      const { fingerprint256 } = socket.getPeerCertificate();
      socket.destroy();
      return fingerprint256.replaceAll(':', '').toLowerCase();
    };
  }

  it('are taken into use when the files changed, and a half of them is passed over', async () => {
    await install(server);
    const shown = await listen(20);
    expect(await shown()).toBe(server.fingerprint);
    const next = await ours.issue('hub, a year later');
    await writeFile(file('hub.key'), next.key);
    expect(await shown()).toBe(server.fingerprint);
    await writeFile(file('hub.pem'), next.cert);
    await waitFor('the new certificate', async () => (await shown()) === next.fingerprint);
  });

  it('are taken into use at SIGHUP', async () => {
    await install(server);
    const shown = await listen(3_600_000);
    const next = await ours.issue('hub, once more');
    await install(next);
    expect(await shown()).toBe(server.fingerprint);
    process.emit('SIGHUP', 'SIGHUP');
    expect(await shown()).toBe(next.fingerprint);
  });

  it('must fit together and be there when the hub starts', async () => {
    await writeFile(file('hub.key'), mine.key);
    expect(() => openDirectTls(files(), log)).toThrow(/^.*TLS_CERT_FILE, TLS_KEY_FILE: .*/s);
    const nowhere = { ...files(), TLS_KEY_FILE: file('nowhere') };
    expect(() => openDirectTls(nowhere, log)).toThrow(SettingsError);
    expect(() => openDirectTls(nowhere, log)).toThrow(/TLS_KEY_FILE: ENOENT/);
    expect(openDirectTls({}, log)).toBeUndefined();
  });
});
