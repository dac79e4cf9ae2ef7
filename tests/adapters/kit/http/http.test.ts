import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import {
  type BoardHttpSettings,
  createBoardHttp,
  kindOfStatus,
  toRetryAfter,
} from '../../../../adapters/kit/http/http.ts';
import { HttpError } from '../../../../adapters/kit/http/http-errors.ts';
import { toBoardError, toOutcome } from '../../../../adapters/kit/outcome/call-error.ts';

const networks = ['127.0.0.0/8'];
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** A server that does what a test says, and a client for it. */
async function connect(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
  settings: Partial<BoardHttpSettings> = {},
  secret: (reference: string) => string = () => 's3cret-value',
) {
  const server = createServer(handle).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/base/`;
  const http = createBoardHttp({ endpoint, auth: { kind: 'none' }, ...settings }, { secret, networks });
  ends.push(async () => {
    await http.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const send = (path = 'x', signal = AbortSignal.timeout(3000)) =>
    http.send({ method: 'POST', path, body: 'b' }, signal);
  return { http, send, endpoint };
}

async function errorOf(work: Promise<unknown>): Promise<HttpError> {
  const error = await work.catch((e: unknown) => e);
  expect(error).toBeInstanceOf(HttpError);
  return error as HttpError;
}

describe('what happened to a call', () => {
  test('a board that does not listen was sent nothing: retry, unreachable', async () => {
    const { endpoint } = await connect(() => undefined);
    for (const end of ends.splice(0)) await end();
    const http = createBoardHttp({ endpoint, auth: { kind: 'none' } }, { secret: () => '', networks });
    const error = await errorOf(http.send({ method: 'POST', path: '' }, AbortSignal.timeout(3000)));
    expect(error.kind).toBe('not_sent');
    expect(toOutcome(error).kind).toBe('retry');
    expect(toBoardError(error).kind).toBe('unreachable');
    await http.close();
  });

  test('a host without an address was sent nothing', async () => {
    const { http } = await connect(() => undefined, { endpoint: 'http://board.invalid/' });
    expect((await errorOf(http.send({ method: 'GET', path: '' }, AbortSignal.timeout(5000)))).kind).toBe(
      'not_sent',
    );
  });

  test.each<[string, (request: IncomingMessage, response: ServerResponse) => void]>([
    ['cut before the reply', (request) => request.socket.destroy()],
    [
      'cut within the reply',
      (request, response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('half', () => request.socket.destroy());
      },
    ],
  ])('a connection %s is unknown', async (_name, handle) => {
    const { send } = await connect(handle);
    const error = await errorOf(send());
    expect(error.kind).toBe('no_reply');
    expect(toOutcome(error).kind).toBe('unknown');
  });

  test('also on a connection that was used before', async () => {
    let calls = 0;
    const { send } = await connect((request, response) =>
      ++calls === 1 ? response.end('{}') : request.socket.destroy(),
    );
    await send();
    expect((await errorOf(send())).kind).toBe('no_reply');
    expect(calls).toBe(2);
  });

  test('a reply that is too large is malformed', async () => {
    const { send } = await connect((_request, response) => response.end('x'.repeat(2000)), {
      maxReplyBytes: 1000,
    });
    const error = await errorOf(send());
    expect(error).toMatchObject({ kind: 'malformed', message: 'the reply is too large' });
  });

  test.each([
    [400, 'refused'],
    [404, 'refused'],
    [409, 'refused'],
    [422, 'refused'],
    [401, 'refused'],
    [403, 'refused'],
    [429, 'retry'],
    [503, 'retry'],
    [500, 'unknown'],
    [502, 'unknown'],
    [504, 'unknown'],
    [302, 'unknown'],
    [408, 'unknown'],
  ])('status %i means %s for a push', (status, outcome) => {
    expect(toOutcome(new HttpError(kindOfStatus(status), '')).kind).toBe(outcome);
  });

  test.each([
    [500, true],
    [501, true],
    [502, undefined],
    [504, undefined],
    [520, undefined],
    [522, undefined],
    [524, undefined],
  ])('status %i comes from the board itself, which is over with the call: %s', (status, isOver) => {
    const reason = { code: 'said', said: '' };
    expect(toOutcome(new HttpError(kindOfStatus(status), ''))).toEqual({ kind: 'unknown', reason, isOver });
  });
});

test('Retry-After comes as seconds or as a date', () => {
  const now = Date.parse('2026-11-20T00:00:00Z');
  expect(toRetryAfter('120', now)).toEqual(new Date('2026-11-20T00:02:00Z'));
  expect(toRetryAfter('Fri, 20 Nov 2026 01:00:00 GMT', now)).toEqual(new Date('2026-11-20T01:00:00Z'));
  expect(toRetryAfter(undefined, now)).toBeUndefined();
  expect(toRetryAfter('soon', now)).toBeUndefined();
});

describe('requests', () => {
  test('go below the endpoint, with query and headers', async () => {
    const seen: string[] = [];
    const { http } = await connect(
      (request, response) => {
        seen.push(`${request.method} ${request.url} ${request.headers['x-agency']}`);
        response.end();
      },
      { headers: { 'x-agency': 'sbiz' } },
    );
    await http.send({ method: 'GET', path: '/api/a b', query: { q: '가&나' } }, AbortSignal.timeout(3000));
    await http.send({ method: 'GET', path: '' }, AbortSignal.timeout(3000));
    expect(seen).toEqual(['GET /base/api/a%20b?q=%EA%B0%80%26%EB%82%98 sbiz', 'GET /base/ sbiz']);
  });

  test.each([
    [
      { kind: 'basic', user: 'hub', password: 'env:P' } as const,
      'authorization',
      'Basic aHViOnMzY3JldC12YWx1ZQ==',
    ],
    [{ kind: 'bearer', secret: 'env:P' } as const, 'authorization', 'Bearer s3cret-value'],
    [{ kind: 'apiKey', header: 'X-Key', secret: 'env:P' } as const, 'x-key', 's3cret-value'],
  ])('carry the credentials %j', async (auth, header, value) => {
    let seen: unknown;
    const { send } = await connect(
      (request, response) => {
        seen = request.headers[header];
        response.end();
      },
      { auth },
    );
    await send();
    expect(seen).toBe(value);
  });

  test('a secret is read at each call, and a missing one is told without a call', async () => {
    const given = ['first', 'second'];
    const seen: unknown[] = [];
    const { send } = await connect(
      (request, response) => {
        seen.push(request.headers.authorization);
        response.end();
      },
      { auth: { kind: 'bearer', secret: 'env:KEY' } },
      () => {
        const next = given.shift();
        if (!next) throw new Error('KEY is not set');
        return next;
      },
    );
    await send();
    await send();
    const error = await errorOf(send());
    expect(seen).toEqual(['Bearer first', 'Bearer second']);
    expect(error).toMatchObject({ kind: 'unauthorised', message: expect.stringContaining('env:KEY') });
  });
});

test('a key that belongs in the query is sent with every call, and hidden where the board repeats it', async () => {
  const { send } = await connect(
    (request, response) => response.writeHead(200).end(`asked for ${request.url}`),
    {
      auth: { kind: 'query', parameter: 'serviceKey', secret: 'env:KEY' },
    },
  );
  expect((await send()).text).toMatch(/^asked for \/\S*\?serviceKey=\*\*\*$/);
});

describe('what is told of a reply', () => {
  async function told(status: number, type: string, body: string): Promise<string> {
    const { http, send } = await connect(
      (_request, response) => response.writeHead(status, { 'content-type': type }).end(body),
      { auth: { kind: 'bearer', secret: 'env:KEY' } },
    );
    return http.refuse(await send()).message;
  }

  test('the board’s own message, cut short and without a secret', async () => {
    expect(await told(422, 'application/json', '{"code":"E1","msg":"제목이 없습니다"}')).toBe(
      'HTTP 422: E1: 제목이 없습니다',
    );
    expect(await told(401, 'text/plain', 'bad key s3cret-value')).toBe(
      'credentials refused: HTTP 401: bad key ***',
    );
    expect((await told(400, 'text/plain', 'x'.repeat(5000))).length).toBeLessThan(350);
    expect(await told(200, 'text/html', '<html><title>점검 중</title>…')).toContain('an HTML page: 점검 중');
    expect(await told(400, 'text/plain; charset=euc-kr', '')).toBe('HTTP 400: no reason given');
  });
});
