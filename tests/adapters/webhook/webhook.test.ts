import { readFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CloudEventV1, HTTP } from 'cloudevents';
import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { receiptNumber, samples, toChange } from '../../../adapters/conformance/samples.ts';
import type { Change } from '../../../adapters/contract.ts';
import { signWebhook } from '../../../adapters/kit/http/webhook-signature.ts';
import { checkBoardSettings, createAdapter } from '../../../adapters/registry.ts';
import {
  Agency,
  compile,
  eventTypes,
  type NewEvent,
  WebhookEvent,
  WebhookPing,
} from '../../../schemas/index.ts';
import { inWords } from '../../support/in-words.ts';

const toSecret = (word: string) => `whsec_${Buffer.from(word.padEnd(24, '.')).toString('base64')}`;
const secrets: Record<string, string> = {
  'env:OLD': toSecret('old'),
  'env:NEW': toSecret('new'),
  'env:SHORT': `whsec_${Buffer.from('too short').toString('base64')}`,
  'env:RAW': 'no prefix at all, and no base64',
};

interface Request {
  method: string | undefined;
  path: string | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}
interface Reply {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
}
const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** An adapter whose receiver gives one reply to everything and keeps what it was sent. */
async function connect(settings: Record<string, unknown> = {}, reply: Reply = {}, hubUrl?: string) {
  const requests: Request[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    requests.push({ method: request.method, path: request.url, headers: request.headers, body });
    response.writeHead(reply.status ?? 204, reply.headers).end(reply.body);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/in?from=hub`;
  const board = {
    adapter: 'webhook',
    networks: ['127.0.0.0/8'],
    settings: { url, secrets: ['env:OLD'], ...settings },
  };
  expect(checkBoardSettings(board)).toEqual([]);
  const secret = (reference: string) => {
    const found = secrets[reference];
    if (!found) throw new Error('not there');
    return found;
  };
  const context = { agency: 'partner', timeZone: 'Asia/Seoul', secret, ...(hubUrl && { hubUrl }) };
  const adapter = createAdapter(board, context);
  ends.push(
    () => adapter.close(),
    () => new Promise((resolve) => server.close(resolve)),
  );
  const push = (change: Change, signal = AbortSignal.timeout(20_000)) =>
    adapter.push!(change, { key: `${receiptNumber}/${change.event.seq}`, signal });
  return { adapter, requests, push, server };
}

const answered = toChange(samples.answered, { externalId: 'C-1' });
const answeredData = {
  receiptNumber,
  role: 'assignee',
  externalId: 'C-1',
  event: {
    seq: 2,
    type: 'answered',
    at: '2026-11-20T10:00:00+09:00',
    by: 'hub',
    answer: samples.answered.data.answer,
  },
  complaint: answered.complaint,
};

describe('an event', () => {
  test('goes as a structured CloudEvent, to the address as configured', async () => {
    const { push, requests } = await connect();
    expect(await push(answered)).toEqual({ kind: 'done', ref: { externalId: 'C-1' }, status: 204 });
    const [{ method, path, headers, body }] = requests as [Request];
    expect([method, path]).toEqual(['POST', '/in?from=hub']);
    expect(headers['content-type']).toBe('application/cloudevents+json; charset=utf-8');
    expect(JSON.parse(body)).toEqual({
      specversion: '1.0',
      id: `partner/${receiptNumber}/2`,
      source: '/minwon-hub',
      type: 'minwon.complaint.answered.v1',
      time: '2026-11-20T10:00:00+09:00',
      datacontenttype: 'application/json',
      subject: receiptNumber,
      sequence: '0000000002',
      data: answeredData,
    });
    expect(headers['webhook-id']).toBe(`partner/${receiptNumber}/2`);
  });

  test.each(['structured', 'binary'])('is shown before it goes as it goes, in %s mode', async (mode) => {
    const { adapter, push, requests } = await connect({ mode, secrets: ['env:OLD', 'env:NEW'] });
    const draft = (await adapter.draft!(answered, `${receiptNumber}/2`)) as Record<string, never>;
    expect(requests).toEqual([]);
    await push(answered);
    const [{ method, path, headers, body }] = requests as [Request];
    const { url, headers: shown, ...rest } = draft as unknown as { url: string; headers: object };
    // Its query may be a password of the receiver.
    expect(`${new URL(url).pathname}?from=hub`).toBe(path);
    expect(rest).toEqual({ method, body: JSON.parse(body) });
    expect(shown).toEqual({
      ...Object.fromEntries(Object.keys(shown).map((name) => [name, headers[name]])),
      'webhook-timestamp': '$now()',
      'webhook-signature': 'v1,$signature(env:OLD) v1,$signature(env:NEW)',
    });
    const sent = Object.keys(headers).filter((name) => /^(ce-|webhook-|content-type)/.test(name));
    expect(Object.keys(shown).sort()).toEqual(sent.sort());
  });

  test.each<[string, Record<string, unknown>, string | undefined, string]>([
    ['the address of the hub', {}, 'https://hub.example', 'https://hub.example'],
    ['what the settings say', { source: '/ours' }, 'https://hub.example', '/ours'],
    ['a word where neither is known', {}, undefined, '/minwon-hub'],
  ])('names as its source %s, and so does a ping', async (_what, settings, hubUrl, source) => {
    const { adapter, push, requests } = await connect(settings, {}, hubUrl);
    await push(answered);
    await adapter.check(AbortSignal.timeout(20_000));
    expect(requests.map(({ body }) => (JSON.parse(body) as { source: string }).source)).toEqual([
      source,
      source,
    ]);
  });

  test('goes in binary mode, under another source and name', async () => {
    const settings = { mode: 'binary', source: 'https://hub.example/', typePrefix: 'example.hub' };
    const { push, requests } = await connect(settings);
    await push(answered);
    const [{ headers, body }] = requests as [Request];
    expect(JSON.parse(body)).toEqual(answeredData);
    const event = HTTP.toEvent({ headers: headers as Record<string, string>, body }) as CloudEventV1<unknown>;
    expect(event).toMatchObject({
      id: `partner/${receiptNumber}/2`,
      source: 'https://hub.example/',
      sequence: '0000000002',
      type: 'example.hub.complaint.answered.v1',
      subject: receiptNumber,
      datacontenttype: 'application/json',
      data: answeredData,
    });
    expect(() => new Webhook(secrets['env:OLD']!).verify(body, headers as never)).not.toThrow();
  });

  test('of every kind carries what the schema says, and no login of a person', async () => {
    const { push, requests, adapter } = await connect();
    const reason = { rule: 'default', text: '기본 규칙' };
    const { content } = samples.registered.data;
    const events: NewEvent[] = [
      samples.registered,
      { type: 'revised', data: { content } },
      { type: 'assigned', data: { to: 'partner', reason } },
      { type: 'transferred', data: { from: 'partner', to: 'hub', reason: '소관 아님' } },
      samples.inProgress,
      { type: 'interim_answered', data: samples.answered.data },
      samples.answered,
      { type: 'followed_up', data: { followUp: { text: '언제까지입니까?' } } },
      {
        type: 'step_taken',
        data: { step: { kind: 'officer_assigned', officer: { name: '이담당' }, user: 'officer-login' } },
      },
      { type: 'withdrawn', data: {} },
    ];
    expect(events.map(({ type }) => type).sort()).toEqual([...eventTypes].sort());
    expect([...adapter.carries].sort()).toEqual([...eventTypes].sort());
    const check = compile(WebhookEvent);
    for (const event of events) {
      const change = toChange(event);
      change.event.actor = { agency: 'sbiz', via: 'console', user: 'officer-login' };
      expect(await push(change)).toMatchObject({ kind: 'done' });
      const sent = JSON.parse(requests.at(-1)!.body);
      expect(check(sent), sent.type).toMatchObject({ ok: true });
      expect(sent.type).toBe(`minwon.complaint.${event.type}.v1`);
    }
    const step = JSON.parse(requests.at(-2)!.body).data.event.step;
    expect(step).toEqual({ kind: 'officer_assigned', officer: { name: '이담당' } });
    expect(JSON.stringify(requests)).not.toContain('officer-login');
  });

  test('that was not asked for is not sent', async () => {
    const { push, requests, adapter } = await connect({ events: ['answered'] });
    expect([...adapter.carries]).toEqual(['answered']);
    expect(await push(toChange(samples.registered))).toMatchObject({ kind: 'refused' });
    expect(requests).toEqual([]);
  });
});

describe('the signature', () => {
  test('agrees with the example of the specification', () => {
    // standardwebhooks.com and the libraries' own tests: secret, id, time and body with the signature that must follow.
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: '{"test": 2432232314}' };
    expect(signWebhook([secret], message, 1614265330_000)).toEqual({
      'webhook-id': message.id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  test('is made with both secrets while they overlap: either is enough for the receiver', async () => {
    const { push, requests } = await connect({ secrets: ['env:OLD', 'env:NEW'] });
    await push(answered);
    const [{ headers, body }] = requests as [Request];
    for (const name of ['env:OLD', 'env:NEW'])
      expect(() => new Webhook(secrets[name]!).verify(body, headers as never), name).not.toThrow();
    const other = new Webhook(toSecret('other'));
    expect(() => other.verify(body, headers as never)).toThrow('No matching signature');
    expect(() => new Webhook(secrets['env:OLD']!).verify(`${body} `, headers as never)).toThrow();
  });

  test.each(['env:SHORT', 'env:RAW', 'env:ABSENT'])(
    'with an unusable secret (%s) nothing is sent, and the reason names it without telling it',
    async (reference) => {
      const { push, requests, adapter } = await connect({ secrets: ['env:OLD', reference] });
      const outcome = await push(answered);
      expect(inWords(outcome)).toMatchObject({ kind: 'refused', reason: expect.stringContaining(reference) });
      expect(JSON.stringify(outcome)).not.toContain(secrets[reference] ?? secrets['env:OLD']);
      expect(await adapter.check(AbortSignal.timeout(20_000))).toMatchObject({ ok: false });
      expect(requests).toEqual([]);
    },
  );
});

const json = { 'content-type': 'application/json' };
const problem = { 'content-type': 'application/problem+json' };
const page = '<!DOCTYPE html><title>Maintenance</title>';
describe('a reply', () => {
  test.each<[string, Reply, string]>([
    ['204', { status: 204 }, 'C-1'],
    ['202 without a word', { status: 202 }, 'C-1'],
    // Express and Flask send a plain text so.
    ['200 "ok" called HTML', { status: 200, headers: { 'content-type': 'text/html' }, body: 'ok' }, 'C-1'],
    ['JSON without an id', { status: 200, headers: json, body: '{"received":true}' }, 'C-1'],
    // FastAPI says so where a handler returns nothing.
    ['JSON that is no object', { status: 200, headers: json, body: 'null' }, 'C-1'],
    ['an id', { status: 201, headers: json, body: '{"externalId":"X-9"}' }, 'X-9'],
    ['an id as a number', { status: 200, headers: json, body: '{"externalId":9}' }, '9'],
  ])('%s is done', async (_name, reply, externalId) => {
    const { push } = await connect({}, reply);
    expect(await push(answered)).toEqual({ kind: 'done', ref: { externalId }, status: reply.status });
  });

  test('without an id leaves our receipt number, which the data then does not repeat', async () => {
    const { push, requests } = await connect();
    const outcome = await push(toChange(samples.registered));
    expect(outcome).toEqual({ kind: 'done', ref: { externalId: receiptNumber }, status: 204 });
    await push(toChange(samples.answered, { externalId: receiptNumber }));
    for (const { body } of requests) expect(JSON.parse(body).data).not.toHaveProperty('externalId');
  });

  test.each<[number, string, string, Reply]>([
    [400, 'refused', '필드 오류', { headers: problem, body: '{"title":"필드 오류"}' }],
    [401, 'refused', '401', {}],
    [404, 'refused', '404', {}],
    [409, 'refused', 'no: later', { headers: problem, body: '{"title":"later","detail":"no"}' }],
    [410, 'refused', 'Gone', {}],
    [413, 'refused', '413', {}],
    [422, 'refused', '422', {}],
    [408, 'unknown', '408', {}],
    [425, 'unknown', '425', {}],
    [500, 'unknown', '500', {}],
    [502, 'unknown', '502', {}],
    [504, 'unknown', '504', {}],
    [200, 'unknown', 'Maintenance', { headers: { 'content-type': 'text/html' }, body: page }],
    [200, 'unknown', 'not the reply', { headers: json, body: '{"externalId":"X' }],
    [200, 'unknown', 'externalId', { headers: json, body: `{"externalId":"${'x'.repeat(201)}"}` }],
    [200, 'unknown', 'externalId', { headers: json, body: '{"externalId":"a\\u0000b"}' }],
    [200, 'unknown', 'too large', { body: 'x'.repeat(2 * 1024 * 1024) }],
  ])('of status %i is %s (%s)', async (status, kind, reason, reply) => {
    const { push } = await connect({}, { status, ...reply });
    expect(inWords(await push(answered))).toMatchObject({ kind, reason: expect.stringContaining(reason) });
  });

  test('that refuses names the fields, as RFC 9457 does', async () => {
    const errors = [
      { pointer: '#/data/complaint/content/title', detail: '100자까지 받습니다' },
      { pointer: '#/data', detail: { no: 'text' } },
      null,
    ];
    const body = JSON.stringify({ title: '받을 수 없습니다', errors });
    const { push } = await connect({}, { status: 422, headers: problem, body });
    expect(inWords(await push(answered))).toEqual({
      kind: 'refused',
      reason: 'HTTP 422: 받을 수 없습니다',
      fields: [{ pointer: '/data/complaint/content/title', message: '100자까지 받습니다' }],
      status: 422,
    });
  });

  test.each([429, 503])('of status %i with Retry-After is tried later', async (status) => {
    const { push } = await connect({}, { status, headers: { 'retry-after': '120' } });
    const outcome = await push(answered);
    if (outcome.kind !== 'retry' || !outcome.after) throw new Error(JSON.stringify(outcome));
    const seconds = (outcome.after.getTime() - Date.now()) / 1000;
    expect(seconds).toBeGreaterThan(115);
    expect(seconds).toBeLessThan(121);
  });

  test('that sends it elsewhere is not followed', async () => {
    const elsewhere = await connect();
    const { port } = elsewhere.server.address() as AddressInfo;
    const { push } = await connect({}, { status: 307, headers: { location: `http://127.0.0.1:${port}/in` } });
    expect(inWords(await push(answered))).toMatchObject({
      kind: 'unknown',
      reason: expect.stringContaining('307'),
    });
    expect(elsewhere.requests).toEqual([]);
  });

  test('that cannot come, for nobody listens, is tried later', async () => {
    const { push, server } = await connect();
    await new Promise((resolve) => server.close(resolve));
    expect(await push(answered)).toMatchObject({ kind: 'retry' });
  });
});

describe('settings', () => {
  const good = { url: 'https://partner.example/in', secrets: ['env:A', 'file:/run/secrets/b'] };
  const problemsOf = (settings: Record<string, unknown>) =>
    checkBoardSettings({ adapter: 'webhook', settings }).map(({ pointer }) => pointer);

  test('are good', () => expect(problemsOf(good)).toEqual([]));

  test('the worked example is a valid configuration', async () => {
    const file = new URL('../../boards/webhook-receiver/agency.yaml', import.meta.url);
    const agency = parse(await readFile(file, 'utf8'));
    expect(compile(Agency)(agency)).toMatchObject({ ok: true });
    expect(checkBoardSettings(agency.board)).toEqual([]);
  });

  test.each([
    ['/settings/url', { url: 'ftp://partner.example/' }],
    ['/settings/url', { url: 'https://user:word@partner.example/' }],
    ['/settings/url', { url: 'https://partner.example/#part' }],
    ['/settings/secrets', { secrets: [] }],
    ['/settings/secrets', { secrets: ['env:A', 'env:B', 'env:C'] }],
    ['/settings/secrets', { secrets: ['env:A', 'env:A'] }],
    ['/settings/secrets/0', { secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'] }],
    ['/settings/events/0', { events: ['answerd'] }],
    ['/settings/source', { source: 'two words' }],
    ['/settings/typePrefix', { typePrefix: 'kr-example.' }],
    ['/settings/pull', { pull: {} }],
  ])('%s is told: %j', (pointer, change) => {
    expect(problemsOf({ ...good, ...change })).toEqual([pointer]);
  });
});

test('check sends a signed ping that tells nothing', async () => {
  const { adapter, requests } = await connect();
  const report = await adapter.check(AbortSignal.timeout(20_000));
  expect(report).toMatchObject({ ok: true });
  expect(report.lines.map(({ what }) => inWords(what))).toEqual(['encryption', 'take a signed ping']);
  const [{ headers, body }] = requests as [Request];
  new Webhook(secrets['env:OLD']!).verify(body, headers as never, { jsonParse: false });
  expect(JSON.parse(body)).toMatchObject({ type: 'minwon.ping.v1', data: { agency: 'partner' } });
  expect(compile(WebhookPing)(JSON.parse(body))).toMatchObject({ ok: true });
});
