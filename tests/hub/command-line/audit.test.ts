import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSigner } from '../../../hub/access/keys/signing-key.ts';
import { addDailyAnchor } from '../../../hub/personal/log/add-anchor.ts';
import { openStore, type Store } from '../../../hub/store/database.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';
import { fillLog } from '../personal/sample-log.ts';
import { callHub } from './run-hub.ts';

let store: Store;
let folder: string;
let env: Record<string, string>;
/** Each as a process of its own would end: the code of one does not stay for the next. */
const hub = async (...args: string[]) => {
  const ended = await callHub(['audit', ...args], env);
  process.exitCode = undefined;
  return ended;
};

beforeAll(async () => {
  const url = await createFreshDatabase();
  store = openStore(url);
  env = { DATABASE_URL: url };
  folder = await mkdtemp(join(tmpdir(), 'minwon-hub-audit-'));
  await fillLog(store, 2, 5);
  await addDailyAnchor(store, await openSigner(store, undefined, 'audit'));
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

it('verifies the log, and the file of it with the public key alone; a changed letter and a lost anchor show', async () => {
  const [log, anchors, key] = ['log.jsonl', 'anchors.jsonl', 'hub.pem'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const whole = await hub('verify', '--json');
  expect(whole).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(whole.stdout)).toMatchObject({ entries: 10, seals: 2, anchors: 1, problems: [] });

  expect((await hub('export', '--to', log)).stdout).toBe(`3 lines are in ${log}\n`);
  expect((await hub('export', '--to', anchors, '--only-anchors')).stdout).toBe(`1 lines are in ${anchors}\n`);
  await writeFile(key, (await hub('key')).stdout);
  expect(await hub('verify', '--file', log, '--key', key)).toMatchObject({ code: 0 });
  expect((await hub('verify', '--file', log)).stderr).toContain('--file needs --key');

  await writeFile(log, (await readFile(log, 'utf8')).replace('person3', 'person4'));
  const changed = await hub('verify', '--file', log, '--key', key);
  expect(changed).toMatchObject({ code: 4 });
  expect(changed.stdout).toMatch(/entry \d+: entry changed\n/);

  expect(await hub('verify', '--anchors', anchors)).toMatchObject({ code: 0 });
  await store.pool.query('alter table access_anchors disable trigger user');
  await store.pool.query('delete from access_anchors');
  const lost = await hub('verify', '--anchors', anchors);
  expect(lost).toMatchObject({ code: 4 });
  expect(lost.stdout).toContain('anchor 1: anchor missing\n');
});
