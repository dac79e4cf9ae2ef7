import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { globSync, readFileSync } from 'node:fs';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import { request as ask } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApiKey } from '../../../hub/access/keys/api-keys.ts';
import { createSessions } from '../../../hub/access/people/sessions.ts';
import { findUserByLogin } from '../../../hub/access/people/users.ts';
import { startTestHub, type TestHub } from '../../support/test-hub.ts';
import { sampleDirectory } from '../console/sample-agencies.ts';
import { insertComplaint, insertParkedItem, insertUsers } from '../console/sample-board.ts';

/** Every route of a running hub, as it was declared. */
const routes: { method: string; url: string }[] = [];
/** Counts the requests that were let through to what answers them. */
let handled = 0;
const listen = (message: unknown) =>
  (message as { fastify: FastifyInstance }).fastify.addHook('onRoute', (route: RouteOptions) => {
    const { method, url, config, handler } = route;
    if (config?.isRefused) return;
    for (const one of [method].flat()) if (one !== 'HEAD') routes.push({ method: one, url });
    route.handler = function (this: FastifyInstance, request: FastifyRequest, reply) {
      handled += 1;
      return handler.call(this, request, reply);
    };
  });

let hub: TestHub;
let key: string;
let parameters: Record<string, string>[];
beforeAll(async () => {
  subscribe('fastify.initialization', listen);
  const agencies = sampleDirectory.listAgencies().map(({ board: _, ...agency }) => agency);
  hub = await startTestHub(agencies, { rules: [], default: 'tax' }, { ROLES: 'api' });
  unsubscribe('fastify.initialization', listen);
  await insertUsers(hub.store);
  key = (await createApiKey(hub.store, 'tax')).key;
  const { receiptNumber } = await insertComplaint(hub.store);
  const id = await insertParkedItem(hub.store);
  parameters = [
    { receiptNumber, code: 'tax', agency: 'tax', id, form: 'answer', action: 'pause', day: '2026-11-20' },
    {},
  ];
});
afterAll(() => hub.stop());

const multipart = (...parts: string[]) =>
  [...parts.map((part) => `--b\r\nContent-Disposition: form-data; ${part}\r\n`), '--b--\r\n'].join('');
const form = 'application/x-www-form-urlencoded';
const parted = 'multipart/form-data; boundary=b';

/** What may stand in a body, by content type; with a token in it, as far as it goes, the form is one of ours. */
function listBodies(token: string): [type: string | undefined, body: string | undefined][] {
  const first = `name="formToken"\r\n\r\n${token}`;
  return [
    [undefined, undefined],
    [undefined, 'words'],
    ...['', 'null', '[]', '"text"', '5', '{}', '{"login":5,"ids":{}}', '{'].map((body): [string, string] => [
      'application/json',
      body,
    ]),
    ['text/plain', 'text'],
    ['text/xml', '<a/>'],
    ['application/octet-stream', '\0'],
    ['nonsense', 'x'],
    ...[
      '',
      'login=a&login=b&password=x&password=y&to=/a&to=//b',
      `formToken=${token}`,
      `formToken=${token}&ids=x&ids=%00&body=null&reason=%00&agency=&password=a&password=b&decision=repair&language=%F0`,
      `formToken=${token}&body=%5B&reason=x&link=y&decision=dismiss&ids=%00&agency=tax&perMinute=1e9&from=x&mark=%00`,
      `formToken=${token}&__proto__=1&constructor=2&toString=3&hasOwnProperty=4`,
    ].map((body): [string, string] => [form, body]),
    [parted, ''],
    [parted, multipart()],
    [parted, '--b\r\nContent-Disposition: form-data; name="x"'],
    [parted, multipart('name="login"\r\n\r\na', 'name="password"\r\n\r\nb')],
    [parted, multipart(first)],
    [parted, multipart(first, 'name="text"\r\nContent-Type: application/json\r\n\r\n{"toString":1}')],
    [parted, multipart(first, 'filename="a.pdf"\r\n\r\n%PDF', 'name="uploaded"\r\n\r\n\0')],
    [parted, multipart(first, 'name="toString"\r\n\r\nx', 'name="f"; filename=""\r\n\r\n')],
    ['multipart/form-data', multipart(first)],
  ];
}

/** A session of its own for each route: one of them ends it. */
async function toCallers(): Promise<Caller[]> {
  const sessions = createSessions(hub.store, { hours: 1, idleMinutes: 60 });
  const user = await findUserByLogin(hub.store, 'admin');
  const { token } = await sessions.open(user!.id);
  const session = await sessions.find(token, false);
  return [
    { token: '', headers: {} },
    { token: session!.formToken, headers: { cookie: `session=${token}` }, belongs: (url) => !isDoor(url) },
    { token: '', headers: { authorization: `Bearer ${key}` }, belongs: isDoor },
  ];
}

interface Caller {
  /** Of the session's forms. */
  token: string;
  headers: Record<string, string>;
  /** Whether the route is for such a caller. Absent: only where everybody is let in. */
  belongs?(url: string): boolean;
}

const isDoor = (url: string) => /^\/(api|soap|agent)\//.test(url);

type Body = ReturnType<typeof listBodies>[number];
/** So many bodies are sent where nobody looks into them. */
const few = 5;
let turn = 0;

/** All bodies, each time from where the last few ended: over the routes, each is among the first, and the first of its type. */
function listTurned(token: string): Body[] {
  const bodies = listBodies(token);
  const from = (turn * few) % bodies.length;
  turn += 1;
  return [...bodies.slice(from), ...bodies.slice(0, from)];
}

type Answer = [status: number, sent: string];

async function send(
  method: string,
  path: string,
  headers: object,
  [type, body]: Partial<Body>,
): Promise<Answer> {
  const response = await ask(hub.url + path, {
    method: method as 'POST',
    ...(body !== undefined && { body: Buffer.from(body) }),
    headers: { ...headers, ...(type && { 'content-type': type }) },
  });
  const isStream = String(response.headers['content-type']).startsWith('text/event-stream');
  const text = isStream ? '' : await response.body.text();
  if (isStream) response.body.on('error', () => undefined).destroy();
  // SOAP 1.1 has every fault come with 500 (section 6.2); a fault of ours would name no fault of the sender.
  const isFault = path.startsWith('/soap/') && /<code>(?!unavailable)/.test(text);
  const status = isFault ? 400 : response.statusCode;
  return [status, `${status} ${method} ${path} ${type} ${JSON.stringify(body)}`];
}

/**
 * Sends these bodies; what was answered, by status. Where a type is refused as such (415), nobody reads its bodies: one
 * is enough, and which one it is changes from route to route.
 */
async function sendAll(method: string, path: string, { headers }: Caller, bodies: Body[]): Promise<Answer[]> {
  if (method === 'GET') return [await send(method, path, headers, [])];
  const answers: Answer[] = [];
  const refused = new Set<string | undefined>();
  for (const body of bodies) {
    if (refused.has(body[0])) continue;
    const answer = await send(method, path, headers, body);
    if (answer[0] === 415) refused.add(body[0]);
    answers.push(answer);
  }
  return answers;
}

/**
 * Whoever is let in sends every body. Of the others, whom a part that all routes share turns away, each sends a few, and
 * so it is where the address names nothing.
 */
async function sendWhatMatters(url: string, method: string, path: string, caller: Caller): Promise<Answer[]> {
  const [bodies, before] = [listTurned(caller.token), handled];
  const begun = await sendAll(method, path, caller, bodies.slice(0, few));
  if (method === 'GET') return begun;
  const namesNothing = url.includes(':') && path === fill(url, {});
  if (namesNothing || (handled === before && !caller.belongs?.(url))) return begun;
  return [...begun, ...(await sendAll(method, path, caller, bodies.slice(few)))];
}

const fill = (url: string, given: Record<string, string>) =>
  url.replaceAll(/:(\w+)|\*/g, (_, name: string) => given[name] ?? '%00%ff');

test('no route fails on a body that is missing or odd, whoever sends it', async () => {
  expect(routes.filter(({ method }) => method === 'POST').length).toBeGreaterThan(40);
  const failures: string[] = [];
  for (const { method, url } of routes)
    for (const path of new Set(parameters.map((given) => fill(url, given))))
      for (const caller of await toCallers())
        for (const [status, sent] of await sendWhatMatters(url, method, path, caller))
          if (status >= 500) failures.push(sent);
  expect(failures).toEqual([]);
}, 600_000);

test('no page changes anything for a signed-in person without the token, however the form is written', async () => {
  const changing = routes.filter(({ method, url }) => method !== 'GET' && !isDoor(url));
  // Anything else is an answer of the page itself: its handler was reached.
  const refusals = new Set([400, 403, 415]);
  const taken: string[] = [];
  for (const { method, url } of changing) {
    const [, administrator] = await toCallers();
    const without = { token: '', headers: administrator?.headers ?? {} };
    for (const [status, sent] of await sendAll(
      method,
      fill(url, parameters[0] ?? {}),
      without,
      listTurned(''),
    ))
      if (!refusals.has(status)) taken.push(sent);
  }
  expect(taken).toEqual([]);
}, 600_000);

/** Names in addresses: of doors; of pages, as their sources read them; and those that are words, which are tried alone, too. */
const askedAtDoors = [
  ...[
    'status',
    'state',
    'agency',
    'category',
    'since',
    'until',
    'from',
    'to',
    'before',
    'after',
    'cursor',
    'limit',
  ],
  ...[
    'endpoint',
    'operation',
    'request',
    'problem',
    'externalId',
    'receiptNumber',
    'kind',
    'name',
    'form',
    'actor',
  ],
];
const askedOfPages = new Set(
  globSync('hub/console/**/*.ts').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\b(?:asked|given)(?:\(\))?\.(\w+)/g)].map(
      ([, name]) => name ?? '',
    ),
  ),
);
const ofWords = ['q', 'search', 'text', 'name', 'number', 'agency', 'subject', 'actor'];

/** Each address with these words for what it names, and with them in its query: at once, or one by one at doors, which refuse what they do not know. */
function listHostile(url: string, words: string): string[] {
  const places = ['receiptNumber', 'code', 'agency', 'id', 'form', 'day'];
  const hostile = Object.fromEntries(places.map((name) => [name, encodeURIComponent(words)]));
  if (isDoor(url) && url.includes(':')) return [fill(url, hostile)];
  const one = (...names: string[]) => new URLSearchParams(names.map((name) => [name, words]));
  const whole = [...askedOfPages].filter((name) => !['before', 'after'].includes(name));
  const queries = isDoor(url)
    ? askedAtDoors.map((name) => one(name))
    : [one(...whole), one('after'), ...ofWords.map((name) => one(name))];
  return [fill(url, hostile), ...queries.map((query) => `${fill(url, parameters[0] ?? {})}?${query}`)];
}

test('words that end a string of SQL are words, wherever they stand in an address', async () => {
  // Whatever string or name it ended, what follows is no SQL.
  const words = `%x' ) ;; " or (`;
  const [, admin, program] = await toCallers();
  const failures: string[] = [];
  for (const { url } of routes.filter(({ method, url: one }) => method === 'GET' && one !== '/events')) {
    const caller = (isDoor(url) ? program : admin) as Caller;
    for (const path of listHostile(url, words)) {
      const [status, sent] = await send('GET', path, caller.headers, []);
      if (status >= 500) failures.push(sent);
    }
  }
  expect(askedOfPages.size).toBeGreaterThan(40);
  expect(failures).toEqual([]);
  expect((await hub.store.pool.query('select from users')).rowCount).toBeGreaterThan(3);
}, 600_000);

/** What looking writes: who looked, when a session and a key were last used, calls, and limits. */
const isTrace = (table: string) =>
  /^(access_(entries|unsealed|seals)|door_)/.test(table) ||
  ['sessions', 'api_keys', 'factor_asks'].includes(table);

test('no GET changes anything, whoever asks', async () => {
  const { rows } = await hub.store.pool.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' order by tablename`,
  );
  const names = rows.map(({ name }) => name).filter((name) => !isTrace(name));
  expect(names.length).toBeGreaterThan(50);
  const look = async () => {
    const states: Record<string, string> = {};
    for (const name of names) {
      const found = await hub.store.pool.query(
        `select md5(coalesce(string_agg(t::text, ',' order by t::text), '')) as state from "${name}" t`,
      );
      states[name] = found.rows[0].state;
    }
    return states;
  };
  const before = await look();
  for (const { url } of routes.filter(({ method }) => method === 'GET'))
    for (const path of new Set(parameters.map((given) => fill(url, given))))
      for (const { headers } of await toCallers()) await send('GET', path, headers, []);
  expect(await look()).toEqual(before);
}, 600_000);
