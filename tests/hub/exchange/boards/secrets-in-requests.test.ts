import { Writable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRedactedLog } from '../../../../adapters/relay/redacted-log.ts';
import { type Hub, startHub } from '../../../../hub/app.ts';
import { readSettings } from '../../../../hub/settings.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { type KeyedBoard, startKeyedBoard, toKeyedAgency } from '../../../boards/keyed-board/index.ts';
import { openSender, type Sender, senderAgency } from '../../../support/sender.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import { configure } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';

const secrets = { serviceKey: 'Abc+/9f=&<키>"7d2==', password: "p'w/한글&x1+%41", header: 'hdr-71c0ffee' };
const faults = ['json-500', 'html-500', 'xml-400', 'told-in-200', 'no-json', 'cut', 'fields'] as const;
let board: KeyedBoard;
let store: Store;
let hub: Hub;
let sender: Sender;
let log = '';

beforeAll(async () => {
  board = await startKeyedBoard(secrets);
  process.env.KEYED_SERVICE = secrets.serviceKey;
  process.env.KEYED_PASSWORD = secrets.password;
  process.env.KEYED_HEADER = secrets.header;
  const url = await createFreshDatabase();
  store = openStore(url, 4);
  const keyed = toKeyedAgency(board.url, 'keyed');
  // The pauses of a breaker that trips would last longer than the test.
  keyed.board = { ...keyed.board!, breaker: { failures: 1000, pause: 0.1, longestPause: 0.2 } };
  await configure(store, [keyed, senderAgency], { rules: [], default: 'keyed' });
  const heard = new Writable({
    write(chunk, _encoding, done) {
      log += String(chunk);
      done();
    },
  });
  hub = await startHub(readSettings({ DATABASE_URL: url, PORT: '0' }), {
    log: createRedactedLog('trace', heard),
  });
  sender = await openSender({ store, url: hub.url });
});
afterAll(async () => {
  await hub.stop();
  await store.close();
  await board.close();
});

const query = async <T>(text: string, values: unknown[] = []) =>
  (await store.pool.query(text, values)).rows as T[];
const attemptsWith = (outcome: string) =>
  query<{ n: number }>('select count(*)::int as n from attempts where outcome = $1', [outcome]);

/** Every row of every table, as text. */
async function dump(): Promise<string> {
  const tables = await query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  expect(tables.length).toBeGreaterThan(20);
  const rows = await Promise.all(
    tables.map(({ name }) => query<{ row: string }>(`select t::text as row from ${name} t`)),
  );
  return rows
    .flat()
    .map(({ row }) => row)
    .join('\n');
}

/** Rows quote their texts in several layers. Without quotes and backslashes all layers look the same. */
const toBare = (text: string) => text.replace(/[\\"]/g, '');

/** The spellings that the board uses when it repeats what it was sent. */
const spellings = Object.values(secrets).flatMap((secret) => {
  const json = JSON.stringify(secret).slice(1, -1);
  const xml = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return [
    secret,
    encodeURIComponent(secret),
    json,
    xml,
    secret.slice(0, 8),
    encodeURIComponent(secret.slice(0, 8)),
  ];
});

it('brings a complaint with the secrets in body and header, and reads the board with one in the query', async () => {
  board.posts.push({ id: '7', title: '가로등이 꺼져 있습니다', updatedAt: '2026-11-20T09:30:00+09:00' });
  await sender.file('보도블록이 깨졌습니다');
  await waitFor('the ticket', async () =>
    board.taken.some(({ path, body }) => path === '/tickets' && body.Password === secrets.password),
  );
  const ticket = board.taken.find(({ path }) => path === '/tickets');
  expect(ticket).toMatchObject({ header: secrets.header, body: { note: `key ${secrets.password}` } });
  // The sender's program gave its title as its own number.
  expect(ticket).toMatchObject({ body: { originNo: '보도블록이 깨졌습니다' } });
  await waitFor('the post', async () => (await query('select 1 from complaints')).length === 2);
  expect(board.taken.find(({ path }) => path === '/list')).toMatchObject({
    query: { serviceKey: secrets.serviceKey },
  });
});

it('keeps them out of database and log, whatever goes wrong and whatever the board repeats', async () => {
  for (const fault of faults) {
    board.fault = fault;
    const before = board.taken.length;
    await sender.file(`고장 ${fault}`);
    await waitFor(`calls under ${fault}`, async () => {
      const calls = board.taken.slice(before);
      return (
        calls.some(({ path }) => path === '/tickets') &&
        calls.filter(({ path }) => path === '/list').length > 1
      );
    });
  }
  board.fault = 'none';
  process.env.KEYED_PASSWORD = 'wrong-password-5e1f';
  await sender.file('비밀번호가 바뀌었습니다');
  await waitFor('a refusal of the credentials', async () => {
    const shut = await query('select 1 from boards where unauthorised_since is not null');
    return shut.length > 0;
  });
  expect((await attemptsWith('refused'))[0]?.n).toBeGreaterThan(0);
  const everything = (await dump()) + log;
  expect(log).toContain('keyed');
  expect(everything).toContain('env:KEYED_SERVICE');
  expect(everything).toContain('given: ***');
  const bare = toBare(everything);
  for (const spelling of [...spellings, 'wrong-password-5e1f'])
    expect(bare.includes(toBare(spelling)), `${spelling} is somewhere`).toBe(false);
});
