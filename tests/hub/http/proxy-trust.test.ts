import { X509Certificate } from 'node:crypto';
import { request } from 'node:http';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../../hub/access/keys/api-keys.ts';
import { createSessions } from '../../../hub/access/people/sessions.ts';
import { findUserByLogin } from '../../../hub/access/people/users.ts';
import { toProxyCheck, warnOfUnknownProxy } from '../../../hub/http/proxy-trust.ts';
import type { Agency } from '../../../schemas/index.ts';
import { startTestHub, type TestHub } from '../../support/test-hub.ts';
import { createVisitor } from '../console/console-server.ts';
import { insertUsers, samplePassword } from '../console/sample-board.ts';
import { clientCertificate } from '../doors/client-certificate.ts';

const { raw, fingerprint256 } = new X509Certificate(clientCertificate);
const certificate = `:${raw.toString('base64')}:`;
const fingerprint = fingerprint256.replaceAll(':', '').toLowerCase();

/** Behind a proxy at 127.0.0.1; and one that waits for another proxy, so that this machine is a stranger. */
let behind: TestHub;
let apart: TestHub;
let session: string;
const keys: Record<string, string> = {};

beforeAll(async () => {
  const agency = (code: string, doors: Agency['doors']): Agency => ({
    code,
    name: { ko: code },
    officers: [{ name: '담당' }],
    ...(doors && { doors }),
  });
  const agencies = [
    agency('near', { networks: ['10.77.0.0/16'] }),
    agency('certified', { certificates: [fingerprint] }),
  ];
  const start = (environment: Record<string, string>) =>
    startTestHub(agencies, { rules: [], default: 'near' }, { ROLES: 'api', ...environment });
  behind = await start({ TRUST_PROXY: '127.0.0.1' });
  apart = await start({ TRUST_PROXY: '10.1.2.0/28' });
  for (const [name, hub] of Object.entries({ behind, apart }))
    for (const { code } of agencies) keys[`${name} ${code}`] = (await createApiKey(hub.store, code)).key;
  await insertUsers(behind.store);
  const user = await findUserByLogin(behind.store, 'admin');
  session = (await createSessions(behind.store, { hours: 1, idleMinutes: 60 }).open(user!.id)).token;
});
afterAll(async () => {
  await behind.stop();
  await apart.stop();
});

type Headers = Record<string, string>;

/** With `Host` as it is given, which fetch does not allow. */
function send(hub: TestHub, method: string, path: string, headers: Headers, body = '') {
  return new Promise<{ status?: number; headers: Headers; text: string }>((resolve, reject) => {
    const sent = request(hub.url + path, { method, headers }, async (response) => {
      const text = (await response.setEncoding('utf8').toArray()).join('');
      resolve({ status: response.statusCode ?? 0, headers: response.headers as Headers, text });
    });
    sent.on('error', reject).end(body);
  });
}

const search = async (name: 'behind' | 'apart', code: string, headers: Headers) => {
  const authorization = `Bearer ${keys[`${name} ${code}`]}`;
  return (await send({ behind, apart }[name], 'GET', '/api/v1/complaints', { authorization, ...headers }))
    .status;
};

describe('the address of a caller', () => {
  it.each([
    ['203.0.113.9', 403],
    ['10.77.1.1', 200],
    // What the caller wrote himself stands left of what the proxy saw.
    ['10.77.1.1, 203.0.113.9', 403],
    ['10.77.1.1, 127.0.0.1, 203.0.113.9', 403],
    ['10.77.1.1, 203.0.113.9, 127.0.0.1', 403],
    ['nonsense', 403],
    ['203.0.113.9, 10.77.1.1', 200],
  ])('behind our proxy, X-Forwarded-For: %s gives %i', async (chain, status) => {
    expect(await search('behind', 'near', { 'x-forwarded-for': chain })).toBe(status);
  });

  it('is that of the connection, where no proxy of ours has it; nor are certificates believed', async () => {
    expect(await search('apart', 'near', { 'x-forwarded-for': '10.77.1.1' })).toBe(403);
    expect(await search('apart', 'certified', { 'client-cert': certificate })).toBe(403);
    expect(await search('behind', 'certified', { 'client-cert': certificate })).toBe(200);
  });

  it('is told of once when somebody in front is not believed', async () => {
    const lines: string[] = [];
    const log = pino({}, { write: (line) => lines.push(line) });
    const warn = warnOfUnknownProxy(toProxyCheck('10.1.2.0/28'), log);
    const from = (remoteAddress: string) => ({ remoteAddress }) as never;
    await warn({ headers: {}, socket: from('127.0.0.1') });
    await warn({ headers: { 'x-forwarded-for': '192.0.2.1' }, socket: from('::ffff:10.1.2.3') });
    expect(lines).toEqual([]);
    for (const _ of [1, 2])
      await warn({ headers: { 'x-forwarded-for': '192.0.2.1' }, socket: from('127.0.0.1') });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('TRUST_PROXY');
  });
});

describe('TLS at a proxy', () => {
  const enter = async (hub: TestHub, headers: Headers) => {
    const body = String(new URLSearchParams({ login: 'admin', password: samplePassword }));
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    return send(hub, 'POST', '/sign-in', { ...type, ...headers }, body);
  };

  it('makes cookies secure and asks browsers to stay with https, without PUBLIC_URL', async () => {
    const entered = await enter(behind, { 'x-forwarded-proto': 'https' });
    expect(String(entered.headers['set-cookie'])).toMatch(/__Host-session=.*Path=\/; .*HttpOnly; Secure/);
    expect(entered.headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
    const plain = await enter(behind, { 'x-forwarded-proto': 'https, http' });
    expect(String(plain.headers['set-cookie'])).toMatch(
      /^session=[^;]+; Path=\/; Expires=[^;]+; HttpOnly; SameSite/,
    );
    const health = await send(behind, 'GET', '/health/live', { 'x-forwarded-proto': 'https' });
    expect(health.headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
  });

  it('is not believed of a stranger', async () => {
    const refused = await enter(apart, { 'x-forwarded-proto': 'https' });
    expect(refused.headers).not.toHaveProperty('strict-transport-security');
  });
});

describe('the address of the hub', () => {
  const evil = { host: 'evil.example', 'x-forwarded-host': 'evil.example' };

  it('is never what X-Forwarded-Host says', async () => {
    const headers = { 'x-forwarded-host': 'evil.example', 'x-forwarded-for': '192.0.2.1' };
    for (const path of ['/.well-known/minwon-hub', '/soap/v1?wsdl', '/api/v1/openapi.json'])
      expect((await send(behind, 'GET', path, headers)).text, path).not.toContain('evil.example');
  });

  it('stands in sheets with keys only where the hub knows it; else nothing is made', async () => {
    const visitor = createVisitor(behind.url);
    visitor.cookies.set('session', session);
    const count = async () => (await behind.store.pool.query('select from api_keys')).rowCount;
    const before = await count();
    const { text } = await visitor.get('/agencies/near');
    const [, formToken = ''] = /name="formToken" value="([^"]+)"/.exec(text) ?? [];
    const type = { 'content-type': 'application/x-www-form-urlencoded', cookie: `session=${session}` };
    for (const [method, path] of [
      ['POST', '/agencies/near/keys'],
      ['GET', '/agencies/new'],
      ['POST', '/agencies/new'],
    ] as const) {
      const body = String(new URLSearchParams({ formToken, code: 'new', name: '새 기관', officer: '김' }));
      const refused = await send(behind, method, path, { ...type, ...evil }, method === 'POST' ? body : '');
      expect([path, refused.status, refused.text.includes('PUBLIC_URL')]).toEqual([path, 409, true]);
      expect(refused.text).not.toContain('evil.example');
    }
    expect(await count()).toBe(before);
    const sheet = await visitor.fill('/agencies/near', '/agencies/near/keys', {});
    expect(sheet.text).toContain(`${behind.url}/api/v1`);
  });
});
