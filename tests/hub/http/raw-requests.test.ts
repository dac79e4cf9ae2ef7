import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../../hub/access/keys/api-keys.ts';
import { findRepeated } from '../../../hub/http/single-headers.ts';
import { startTestHub, type TestHub } from '../../support/test-hub.ts';

let hub: TestHub;
let bearer: string;
beforeAll(async () => {
  const alpha = { code: 'alpha', name: { ko: '가' }, officers: [{ name: '담당' }] };
  hub = await startTestHub([alpha], { rules: [], default: 'alpha' }, { ROLES: 'api' });
  bearer = `authorization: Bearer ${(await createApiKey(hub.store, 'alpha')).key}`;
});
afterAll(() => hub.stop());

const json = JSON.stringify({
  externalId: 'raw-1',
  content: {
    title: '제목',
    body: '내용',
    kind: 'query',
    complainant: { name: '김민원' },
    filedAt: '2026-11-20T09:30:00+09:00',
  },
});
const length = Buffer.byteLength(json);

it('a program that looks for the API elsewhere is told so by a problem, and a person by a page', async () => {
  const ask = (accept: string) => fetch(`${hub.url}/openapi.json`, { headers: { accept } });
  const [program, person] = [await ask('application/json'), await ask('text/html,application/json;q=0.9')];
  expect([program.status, await program.json()]).toMatchObject([
    404,
    { type: 'urn:minwon-hub:problem:not-found' },
  ]);
  expect([person.status, person.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
});

/** Every byte as it is written here; all that comes back until the connection ends. */
async function send(lines: string[], body = ''): Promise<string> {
  const { port, hostname } = new URL(hub.url);
  const socket = connect(Number(port), hostname).setEncoding('utf8');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
  const timer = setTimeout(() => socket.destroy(), 20_000);
  const chunks: string[] = [];
  socket.on('data', (chunk: string) => chunks.push(chunk));
  await once(socket, 'close');
  clearTimeout(timer);
  return chunks.join('');
}
const end = 'connection: close';
const post = (...headers: string[]) => ['POST /api/v1/complaints HTTP/1.1', ...headers, end];
const good = ['host: hub', 'content-type: application/json'];
const statuses = (text: string) => [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => status);
const count = async () =>
  Number((await hub.store.pool.query('select count(*) from complaints')).rows[0].count);

describe('requests that are sent before the reply to those before', () => {
  const ask = ['GET /health/live HTTP/1.1', 'host: hub'];
  const last = `GET /health/live HTTP/1.1\r\nhost: hub\r\n${end}\r\n\r\n`;
  const piped = (count: number) => send(ask, `${`${ask.join('\r\n')}\r\n\r\n`.repeat(count - 2)}${last}`);

  it('are answered in their order, as far as a client sends so', async () => {
    expect(statuses(await piped(16))).toEqual(Array.from({ length: 16 }, () => '200'));
  });

  it('end the connection where they are many: their replies would all have to be kept', async () => {
    expect(statuses(await piped(400)).length).toBeLessThanOrEqual(16);
    expect(statuses(await piped(2))).toEqual(['200', '200']);
  });
});

describe('a request that two readers would read in two ways', () => {
  const smuggled = `GET /metrics HTTP/1.1\r\nhost: hub\r\n\r\n`;
  it.each<[string, string[], string]>([
    ['two lengths', [...good, `content-length: ${length}`, 'content-length: 5'], json],
    ['the same length twice', [...good, `content-length: ${length}`, `content-length: ${length}`], json],
    ['a list of lengths', [...good, `content-length: ${length}, ${length}`], json],
    ['a length with a sign', [...good, `content-length: +${length}`], json],
    [
      'a length and chunks',
      [...good, 'content-length: 4', 'transfer-encoding: chunked'],
      `0\r\n\r\n${smuggled}`,
    ],
    [
      'chunks and a length',
      [...good, 'transfer-encoding: chunked', 'content-length: 4'],
      `0\r\n\r\n${smuggled}`,
    ],
    [
      'chunks that are hidden',
      [...good, 'content-length: 4', 'transfer-encoding : chunked'],
      `0\r\n\r\n${smuggled}`,
    ],
    ['chunks of a kind', [...good, 'transfer-encoding: xchunked'], `0\r\n\r\n${smuggled}`],
    [
      'chunks twice',
      [...good, 'transfer-encoding: chunked', 'transfer-encoding: identity'],
      `0\r\n\r\n${smuggled}`,
    ],
    ['chunks of a length that is none', [...good, 'transfer-encoding: chunked'], `5;x\n{"a":\r\n0\r\n\r\n`],
    ['a folded header', [...good, 'x-a: b', ' content-length: 5', `content-length: ${length}`], json],
    ['a bare line feed', [...good, `x-a: b\ncontent-length: 5`, `content-length: ${length}`], json],
    ['two hosts', ['host: hub', ...good, `content-length: ${length}`], json],
    ['no host', ['content-type: application/json', `content-length: ${length}`], json],
    ['NUL in a header', [...good, 'x-a: \0', `content-length: ${length}`], json],
  ])('%s: refused, once, and nothing is done', async (_what, headers, body) => {
    const before = await count();
    const reply = await send(post(bearer, ...headers), body);
    expect(statuses(reply)).toEqual(['400']);
    expect(reply).not.toMatch(/^(server|x-powered-by|via):/im);
    expect(reply).not.toMatch(/node|fastify|llhttp|parse error/i);
    expect(await count()).toBe(before);
  });

  it.each<[string, string[]]>([
    ['credentials', ['authorization: Bearer other']],
    ['Idempotency-Key', ['idempotency-key: a', 'Idempotency-Key: b']],
    ['Content-Type', ['Content-Type: text/plain']],
    ['Client-Cert', ['client-cert: :AA==:', 'client-cert: :BB==:']],
  ])('two %s: refused with words', async (_what, more) => {
    const reply = await send(post(bearer, ...good, ...more, `content-length: ${length}`), json);
    expect(statuses(reply)).toEqual(['400']);
    expect(reply).toContain('application/problem+json');
    expect(reply).toMatch(/the header [a-z-]+ stands in the request more than once/);
  });

  it('is told in the words of whichever door or page it came to', async () => {
    const twice = ['host: hub', 'host: other', end];
    const soap = await send([
      'POST /soap/v1 HTTP/1.1',
      ...twice,
      'content-type: text/xml',
      'content-length: 0',
    ]);
    expect(soap).toMatch(/<soap:Fault>.*the header host stands/);
    expect(statuses(await send(['GET /soap/v1?wsdl HTTP/1.1', ...twice]))).toEqual(['400']);
    expect(statuses(await send(['GET /sign-in HTTP/1.1', ...twice]))).toEqual(['400']);
    for (const path of ['/api/v1/nowhere', '/.well-known/minwon-hub', '/nowhere'])
      expect(statuses(await send([`GET ${path} HTTP/1.1`, ...twice])), path).toEqual(['400']);
  });

  it('one that is as it should be is taken', async () => {
    const reply = await send(
      post(bearer, ...good, 'idempotency-key: raw', `content-length: ${length}`),
      json,
    );
    expect(statuses(reply)).toEqual(['201']);
    expect(reply).not.toMatch(/^(server|x-powered-by|via):/im);
  });
});

describe('a request that costs', () => {
  it('a head larger than 16 KiB is refused', async () => {
    const reply = await send(post(...good, `x-a: ${'a'.repeat(17_000)}`));
    expect(statuses(reply)).toEqual(['431']);
  });

  it('more headers than anybody sends are refused', async () => {
    const many = Array.from({ length: 5000 }, (_, n) => `a${n}: b`);
    expect(statuses(await send(post(...good, ...many)))[0]).toBe('431');
  });

  it('a head that does not end is given up', { timeout: 40_000 }, async () => {
    const { port, hostname } = new URL(hub.url);
    const socket = connect(Number(port), hostname).setEncoding('utf8');
    socket.on('error', () => undefined);
    socket.write('GET /health/live HTTP/1.1\r\nhost: hub\r\nx-slow: ');
    const began = Date.now();
    const drip = setInterval(() => socket.write('a'), 1_000);
    socket.resume();
    await once(socket, 'close');
    clearInterval(drip);
    expect(Date.now() - began).toBeLessThan(30_000);
  });
});

it('headers that are lists may come in several lines', () => {
  expect(findRepeated(['If-Match', '"1"', 'if-match', '"2"', 'Accept', 'a', 'Accept', 'b'])).toBeUndefined();
  expect(findRepeated(['Host', 'a', 'X', 'b', 'hOST', 'a'])).toBe('host');
});
