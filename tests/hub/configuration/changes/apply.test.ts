import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  applyConfiguration,
  diffConfiguration,
  rollbackConfiguration,
} from '../../../../hub/configuration/changes/apply.ts';
import { exportConfiguration } from '../../../../hub/configuration/export.ts';
import { listInForce, listVersions } from '../../../../hub/configuration/versions.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { agencyFile, goodFiles, writeFolder } from '../example-folder.ts';

let store: Store;
beforeAll(async () => {
  store = openStore(await createFreshDatabase());
});
beforeEach(() => store.pool.query('truncate configurations, complaints, links cascade'));
afterAll(() => store.close());

const apply = async (files: Record<string, string | undefined>) =>
  applyConfiguration(store, await writeFolder({ ...goodFiles, ...files }), 'tester');
const short = (changes: { change: string; kind: string; name: string }[]) =>
  changes.map(({ change, kind, name }) => `${change} ${kind} ${name}`);
const renamed = { 'agencies/beta.yaml': agencyFile('beta', '새이름') };
const withoutBeta = { 'agencies/beta.yaml': undefined, 'routing.yaml': 'rules: []\ndefault: alpha\n' };

describe('applyConfiguration', () => {
  it('writes a version for what changed and nothing else', async () => {
    expect(short(await apply({}))).toEqual([
      'added agency alpha',
      'added agency beta',
      'added routing routing',
    ]);
    expect(await apply({})).toEqual([]);
    expect(await apply(renamed)).toMatchObject([
      { name: 'beta', change: 'changed', paths: [{ path: '/name/ko', change: 'changed' }] },
    ]);
    const versions = await listVersions(store.db, { kind: 'agency' });
    expect(versions.map(({ name, version, author }) => `${name} ${version} ${author}`).sort()).toEqual([
      'alpha 1 tester',
      'beta 1 tester',
      'beta 2 tester',
    ]);
  });

  it('takes a missing file out of force', async () => {
    await apply({});
    expect(short(await apply(withoutBeta))).toEqual(['changed routing routing', 'removed agency beta']);
    expect((await listInForce(store.db)).map(({ name }) => name)).toEqual(['alpha', 'routing']);
    expect(short(await apply({}))).toContain('added agency beta');
    expect(await listVersions(store.db, { name: 'beta' })).toMatchObject([
      { version: 3, removal: false },
      { version: 2, removal: true },
      { version: 1, removal: false },
    ]);
  });

  it.each([
    ['a complaint waits for its answer', 'assigned', 2, '1 complaints wait'],
    ['something waits to be brought to its board', 'closed', 1, '1 wait to be brought'],
  ])('keeps an agency while %s', async (_, status, held, words) => {
    await apply({});
    await insertComplaint(store, status, held);
    await expect(apply(withoutBeta)).rejects.toMatchObject({
      kind: 'in-use',
      message: expect.stringContaining(words),
    });
    expect(await listInForce(store.db)).toHaveLength(3);
  });

  it('lets an agency go when its work is done', async () => {
    await apply({});
    await insertComplaint(store, 'closed', 2);
    expect(short(await apply(withoutBeta))).toContain('removed agency beta');
  });

  it('changes nothing when one file is bad', async () => {
    await apply({});
    const bad = apply({ ...renamed, 'agencies/alpha.yaml': 'code: alpha\n' });
    await expect(bad).rejects.toMatchObject({
      kind: 'invalid',
      problems: expect.arrayContaining([
        {
          document: { kind: 'agency', name: 'alpha' },
          file: 'agencies/alpha.yaml',
          line: 1,
          column: 1,
          pointer: '/officers',
          reason: { code: 'required' },
        },
      ]),
    });
    expect(await listVersions(store.db)).toHaveLength(3);
  });

  it('waits for another that is under way, and goes on from what that one wrote', async () => {
    const other = await store.pool.connect();
    await other.query('begin');
    await other.query('lock table configurations in share row exclusive mode');
    const applied = apply({});
    const waiting = "select 1 from pg_locks where relation = 'configurations'::regclass and not granted";
    await waitFor('the second to wait', async () => (await store.pool.query(waiting)).rowCount === 1);
    await other.query("insert into configurations values ('agency', 'alpha', 1, '{}', 'other')");
    await other.query('commit');
    other.release();
    expect(short(await applied)).toContain('changed agency alpha');
  });
});

it('diffConfiguration tells what apply would do, and does nothing', async () => {
  const folder = await writeFolder(goodFiles);
  expect(short(await diffConfiguration(store, folder))).toHaveLength(3);
  expect(await listVersions(store.db)).toEqual([]);
});

describe('rollbackConfiguration', () => {
  it('brings an earlier version into force as a new one', async () => {
    await apply({});
    await apply(renamed);
    const target = { kind: 'agency', name: 'beta', version: 1 } as const;
    expect(short(await rollbackConfiguration(store, target, 'tester'))).toEqual(['changed agency beta']);
    const beta = (await listInForce(store.db)).find(({ name }) => name === 'beta');
    expect(beta).toMatchObject({ version: 3, body: { name: { ko: '다라기관' } } });
  });

  it('refuses a version that is not there, and one that no longer fits the others', async () => {
    await apply({});
    const nowhere = { kind: 'agency', name: 'beta', version: 9 } as const;
    await expect(rollbackConfiguration(store, nowhere, 'tester')).rejects.toMatchObject({ kind: 'unknown' });
    await apply(withoutBeta);
    const toBeta = { kind: 'routing', name: 'routing', version: 1 } as const;
    await expect(rollbackConfiguration(store, toBeta, 'tester')).rejects.toMatchObject({
      kind: 'invalid',
      problems: [
        {
          document: { kind: 'routing', name: 'routing' },
          pointer: '/rules/0/to',
          reason: { code: 'unknown_agency', params: { agency: 'beta' } },
        },
      ],
    });
  });
});

it('a rule for what an agency took in that is none is refused, and one for the contact centre is not', async () => {
  const from = (origin: string) =>
    `rules:\n  - when: { origin: [alpha, ${origin}] }\n    to: alpha\ndefault: alpha\n`;
  await expect(apply({ 'routing.yaml': from('nobody') })).rejects.toMatchObject({
    problems: [{ pointer: '/rules/0/when/origin/1', reason: { params: { agency: 'nobody' } } }],
  });
  await apply({ 'routing.yaml': from('hub') });
});

it('what is exported can be applied again and changes nothing', async () => {
  await apply({ 'clock.yaml': 'holidays:\n  2026-12-31: 임시공휴일\n' });
  const folder = await writeFolder({});
  expect(await exportConfiguration(store, folder)).toEqual([
    'agencies/alpha.yaml',
    'agencies/beta.yaml',
    'clock.yaml',
    'routing.yaml',
  ]);
  expect(await readFile(join(folder, 'agencies/alpha.yaml'), 'utf8')).toContain('가나기관');
  expect(await diffConfiguration(store, folder)).toEqual([]);
  await rm(join(folder, 'agencies/alpha.yaml'));
  await expect(exportConfiguration(store, folder)).rejects.toMatchObject({ code: 'EEXIST' });
});

async function insertComplaint(to: Store, status: string, held: number): Promise<void> {
  const id = '01993a2b-0102-7345-8901-234567890123';
  await to.pool.query(
    `insert into complaints (id, receipt_number, origin, assignee, status, kind, content, routing, registered_at, last_seq, updated_at)
     values ($1, '26-0000-0001-0', 'alpha', 'beta', $2, 'query', '{}', '{}', now(), 2, now())`,
    [id, status],
  );
  await to.pool.query(
    `insert into links (id, complaint_id, agency, role, state, held, due) values ($1, $1, 'beta', 'assignee', 'open', $2, 2)`,
    [id, held],
  );
}
