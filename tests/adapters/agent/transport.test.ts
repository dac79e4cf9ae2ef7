import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createTransport } from '../../../adapters/agent/hub/transport.ts';
import type { AgentSettings } from '../../../adapters/agent/settings.ts';
import { type Authority, createAuthority, type Issued } from '../../support/certificates.ts';

let authority: Authority;
let hub: Server;
let proxy: Server;
let folder: string;
let answer: { status: number; headers?: Record<string, string>; body: string };
const asked: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'minwon-agent-tls-'));
  authority = await createAuthority('agency authority');
  writeFileSync(join(folder, 'ca.pem'), authority.cert);
  const { key, cert }: Issued = await authority.issue('hub');
  hub = createTlsServer({ key, cert }, (_request, response) => {
    response
      .writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
      .end(answer.body);
  });
  proxy = createServer();
  proxy.on('connect', ({ url = '', headers }: IncomingMessage, near: Duplex) => {
    asked.push(url);
    const expected = `Basic ${Buffer.from('agent:p@ss').toString('base64')}`;
    if (headers['proxy-authorization'] !== expected)
      return void near.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n');
    const [host = '', port] = url.split(':');
    const far = connect(Number(port), host, () => near.write('HTTP/1.1 200 OK\r\n\r\n'));
    far.pipe(near).pipe(far);
    for (const socket of [far, near]) socket.on('error', () => socket.destroy());
  });
  for (const server of [hub, proxy]) await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  vi.stubEnv('PROXY_PASSWORD', 'p@ss');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  for (const server of [hub, proxy]) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
  await authority.remove();
  rmSync(folder, { recursive: true });
});

const portOf = (server: Server) => (server.address() as AddressInfo).port;
async function call(settings: Partial<AgentSettings>) {
  const transport = createTransport(
    { hub: `https://127.0.0.1:${portOf(hub)}`, data: folder, ca: join(folder, 'ca.pem'), ...settings },
    '1',
  );
  try {
    const request = { method: 'GET', path: '/x', timeout: 5000 } as const;
    const reply = await transport.call(request, new AbortController().signal);
    return { reply, expires: transport.certificateExpiresAt() };
  } finally {
    await transport.close();
  }
}
const proxyUrl = () => `http://127.0.0.1:${portOf(proxy)}`;
const credentials = { user: 'agent', password: 'env:PROXY_PASSWORD' };

it('goes through a proxy with credentials, and sees the hub’s own certificate', async () => {
  answer = { status: 200, body: '{"ok":true}' };
  const { reply, expires } = await call({ proxy: { url: proxyUrl(), ...credentials } });
  expect(reply).toEqual({ ok: true });
  expect(asked).toEqual([`127.0.0.1:${portOf(hub)}`]);
  // Certificates of these tests are good for five days.
  expect(expires?.getTime()).toBeGreaterThan(Date.now() + 4 * 86_400_000);
  expect(expires?.getTime()).toBeLessThan(Date.now() + 6 * 86_400_000);
});

it('says that the proxy did not let it through', async () => {
  await expect(call({ proxy: { url: proxyUrl() } })).rejects.toMatchObject({ kind: 'away' });
});

it('takes the proxy from the environment, and leaves out what NO_PROXY names', async () => {
  answer = { status: 200, body: '' };
  asked.length = 0;
  vi.stubEnv('HTTPS_PROXY', proxyUrl().replace('//', '//agent:p%40ss@'));
  await call({});
  expect(asked).toHaveLength(1);
  vi.stubEnv('NO_PROXY', '127.0.0.1');
  await call({});
  expect(asked).toHaveLength(1);
  vi.stubEnv('HTTPS_PROXY', undefined);
});

it('trusts nobody whom neither the machine nor the file of authorities knows', async () => {
  const other = await createAuthority('other');
  writeFileSync(join(folder, 'other.pem'), other.cert);
  await expect(call({ ca: join(folder, 'other.pem') })).rejects.toMatchObject({ kind: 'away' });
  await other.remove();
});

it.each([
  [401, {}, 'unauthorised', undefined],
  [413, {}, 'refused', undefined],
  [503, { 'retry-after': '7' }, 'busy', 7000],
  [502, {}, 'away', undefined],
])('tells %i from the others', async (status, headers, kind, wait) => {
  answer = { status, headers, body: '{"title":"이유","detail":"because"}' };
  const error = await call({}).catch((thrown: unknown) => thrown as { after?: Date });
  expect(error).toMatchObject({ kind, status, message: expect.stringContaining('because') });
  const after = (error as { after?: Date }).after;
  if (wait) expect(Math.abs((after?.getTime() ?? 0) - Date.now() - wait)).toBeLessThan(2000);
  else expect(after).toBeUndefined();
});
