import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSigner } from '../../../hub/access/keys/signing-key.ts';
import { announce, begin, finish } from '../../../hub/retention/destructions.ts';
import { type DestructionReport, signReport } from '../../../hub/retention/report.ts';
import { openStore, type Store } from '../../../hub/store/database.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';
import { callHub } from './run-hub.ts';

let store: Store;
let folder: string;
let env: Record<string, string>;
const hub = async (...args: string[]) => {
  const ended = await callHub(args, env);
  process.exitCode = undefined;
  return ended;
};

beforeAll(async () => {
  const url = await createFreshDatabase();
  store = openStore(url);
  env = { DATABASE_URL: url };
  folder = await mkdtemp(join(tmpdir(), 'minwon-hub-retention-'));
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

it('lists destructions, prints the report of one, and verifies it without the hub', async () => {
  expect((await hub('retention', 'list')).stdout).toBe('Nothing is to be destroyed, and nothing was.\n');
  const cutoff = new Date('2025-01-01T00:00:00+09:00');
  const now = new Date('2026-12-01T09:00:00+09:00');
  const id = await announce(
    store,
    { agency: 'kotra', kinds: ['query'], years: 1, source: '기준표', cutoff, expected: 7 },
    now,
  );
  expect((await hub('retention', 'list')).stdout).toContain(
    'kotra announced 2026-12-13T17:00:00.000Z 7 complaints',
  );
  expect((await hub('retention', 'report', String(id))).stderr).toContain(
    'no destruction with this id is done',
  );

  await begin(store, String(id), now);
  const report: DestructionReport = {
    ...{ format: 'minwon-hub destruction 1', id: String(id), agency: 'kotra', kinds: ['query'], years: 1 },
    ...{ source: '기준표', completedBefore: cutoff.toISOString(), announcedAt: now.toISOString() },
    ...{ begunAt: now.toISOString(), endedAt: now.toISOString(), complaints: 7, byKind: { query: 7 } },
    ...{ receiptNumbers: 'ab', removed: { events: 20 }, left: { all: 0, held: 0, underWay: 0 } },
  };
  await finish(store, String(id), signReport(report, await openSigner(store, undefined, 'audit')));
  const [file, key, other] = ['report.json', 'hub.pem', 'other.pem'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const printed = (await hub('retention', 'report', String(id))).stdout;
  await writeFile(file, printed);
  await writeFile(key, (await hub('audit', 'key')).stdout);
  expect(await hub('retention', 'verify', file, '--key', key)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('as it was signed. 7 complaints of kotra'),
  });

  await writeFile(file, printed.replace('"complaints": 7', '"complaints": 6'));
  expect(await hub('retention', 'verify', file, '--key', key)).toMatchObject({
    code: 4,
    stderr: expect.stringContaining('is NOT as it was signed'),
  });
  const { publicKey } = await import('node:crypto').then(({ generateKeyPairSync }) =>
    generateKeyPairSync('ed25519'),
  );
  await writeFile(other, publicKey.export({ format: 'pem', type: 'spki' }));
  await writeFile(file, printed);
  expect((await hub('retention', 'verify', file, '--key', other)).stderr).toContain('signed by another key');
  await writeFile(file, '{}');
  expect((await hub('retention', 'verify', file, '--key', key)).stderr).toContain(
    'is no report of a destruction',
  );
});
