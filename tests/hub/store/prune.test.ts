import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore, type Store } from '../../../hub/store/database.ts';
import { pruneWhatIsOver } from '../../../hub/store/prune.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';

let store: Store;
beforeAll(async () => {
  store = openStore(await createFreshDatabase());
});
afterAll(() => store.close());

const count = async (table: string) =>
  Number((await store.pool.query(`select count(*) from ${table}`)).rows[0].count);

it('removes what is over, a batch at a time, and nothing else', async () => {
  await store.pool.query(`
    insert into seen_messages select 'alpha', sha256(n::text::bytea), now() - interval '1 second' from generate_series(1, 7000) n;
    insert into seen_messages values ('alpha', '\\x01', now() + interval '1 minute');
    insert into door_windows values ('gone', now() - interval '2 hours', 5), ('idle', now() - interval '1 minute', 5),
      ('busy', now() + interval '1 minute', 5);
    insert into door_slots values ('gone', gen_random_uuid(), 1, now() - interval '1 hour'),
      ('busy', gen_random_uuid(), 1, now() + interval '3 seconds');
    insert into alert_messages (id, audience, channel, address, subject, text, state, next_at, created_at)
      select gen_random_uuid(), 'operator', 'email', 'a@example.kr', state || age, '', state, now(), now() - age::interval
      from unnest(array['sent', 'failed', 'due']) state, unnest(array['1 day', '91 days']) age;
    insert into idempotency_keys select 'alpha', age, 'A-1', 'v', gen_random_uuid(), now() - age::interval
      from unnest(array['1 minute', '29 days', '31 days']) age`);
  await pruneWhatIsOver(store);
  expect(await count('seen_messages')).toBe(2001);
  await pruneWhatIsOver(store);
  expect(await count('seen_messages')).toBe(1);
  const names = async (sql: string) => (await store.pool.query(sql)).rows.map(({ name }) => name);
  expect(await names('select agency as name from door_windows order by 1')).toEqual(['busy', 'idle']);
  expect(await names('select agency as name from door_slots')).toEqual(['busy']);
  expect(await names('select key as name from idempotency_keys order by 1')).toEqual(['1 minute', '29 days']);
  expect(await names('select subject as name from alert_messages order by 1')).toEqual([
    'due1 day',
    'due91 days',
    'failed1 day',
    'sent1 day',
  ]);
});

it('does not wait for rows that somebody else has in hand', async () => {
  await store.pool.query(`insert into door_windows values ('held', now() - interval '2 hours', 5)`);
  const holder = await store.pool.connect();
  await holder.query('begin');
  await holder.query(`select from door_windows where agency = 'held' for update`);
  await pruneWhatIsOver(store);
  expect(await count('door_windows')).toBe(3);
  await holder.query('rollback');
  holder.release();
  await pruneWhatIsOver(store);
  expect(await count('door_windows')).toBe(2);
});
