import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore, type Store } from '../../../hub/store/database.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';
import { insertComplaint } from '../console/sample-board.ts';
import { callHub } from './run-hub.ts';

let store: Store;
let folder: string;
let env: Record<string, string>;
let number: string;
/** Each as a process of its own would end: the code of one does not stay for the next. */
const hub = async (...args: string[]) => {
  const ended = await callHub(args, env);
  process.exitCode = undefined;
  return ended;
};

beforeAll(async () => {
  const url = await createFreshDatabase();
  store = openStore(url);
  folder = await mkdtemp(join(tmpdir(), 'minwon-hub-evidence-'));
  env = { DATABASE_URL: url, DATA_DIR: folder };
  number = (await insertComplaint(store)).receiptNumber;
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

it('exports a complaint, tells the log who asked and why, and verifies the file by the public key', async () => {
  const [file, key] = ['evidence.zip', 'hub.pem'].map((name) => join(folder, name)) as [string, string];
  const args = ['evidence', 'export', number, '--to', file, '--reason', '행정심판', '--by', 'kim'];
  expect(await hub(...args)).toMatchObject({ code: 0, stderr: '' });
  const { rows } = await store.pool.query('select actor, way, act, reason from access_entries');
  expect(rows).toEqual([{ actor: 'kim', way: 'command', act: 'export', reason: '행정심판' }]);

  await writeFile(key, (await hub('audit', 'key')).stdout);
  const good = await hub('evidence', 'verify', file, '--key', key);
  expect(good).toMatchObject({ code: 0, stderr: '' });
  expect(good.stdout).toContain('The bundle is as it was made.\n');
  const fingerprint = /signed by the key ([0-9a-f]{64})/.exec(good.stdout)?.[1] ?? '';
  expect((await hub('evidence', 'verify', file, '--fingerprint', fingerprint)).code).toBe(0);
  expect(await hub('evidence', 'verify', file, '--fingerprint', '0'.repeat(64))).toMatchObject({ code: 4 });

  const bytes = await readFile(file);
  bytes[bytes.indexOf('"assigned"') + 1] = 'b'.charCodeAt(0);
  await writeFile(file, bytes);
  const changed = await hub('evidence', 'verify', file, '--key', key);
  expect(changed).toMatchObject({ code: 4 });
  expect(changed.stdout).toMatch(/The bundle is NOT as it was made\.\n$/);
});

it('says what is wrong with what it is given', async () => {
  const to = ['--to', join(folder, 'x.zip')];
  expect((await hub('evidence', 'export', '1', ...to, '--reason', 'x')).stderr).toContain(
    '1 is no receipt number',
  );
  expect((await hub('evidence', 'export', number, ...to)).stderr).toContain('--reason');
  expect((await hub('evidence', 'export', number, ...to, '--reason', ' ')).stderr).toContain(
    '--reason is empty',
  );
  expect(await hub('evidence', 'verify', join(folder, 'none.zip'))).toMatchObject({ code: 2 });
});
