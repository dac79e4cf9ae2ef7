import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore, type Store } from '../../../hub/store/database.ts';
import { migrate } from '../../../hub/store/migrate.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';

const folder = new URL('../../../hub/store/migrations/', import.meta.url);

let store: Store;
beforeAll(async () => {
  store = openStore(await createFreshDatabase());
  await store.pool.query('drop schema public cascade; create schema public');
  await store.pool.query(
    'create table migrations (name text primary key, checksum text not null, applied_at timestamptz not null default now())',
  );
  for (const name of (await readdir(folder)).sort()) {
    if (name >= '0023') break;
    const text = await readFile(new URL(name, folder), 'utf8');
    await store.pool.query(text);
    const checksum = createHash('sha256').update(text).digest('hex');
    await store.pool.query('insert into migrations (name, checksum) values ($1, $2)', [name, checksum]);
  }
});
afterAll(() => store.close());

it('reasons that were kept as text are kept as words, and the kind that stood before them as a column', async () => {
  await store.pool.query(
    `insert into boards (agency, poll_error, last_error) values
       ('away', 'unreachable: no connection: ECONNREFUSED', 'HTTP 500: 시스템 오류'),
       ('odd', 'TypeError: x is no function', null), ('well', null, null)`,
  );
  const item = `insert into raw_items (id, agency, source, external_id, version, body, actor, received_at, outcome, problems, note)
    values ($1::uuid, 'away', 'poll', $1::text, '1', '{}', '{}', now(), $2, $3, $4)`;
  const ids = ['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002'];
  const problems = [
    { pointer: '/content/title', message: 'is required' },
    {
      pointer: '',
      message:
        'a mail about this complaint did not arrive at kim@gone.example (5.1.1): correct the address in the settings and send it again',
    },
    { pointer: '/headers/from', message: 'who is this? must name one sender' },
  ];
  await store.pool.query(item, [ids[0], 'parked', JSON.stringify(problems), null]);
  await store.pool.query(item, [ids[1], 'discarded', null, '시험 글']);
  await store.pool.query(
    `insert into alerts (id, condition, subject, state, since, seen_at, count, items) values
       (gen_random_uuid(), 'ledger-difference', 'away', 'open', now(), now(), 1, '["2026-11-20 link-missing: x"]'),
       (gen_random_uuid(), 'backlog', 'away', 'open', now(), now(), 0, '[]')`,
  );
  expect(await migrate(store.pool)).toContain('0023-reasons.sql');

  const said = (text: string) => ({ code: 'said', said: text });
  const { rows: boards } = await store.pool.query(
    'select agency, poll_error, poll_error_kind, last_error from boards order by agency',
  );
  expect(boards).toEqual([
    {
      agency: 'away',
      poll_error: said('no connection: ECONNREFUSED'),
      poll_error_kind: 'unreachable',
      last_error: said('HTTP 500: 시스템 오류'),
    },
    {
      agency: 'odd',
      poll_error: said('TypeError: x is no function'),
      poll_error_kind: null,
      last_error: null,
    },
    { agency: 'well', poll_error: null, poll_error_kind: null, last_error: null },
  ]);
  const { rows: items } = await store.pool.query('select problems, note from raw_items order by id');
  expect(items).toEqual([
    {
      problems: [
        { pointer: '/content/title', reason: said('is required') },
        { pointer: '', reason: { code: 'mail_bounced', params: { who: 'kim@gone.example (5.1.1)' } } },
        {
          pointer: '/headers/from',
          reason: { code: 'mail_who', params: { detail: said('must name one sender') } },
        },
      ],
      note: null,
    },
    { problems: null, note: said('시험 글') },
  ]);
  const { rows: alerts } = await store.pool.query('select condition, items from alerts order by condition');
  expect(alerts).toEqual([
    { condition: 'backlog', items: [] },
    {
      condition: 'ledger-difference',
      items: [{ ...said('2026-11-20 link-missing: x'), params: { day: '2026-11-20' } }],
    },
  ]);
});
