import { type TOTP, URI } from 'otpauth';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTotpSecret, toTotpUri } from '../../../../hub/access/factors/totp.ts';
import type { Accepted } from '../../../../hub/exchange/intake/incoming.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import {
  type ConsoleServer,
  createRecordedAccept,
  createRecordedActions,
  createVisitor,
  startConsole,
} from '../console-server.ts';
import { insertUsers, samplePassword } from '../sample-board.ts';

let store: Store;
let server: ConsoleServer;
const logged: string[] = [];
const none: Accepted = { outcome: 'duplicate', complaintId: 'x', receiptNumber: 'x', lastSeq: 1 };

beforeAll(async () => {
  store = openStore(await createFreshDatabase());
  await insertUsers(store);
  server = await startConsole(store, {
    accept: createRecordedAccept(() => none).accept,
    parked: createRecordedActions(() => none),
    environment: { PUBLIC_URL: 'https://hub.example.kr' },
    logged,
  });
});
beforeEach(() => void logged.splice(0));
afterAll(async () => {
  await server.app.close();
  await store.close();
});

const idOf = async (login: string) =>
  (await store.pool.query('select id from users where login = $1', [login])).rows[0].id as string;
const said = () =>
  logged.map((line) => {
    const { level, msg, user, from, by, refused, route } = JSON.parse(line) as Record<string, unknown>;
    return { level, msg, user, from, by, refused, route };
  });
const enter = async (login: string) => {
  const visitor = createVisitor(server.url);
  await visitor.signIn(login);
  return visitor;
};

test('signing out is logged, and the browser forgets the pages and what a tab kept of them', async () => {
  const visitor = await enter('road');
  const session = visitor.cookies.get('__Host-session') ?? '';
  const out = await visitor.fill('/', '/sign-out', {});
  expect(out.headers.get('clear-site-data')).toBe('"cache", "storage"');
  expect(said()).toMatchObject([
    { msg: 'signed in' },
    { msg: 'signed out', user: await idOf('road'), from: '127.0.0.1' },
  ]);
  // A page of a session that is over makes the browser forget as well.
  visitor.cookies.set('__Host-session', session);
  expect((await visitor.get('/')).headers.get('clear-site-data')).toBe('"cache", "storage"');
  const stranger = await createVisitor(server.url).get('/');
  expect([stranger.status, stranger.headers.get('clear-site-data')]).toEqual([303, null]);
});

test('who signs in anew leaves no session behind', async () => {
  const visitor = await enter('road');
  const before = visitor.cookies.get('__Host-session') ?? '';
  const { text } = await visitor.get('/');
  const [, formToken = ''] = /name="formToken" value="([^"]+)"/.exec(text) ?? [];
  await visitor.post('/sign-in', { login: 'tax', password: samplePassword, formToken });
  expect(visitor.cookies.get('__Host-session')).not.toBe(before);
  const thief = createVisitor(server.url);
  thief.cookies.set('__Host-session', before);
  expect((await thief.get('/')).status).toBe(303);
  expect((await visitor.get('/account')).text).toContain('tax');
});

test('every cookie is for this host alone, over https alone, and no script reads it', async () => {
  const visitor = createVisitor(server.url);
  const replies = [
    await visitor.post('/sign-in', { login: 'road', password: samplePassword }),
    await visitor.get(`/link/${'a'.repeat(43)}`),
    await visitor.fill('/', '/language', { language: 'en' }),
  ];
  const set = replies.flatMap(({ headers }) => headers.getSetCookie());
  expect(set.map((line) => line.split('=')[0]).sort()).toEqual([
    '__Host-device',
    '__Host-language',
    '__Host-link',
    '__Host-session',
  ]);
  for (const line of set) {
    expect(line).toMatch(/; Path=\/(;|$)/);
    expect(line).toMatch(/; HttpOnly; Secure; SameSite=Lax$/);
    expect(line).not.toMatch(/domain=/i);
  }
  expect((await visitor.get('/')).text).toContain('<html lang="en">');
});

test('what a person has no right to, and a form from elsewhere, is logged; strangers fill no log', async () => {
  const visitor = await enter('road');
  const user = await idOf('road');
  logged.splice(0);
  await visitor.get('/users');
  await visitor.get('/complaints/26-0000-0000-0');
  await visitor.post('/account/profile', { name: 'x', formToken: 'x' });
  await visitor.post('/account/profile', { name: 'x' }, { origin: 'https://evil.example' });
  const stranger = createVisitor(server.url);
  await stranger.post('/sign-in', { login: 'road' }, { origin: 'https://evil.example' });
  const line = { level: 40, msg: 'a page was refused', user, from: '127.0.0.1' };
  expect(said()).toMatchObject([
    { ...line, refused: 'forbidden', route: '/users' },
    { ...line, refused: 'not_found', route: '/complaints/:receiptNumber' },
    { ...line, refused: 'stale_form', route: '/account/profile' },
    { ...line, refused: 'foreign_form', route: '/account/profile' },
  ]);
});

test('a wrong current password is logged, and a second factor with its kind', async () => {
  const visitor = await enter('counsellor');
  const user = await idOf('counsellor');
  logged.splice(0);
  const path = '/account/password';
  await visitor.fill('/account', path, {
    current: 'not it',
    password: 'long enough for a password',
    again: '',
  });
  expect(said()).toEqual([]);
  const password = 'seven crooked lanterns';
  await visitor.fill('/account', path, { current: 'not it', password, again: password });
  const email = { email: 'kim@office.example', emailCurrent: 'not it' };
  await visitor.fill('/account', '/account/email', email);
  const refused = { level: 40, msg: 'the current password was refused', user, from: '127.0.0.1' };
  expect(said()).toMatchObject([refused, refused]);
  logged.splice(0);

  const secret = createTotpSecret();
  await store.pool.query(
    `insert into second_factors (id, user_id, kind, name, secret) values ($1, $2, 'totp', 'telephone', $3)`,
    ['00000000-0000-7000-8000-000000000001', user, secret],
  );
  const next = createVisitor(server.url);
  await next.post('/sign-in', { login: 'counsellor', password: samplePassword });
  const code = (URI.parse(toTotpUri(secret, 'counsellor')) as TOTP).generate();
  await next.post('/sign-in/second', { code });
  expect(said()).toMatchObject([
    { level: 30, msg: 'a second factor was given', user, by: 'totp' },
    { msg: 'signed in', user },
  ]);
});
