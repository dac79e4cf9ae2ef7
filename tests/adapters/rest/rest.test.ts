import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { afterEach, describe, expect, test } from 'vitest';
import { samples, toChange } from '../../../adapters/conformance/samples.ts';
import { checkBoardSettings, createAdapter } from '../../../adapters/registry.ts';
import { Agency, compile } from '../../../schemas/index.ts';
import { inWords } from '../../support/in-words.ts';
import { readSampleAgency } from '../conformance/rest-fixture.ts';

const agency = await readSampleAgency();
const board = agency.board!;
const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** An adapter for a board that gives one reply to everything. */
const connect = (reply: unknown, settings: Record<string, unknown> = {}) =>
  connectTo((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(reply === undefined ? '' : JSON.stringify(reply));
  }, settings);

async function connectTo(answer: RequestListener, settings: Record<string, unknown> = {}) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const connection = { ...board, settings: { ...board.settings, endpoint, ...settings } };
  expect(checkBoardSettings(connection)).toEqual([]);
  const adapter = createAdapter(connection, { agency: 'sbiz', timeZone: 'Asia/Seoul', secret: () => 'key' });
  ends.push(
    () => adapter.close(),
    () => new Promise((resolve) => server.close(resolve)),
  );
  return adapter;
}

describe('settings', () => {
  test('the sample agency is a valid configuration', () => {
    expect(compile(Agency)(agency)).toMatchObject({ ok: true });
    expect(checkBoardSettings(board)).toEqual([]);
  });

  test('every mistake is told at once, with its place', () => {
    const pull = { ...(board.settings.pull as object), query: '{"a": ', path: 'x/{externalId}' };
    const codes = { ...(board.settings.codes as object), status: { RCPT: 'open' } };
    const push = { registered: { method: 'POST', path: 'x/{no}', body: '$code("stat", 1)' } };
    const problems = checkBoardSettings({
      ...board,
      settings: { ...board.settings, pull, codes, push, normalise: '((' },
    });
    expect(problems.map(({ pointer }) => pointer).sort()).toEqual([
      '/settings/codes/status/RCPT',
      '/settings/normalise',
      '/settings/pull/path',
      '/settings/pull/query',
      '/settings/push/registered/body',
      '/settings/push/registered/externalId',
      '/settings/push/registered/path',
    ]);
  });

  test.each([
    ['/settings/endpont', { endpont: 'http://127.0.0.1/' }],
    ['/settings/endpoint', { endpoint: 'ftp://127.0.0.1/' }],
    ['/settings/auth/secret', { auth: { kind: 'bearer', secret: 'plain text' } }],
    ['/settings/push/answerd', { push: { answerd: { method: 'POST', path: '' } } }],
  ])('%s is told', (pointer, change) => {
    const problems = checkBoardSettings({ ...board, settings: { ...board.settings, ...change } });
    expect(problems.map((problem) => problem.pointer)).toContain(pointer);
  });

  test('an unknown kind of board is told', () => {
    const unknown = { ...board, adapter: 'constructor' };
    expect(inWords(checkBoardSettings(unknown))).toMatchObject([
      { pointer: '/adapter', message: expect.stringContaining('rest') },
    ]);
    const context = { agency: 'sbiz', timeZone: 'Asia/Seoul', secret: () => '' };
    expect(() => createAdapter(unknown, context)).toThrow('agency sbiz: there is no adapter "constructor"');
  });

  test('the adapter carries what is configured', async () => {
    const adapter = await connect({});
    expect(adapter.carries.has('answered')).toBe(true);
    expect(adapter.carries.has('assigned')).toBe(false);
    const reader = await connect({}, { push: undefined, find: undefined });
    expect([reader.push, reader.find, reader.carries.size]).toEqual([undefined, undefined, 0]);
  });
});

describe('replies', () => {
  const context = () => ({ key: 'k', signal: AbortSignal.timeout(20_000) });
  const registered = toChange(samples.registered);

  test('an error inside a 200 is refused with the board’s words, or retried when it asks for that', async () => {
    const reply = { result: 'ERR', code: 'E_DB', msg: '저장하지 못했습니다' };
    const refused = await (await connect(reply)).push?.(registered, context());
    expect(inWords(refused)).toEqual({ kind: 'refused', reason: 'HTTP 200: E_DB: 저장하지 못했습니다' });
    const errorWhen = 'result = "ERR" ? {"retry": msg}';
    expect((await (await connect(reply, { errorWhen })).push?.(registered, context()))?.kind).toBe('retry');
  });

  test('a reply that does not name the new post is unknown, an empty one too', async () => {
    expect((await (await connect({ result: 'OK' })).push?.(registered, context()))?.kind).toBe('unknown');
    expect((await (await connect(undefined)).push?.(registered, context()))?.kind).toBe('unknown');
  });

  test('a code that cannot be written back is refused and named', async () => {
    const codes = { ...(board.settings.codes as object), channel: { E: 'email' } };
    const { content } = samples.registered.data;
    const byText = { ...content, complainant: { ...content.complainant, notifyBy: 'sms' as const } };
    const change = toChange({ type: 'registered', data: { content: byText } });
    const outcome = await (await connect({ result: 'OK' }, { codes })).push?.(change, context());
    expect(inWords(outcome)).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('no entry for "sms"'),
    });
  });

  test('a list that is missing, or posts of which none has an id, are malformed', async () => {
    const posts = [30, 31, 32].map((minute) => ({ updDt: `2026-11-20 09:${minute}:00` }));
    for (const reply of [{ result: 'OK' }, { result: 'OK', list: posts }]) {
      const adapter = await connect(reply);
      await expect(adapter.pull?.(undefined, AbortSignal.timeout(20_000))).rejects.toMatchObject({
        kind: 'malformed',
      });
    }
  });

  test('a post without a time takes the one before it and hides nobody', async () => {
    const list = [
      { mwNo: 1, updDt: '2026-11-20 09:30:00' },
      { mwNo: 2, updDt: '0000-00-00 00:00:00' },
      { mwNo: 3, updDt: '2026-11-20 09:31:00' },
    ];
    const pulled = await (await connect({ result: 'OK', list })).pull?.(
      undefined,
      AbortSignal.timeout(20_000),
    );
    expect(pulled?.posts.map((post) => post.externalId)).toEqual(['1', '2', '3']);
  });

  const pullText = async (body: Buffer, headers: Record<string, string>, settings = {}) => {
    const adapter = await connectTo(
      (_request, response) => response.writeHead(200, headers).end(body),
      settings,
    );
    const pulled = await adapter.pull?.(undefined, AbortSignal.timeout(20_000));
    return pulled?.posts ?? [];
  };

  test('ids beyond 2^53 stay apart: of posts and of their answers', async () => {
    const body = `{"result":"OK","list":[{"mwNo":9023393775362049,"updDt":"2026-11-22 09:00:00","replies":
      [{"no":2033735037361704962},{"no":2033735037361704963}]}]}`;
    const [post] = await pullText(Buffer.from(body), { 'content-type': 'application/json' });
    expect(post?.externalId).toBe('9023393775362049');
    expect(post?.raw).toMatchObject({
      replies: [{ no: '2033735037361704962' }, { no: '2033735037361704963' }],
    });
  });

  test('EUC-KR that nothing labels is read by the charset of the settings', async () => {
    const json = JSON.stringify({
      result: 'OK',
      list: [{ mwNo: 1, updDt: '2026-11-22 09:00:00', subject: '민원 제목' }],
    });
    const settings = { charset: 'euc-kr' };
    const [post] = await pullText(iconv.encode(json, 'cp949'), { 'content-type': 'text/plain' }, settings);
    expect(post?.raw).toMatchObject({ subject: '민원 제목' });
    const labelled = { 'content-type': 'application/json; charset=utf-8' };
    const [other] = await pullText(Buffer.from(json), labelled, settings);
    expect(other?.raw).toMatchObject({ subject: '민원 제목' });
  });

  test('a packed reply that nobody asked for is read', async () => {
    const json = JSON.stringify({ result: 'OK', list: [{ mwNo: 1, updDt: '2026-11-22 09:00:00' }] });
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    expect((await pullText(gzipSync(json), headers)).map(({ externalId }) => externalId)).toEqual(['1']);
  });
});
