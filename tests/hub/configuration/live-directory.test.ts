import { pino } from 'pino';
import { beforeEach, expect, it } from 'vitest';
import { dueAt } from '../../../hub/clock/deadline.ts';
import { applyConfiguration } from '../../../hub/configuration/changes/apply.ts';
import { createDirectory, type LiveDirectory } from '../../../hub/configuration/live-directory.ts';
import { openStore, type Store } from '../../../hub/store/database.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';
import { waitFor } from '../../support/wait-for.ts';
import { agencyFile, goodFiles, writeFolder } from './example-folder.ts';

const silent = pino({ level: 'silent' });
const aDay = 86_400_000;
let store: Store;
let opened: LiveDirectory | undefined;
beforeEach(async () => {
  store = openStore(await createFreshDatabase());
  return async () => {
    await opened?.close();
    await store.close();
  };
});

const apply = async (files: Record<string, string> = {}) =>
  applyConfiguration(store, await writeFolder({ ...goodFiles, ...files }), 'tester');
async function open(every: number) {
  opened = await createDirectory(store, silent, every);
  return opened;
}

it('is empty before anything was applied, and hears of an apply at once', async () => {
  const directory = await open(aDay);
  expect(directory.listAgencies()).toEqual([]);
  expect(directory.routing()).toEqual({ rules: [], default: 'hub' });
  await apply();
  await waitFor('the announcement', () => directory.findAgency('beta'));
  expect(directory.routing().default).toBe('alpha');
});

it('listens again after its connection broke, and reads what it missed', async () => {
  await apply();
  const directory = await open(50);
  const killed = () =>
    store.pool.query<{ pid: number }>(
      "select pid from pg_stat_activity where datname = current_database() and application_name = 'minwon-hub listener'",
    );
  const before = await waitFor('the listener', async () => (await killed()).rows[0]?.pid);
  await store.pool.query('select pg_terminate_backend($1)', [before]);
  await apply({ 'agencies/gamma.yaml': agencyFile('gamma') });
  await waitFor('the new agency', () => directory.findAgency('gamma'));
  await waitFor('a new listener', async () => (await killed()).rows.some(({ pid }) => pid !== before));
});

it('keeps the objects of what did not change', async () => {
  await apply();
  const directory = await open(aDay);
  const { alpha, routing } = { alpha: directory.findAgency('alpha'), routing: directory.routing() };
  await apply({ 'agencies/beta.yaml': agencyFile('beta', '새이름') });
  await directory.refresh();
  expect(directory.findAgency('beta')?.name.ko).toBe('새이름');
  expect(directory.findAgency('alpha')).toBe(alpha);
  expect(directory.routing()).toBe(routing);
});

it('reckons with the calendar in force', async () => {
  const directory = await open(aDay);
  const registered = new Date('2026-11-02T10:00:00+09:00');
  expect(dueAt('query', registered, directory.clock())).toEqual(new Date('2026-11-10T18:00:00+09:00'));
  await apply({ 'clock.yaml': 'holidays:\n  2026-11-05: 임시공휴일\n' });
  await directory.refresh();
  expect(dueAt('query', registered, directory.clock())).toEqual(new Date('2026-11-11T18:00:00+09:00'));
});

it('fails at the start when the database is out of reach, and keeps what it has later', async () => {
  const lost = openStore('postgres://hub@127.0.0.1:9/hub');
  await expect(createDirectory(lost, silent)).rejects.toThrow();
  await lost.close();
  await apply();
  const directory = await open(aDay);
  await store.pool.query('alter table configurations rename to hidden');
  await expect(directory.refresh()).rejects.toThrow();
  expect(directory.findAgency('alpha')?.code).toBe('alpha');
});
