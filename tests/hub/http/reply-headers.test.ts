import { once } from 'node:events';
import { connect } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../../hub/access/keys/api-keys.ts';
import { createSessions } from '../../../hub/access/people/sessions.ts';
import { findUserByLogin } from '../../../hub/access/people/users.ts';
import { createWaitingDoor } from '../../../hub/http/waiting-door.ts';
import { readSettings } from '../../../hub/settings.ts';
import { startTestHub, type TestHub } from '../../support/test-hub.ts';
import { insertUsers } from '../console/sample-board.ts';

/** As behind a proxy that ends TLS: `PUBLIC_URL` says that people come by https. */
const environment = { ROLES: 'api', PUBLIC_URL: 'https://hub.example.kr', METRICS_PORT: '0' };
let hub: TestHub;
let callers: Record<string, Record<string, string>>;
beforeAll(async () => {
  const alpha = { code: 'alpha', name: { ko: '가' }, officers: [{ name: '담당' }] };
  hub = await startTestHub([alpha], { rules: [], default: 'alpha' }, environment);
  await insertUsers(hub.store);
  const admin = await findUserByLogin(hub.store, 'admin');
  const { token } = await createSessions(hub.store, { hours: 1, idleMinutes: 60 }).open(admin!.id);
  callers = {
    nobody: {},
    admin: { cookie: `__Host-session=${token}` },
    alpha: { authorization: `Bearer ${(await createApiKey(hub.store, 'alpha')).key}` },
  };
});
afterAll(() => hub.stop());

/** Sends these bytes and gives what comes back until the connection ends. */
async function sendRaw(url: string, text: string): Promise<string> {
  const { port, hostname } = new URL(url);
  const socket = connect(Number(port), hostname).setEncoding('utf8');
  const chunks: string[] = [];
  socket.on('error', () => undefined).on('data', (chunk: string) => chunks.push(chunk));
  await once(socket, 'connect');
  socket.write(text);
  await once(socket, 'close');
  return chunks.join('');
}

const sendsSafely = (headers: Headers) => {
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toMatch(/default-src 'none'/);
  expect(policy).toMatch(/base-uri 'none'/);
  expect(policy).toMatch(/frame-ancestors '(none|self)'/);
  expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|\*/);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('referrer-policy')).toMatch(/^(no-referrer|same-origin)$/);
  expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
};

describe('every reply says what a browser may do with it, and that it comes by https', () => {
  it.each([
    ['nobody', 200, '/health/live'],
    ['nobody', 200, '/health/ready'],
    ['nobody', 200, '/sign-in'],
    ['nobody', 303, '/'],
    ['nobody', 404, '/assets/none.css'],
    ['nobody', 404, '/nowhere'],
    ['nobody', 400, '/%ff'],
    ['nobody', 401, '/api/v1/complaints'],
    ['nobody', 200, '/api/v1/openapi.json'],
    ['nobody', 200, '/api/v1/docs/'],
    ['nobody', 200, '/soap/v1?wsdl'],
    ['nobody', 200, '/.well-known/minwon-hub'],
    ['nobody', 401, '/agent/v1/changes'],
    ['alpha', 200, '/api/v1/complaints'],
    ['alpha', 404, '/api/v1/complaints/26-0000-0000-0'],
    ['admin', 200, '/'],
    ['admin', 404, '/complaints/26-0000-0000-0'],
    ['admin', 200, '/process.csv'],
    ['admin', 200, '/events'],
  ])('%s, %i: %s', async (caller, status, path) => {
    const leaving = new AbortController();
    const response = await fetch(hub.url + path, {
      headers: callers[caller] ?? {},
      redirect: 'manual',
      signal: leaving.signal,
    });
    leaving.abort();
    expect(response.status).toBe(status);
    sendsSafely(response.headers);
    const type = response.headers.get('content-type') ?? '';
    // A text without a charset would be read in another one by some.
    if (/^text\/|[+/]xml/.test(type)) expect(type).toMatch(/charset=utf-8/i);
  });

  it('also of what is no request, of which nobody learns what reads it', async () => {
    const reply = await sendRaw(hub.url, 'NONSENSE\r\n\r\n');
    expect(reply).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(reply).toMatch(/^x-content-type-options: nosniff\r$/m);
    expect(reply).toMatch(/^content-security-policy: default-src 'none'; .*frame-ancestors 'none'\r$/m);
    expect(reply).toMatch(/\r\n\r\n\{"type":"about:blank","title":"Bad Request","status":400\}$/);
  });

  it('also while the hub cannot start yet', async () => {
    const settings = readSettings({ PORT: '0', PUBLIC_URL: environment.PUBLIC_URL });
    const lines: { port?: number }[] = [];
    const log = pino({}, { write: (line) => void lines.push(JSON.parse(line) as { port?: number }) });
    const door = createWaitingDoor(settings, log);
    await door.say('the database is away');
    const response = await fetch(`http://127.0.0.1:${lines[0]?.port}/`);
    expect(response.status).toBe(503);
    sendsSafely(response.headers);
    await door.close();
  });

  it('and the metrics are not guessed to be a page', async () => {
    for (const path of ['/metrics', '/other']) {
      const { headers } = await fetch(new URL(path, hub.metricsUrl));
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });
});

it('pages have a policy of their own: their scripts run, and their forms say where they come from', async () => {
  for (const [caller, path] of [
    ['nobody', '/sign-in'],
    ['admin', '/'],
    ['admin', '/nowhere'],
  ] as const) {
    const { headers } = await fetch(hub.url + path, { headers: callers[caller] ?? {} });
    const policy = headers.get('content-security-policy') ?? '';
    for (const part of ['script-src', 'style-src', 'connect-src', 'form-action'])
      expect(policy, path).toMatch(new RegExp(`(^|;) ?${part} 'self'(;|$)`));
    // With no-referrer a browser would send `Origin: null` with a form.
    expect(headers.get('referrer-policy')).toBe('same-origin');
  }
});

it('no reply is open to pages of other sites, but for the addresses of the doors', async () => {
  const origin = { origin: 'https://evil.example' };
  const openTo = async (path: string, caller: string, method = 'GET') => {
    const asking = { ...callers[caller], ...origin, 'access-control-request-method': 'POST' };
    const { headers } = await fetch(hub.url + path, { method, headers: asking, redirect: 'manual' });
    return headers.get('access-control-allow-origin');
  };
  for (const path of ['/', '/sign-in', '/api/v1/complaints', '/api/v1/openapi.json', '/soap/v1?wsdl'])
    for (const method of ['GET', 'OPTIONS'])
      for (const caller of ['nobody', 'alpha', 'admin'])
        expect(await openTo(path, caller, method), `${method} ${path}`).toBeNull();
  expect(await openTo('/.well-known/minwon-hub', 'nobody')).toBe('*');
});

it('TRACE gives nothing back of what was sent', async () => {
  for (const path of ['/', '/api/v1/complaints', '/soap/v1', '/health/live']) {
    const secret = `cookie: ${callers.admin?.cookie}`;
    const reply = await sendRaw(
      hub.url,
      `TRACE ${path} HTTP/1.1\r\nhost: hub\r\n${secret}\r\nconnection: close\r\n\r\n`,
    );
    expect(reply).toMatch(/^HTTP\/1\.1 (403|404|405)/);
    expect(reply).not.toContain('__Host-session');
  }
});
