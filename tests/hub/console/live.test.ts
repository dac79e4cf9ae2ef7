import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { disableUser } from '../../../hub/access/accounts/administer.ts';
import { hashToken } from '../../../hub/access/keys/secret-token.ts';
import type { Accepted } from '../../../hub/exchange/intake/incoming.ts';
import { openStore, type Store } from '../../../hub/store/database.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';
import { waitFor } from '../../support/wait-for.ts';
import {
  type ConsoleServer,
  createRecordedAccept,
  createRecordedActions,
  createVisitor,
  startConsole,
} from './console-server.ts';
import { insertUsers } from './sample-board.ts';

let store: Store;
let server: ConsoleServer;
const none: Accepted = { outcome: 'duplicate', complaintId: 'x', receiptNumber: 'x', lastSeq: 1 };

beforeAll(async () => {
  store = openStore(await createFreshDatabase());
  await insertUsers(store);
  server = await startConsole(store, {
    accept: createRecordedAccept(() => none).accept,
    parked: createRecordedActions(() => none),
  });
});
afterAll(() => store.close());

const listeners = async () => {
  const { rows } = await store.pool.query<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database() and application_name = 'minwon-hub listener'`,
  );
  return rows.map(({ pid }) => pid);
};

/** Opens a stream; `open` until its end comes. */
async function openStream(visitor: ReturnType<typeof createVisitor>) {
  const leaving = new AbortController();
  const response = await visitor.call('/events', { signal: leaving.signal });
  const stream = { status: response.status, open: response.status === 200, heard: '', leaving };
  const read = async () => {
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) stream.heard += chunk;
  };
  read()
    .catch(() => undefined)
    .finally(() => {
      stream.open = false;
    });
  return stream;
}

const signIn = async (login: string) => {
  const visitor = createVisitor(server.url);
  await visitor.signIn(login);
  return visitor;
};

test('one person has twelve streams, over all sessions, and takes no place of others; who leaves gives it back', async () => {
  const [first, second, other] = [await signIn('admin'), await signIn('admin'), await signIn('tax')];
  const streams = await Promise.all(Array.from({ length: 40 }, (_, n) => openStream(n % 2 ? first : second)));
  const open = streams.filter(({ status }) => status === 200);
  expect([open.length, new Set(streams.map(({ status }) => status))]).toEqual([12, new Set([200, 429])]);
  expect((await openStream(other)).status).toBe(200);
  for (const { leaving } of open) leaving.abort();
  // Eighty who hang up before they hear anything leave nothing behind.
  const hasty = Array.from({ length: 80 }, () => {
    const { port, hostname } = new URL(server.url);
    const socket = connect(Number(port), hostname).on('error', () => undefined);
    const cookie = `session=${first.cookies.get('session')}`;
    socket.end(`GET /events HTTP/1.1\r\nhost: hub\r\ncookie: ${cookie}\r\n\r\n`, () => socket.destroy());
    return once(socket, 'close');
  });
  await Promise.all(hasty);
  await waitFor('all twelve places', async () => {
    const again = await Promise.all(Array.from({ length: 12 }, () => openStream(first)));
    for (const { leaving } of again) leaving.abort();
    return again.every(({ status }) => status === 200);
  });
});

test('a stream ends with its session: signed out, disabled or over, and no other does', async () => {
  const [leaves, late, stays] = [
    await signIn('counsellor'),
    await signIn('auditor'),
    await signIn('counsellor'),
  ];
  const { rows } = await store.pool.query(`select id from users where login = 'road'`);
  const disabled = await openStream(await signIn('road'));
  const [out, over, open] = [await openStream(leaves), await openStream(late), await openStream(stays)];
  await leaves.fill('/', '/sign-out', {});
  await waitFor('the end after signing out', () => !out.open);
  await disableUser(store, rows[0].id, { actor: 'admin', way: 'console' });
  await waitFor('the end of who was disabled', () => !disabled.open);
  await store.pool.query(
    `update sessions set expires_at = now() - interval '1 second' where token_hash = $1`,
    [hashToken(late.cookies.get('session')!)],
  );
  // The heartbeat finds it, every twenty seconds.
  await waitFor('the end of the session', () => !over.open, 60_000);
  expect(open.open).toBe(true);
  open.leaving.abort();
  await store.pool.query(`update users set disabled_at = null where login = 'road'`);
}, 120_000);

test('a page hears of what changed while it was loading', async () => {
  const visitor = await signIn('tax');
  await store.pool.query('notify hub_changes');
  const stream = await openStream(visitor);
  await waitFor('the first look', () => stream.heard.includes('event: look'));
  stream.leaving.abort();
});

test('a change is heard, also after the database broke the connection, and closing ends the streams', async () => {
  const stranger = await createVisitor(server.url).get('/events');
  expect(stranger.status).toBe(303);

  const visitor = createVisitor(server.url);
  await visitor.signIn('road');
  const stream = await visitor.call('/events');
  expect(stream.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  let heard = '';
  const ended = (async () => {
    for await (const chunk of stream.body!.pipeThrough(new TextDecoderStream())) heard += chunk;
  })();
  const looks = () => heard.split('event: look').length - 1;

  const [first] = await waitFor(
    'one listener',
    async () => (await listeners()).length === 1 && (await listeners()),
  );
  const before = looks();
  await store.pool.query(`notify hub_changes, 'secret'`);
  await waitFor('the page is told', () => looks() > before);
  expect(heard).not.toContain('secret');

  await store.pool.query('select pg_terminate_backend($1)', [first]);
  await waitFor('another listener', async () => (await listeners()).some((pid) => pid !== first));
  await waitFor('pages look after a break', () => looks() > before + 1);

  await server.app.close();
  await ended;
  await waitFor('no listener is left', async () => (await listeners()).length === 0);
});
