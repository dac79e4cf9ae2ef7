import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Hub, startHub } from '../../../../hub/app.ts';
import { disclosureOf } from '../../../../hub/complaints/disclosure/disclosure.ts';
import { createAttempts } from '../../../../hub/exchange/delivery/attempts.ts';
import { findBehindLinks } from '../../../../hub/exchange/delivery/behind-links.ts';
import { readSettings } from '../../../../hub/settings.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { openSender, type Sender, senderAgency } from '../../../support/sender.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import { configure } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { startWireBoards, toWireAgency, type WireBoards } from '../../../support/wire-board.ts';

let boards: WireBoards;
let hub: Hub;
let store: Store;
let sender: Sender;

const second = 1000;

/** Moves the database's clock for every connection that opens later: `now()` is found here before PostgreSQL's own. */
async function moveClock(url: string): Promise<void> {
  const plain = openStore(url, 1);
  await plain.pool.query(`
    create schema moved;
    create table moved.clock (ahead interval not null);
    insert into moved.clock values ('0 s');
    create function moved.now() returns timestamptz stable language sql
      as 'select pg_catalog.now() + ahead from moved.clock';
    do $$ begin execute format('alter database %I set search_path = public, moved, pg_catalog', current_database()); end $$`);
  await plain.close();
}

beforeAll(async () => {
  boards = await startWireBoards();
  const agencies = [
    toWireAgency(boards, 'late', { timeout: 0.3, settling: 4, breaker: { failures: 1000 } }),
    toWireAgency(boards, 'still', { maintenance: [{ days: everyDay, from: '00:00', to: '00:00' }] }),
    senderAgency,
  ];
  const rules = ['late', 'still'].map((to) => ({ when: { category: [to] }, to }));
  const url = await createFreshDatabase();
  await moveClock(url);
  store = openStore(url, 4);
  await configure(store, agencies, { rules, default: 'late' });
  const settings = readSettings({ DATABASE_URL: url, PORT: '0', LOG_LEVEL: 'silent' });
  hub = await startHub(settings, { log: pino({ level: 'silent' }) });
  sender = await openSender({ store, url: hub.url });
});
afterAll(async () => {
  await hub.stop();
  await store.close();
  await boards.close();
});

const everyDay: ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[] = [
  'mon',
  'tue',
  'wed',
  'thu',
  'fri',
  'sat',
  'sun',
];
const setAhead = (ahead: string) => store.pool.query('update moved.clock set ahead = $1', [ahead]);

it('a board that settles is asked a few times, also by a hub whose clock is behind the database', async () => {
  await setAhead('30 s');
  boards.behave = ({ kind }) => (kind === 'push' ? 'hang' : undefined);
  await sender.file('앞선 시계', 'late');
  const kinds = () => boards.calls.map(({ kind }) => kind);
  await waitFor('the second sending', () => kinds().filter((kind) => kind === 'push').length === 2, 20_000);
  const [first, ...calls] = boards.calls;
  const again = calls.find(({ kind }) => kind === 'push');
  expect((again?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(4 * second);
  expect(calls.indexOf(again as (typeof calls)[number]), 'questions in between').toBeLessThan(8);
  boards.behave = () => undefined;
});

it.each(['1 hour', '-1 hour'])(
  'a mark is as old as it is, and a pause as long, with a database %s ahead',
  async (ahead) => {
    await setAhead('0 s');
    await sender.file(`시계 ${ahead}`, 'still');
    await setAhead(ahead);
    await store.pool.query("update links set next_at = now() - interval '1 second'");
    const attempts = createAttempts(store);
    const find = async () =>
      (await findBehindLinks(store, { agency: 'still', disclosure: disclosureOf(undefined) }, [], 100)).find(
        ({ attempting }) => attempting,
      );
    const [link] = await findBehindLinks(
      store,
      { agency: 'still', disclosure: disclosureOf(undefined) },
      [],
      1,
    );
    await attempts.start(link!.id, 1);
    const marked = await find();
    expect(Math.abs(Date.now() - marked!.attemptingSince!.getTime())).toBeLessThan(5 * second);
    const parts = {
      linkId: link!.id,
      held: 0,
      externalId: null,
      attempting: 1,
      tries: 1,
      state: 'open',
    } as const;
    const since = new Date(Date.now() - 60 * second);
    const nextAt = new Date(Date.now() + 60 * second);
    await attempts.record({
      ...parts,
      attemptingSince: since,
      nextAt,
      lastError: null,
      owner: null,
      parts: {},
    });
    const { rows } = await store.pool.query(
      `select extract(epoch from next_at - now())::float8 as pause, extract(epoch from now() - attempting_since)::float8 as age
     from links where id = $1`,
      [link!.id],
    );
    expect(rows[0].pause).toBeGreaterThan(50);
    expect(rows[0].pause).toBeLessThan(61);
    expect(rows[0].age).toBeGreaterThan(59);
    expect(rows[0].age).toBeLessThan(70);
  },
);
