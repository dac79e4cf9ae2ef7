import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Accepted } from '../../../hub/exchange/incoming.ts';
import { openStore, type Store } from '../../../hub/store/database.ts';
import { createFreshDatabase } from '../../support/fresh-database.ts';
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

test('a change is heard, also after the database broke the connection, and closing ends the streams', async () => {
  const stranger = await createVisitor(server.url).get('/events');
  expect(stranger.status).toBe(303);

  const visitor = createVisitor(server.url);
  await visitor.signIn('road');
  const stream = await visitor.call('/events');
  expect(stream.headers.get('content-type')).toBe('text/event-stream');
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
