import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createContentStore } from '../../../../hub/attachments/content-store.ts';
import { openDiskStore } from '../../../../hub/attachments/disk-store.ts';
import { indexWords } from '../../../../hub/complaints/reading/index-words.ts';
import { listComplaints } from '../../../../hub/complaints/reading/search.ts';
import { type OpenedStore, openConfiguredStore } from '../../../../hub/store/open.ts';
import { makeLocalKey } from '../../../../hub/store/sealing/key-encryption.ts';
import { askReseal, listReseals, resealBatch } from '../../../../hub/store/sealing/reseal.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import { insertComplaint } from '../../console/sample-board.ts';

let folder: string;
let url: string;
let opened: OpenedStore;
const count = 250;
const title = (n: number) => `가로등 ${n}호 고장`;

async function readRaw(statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}
const open = () =>
  openConfiguredStore({ DATABASE_URL: url, DATA_DIR: folder, SEALING_KEY: `file:${join(folder, 'key')}` });
const contentsOf = (store: OpenedStore['store']) =>
  createContentStore(store, openDiskStore(join(folder, 'files')));

async function* text() {
  yield Buffer.from('탄원서에 적힌 글월');
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minwon-hub-reseal-'));
  url = await createFreshDatabase();
  const before = await openConfiguredStore({ DATABASE_URL: url, DATA_DIR: folder });
  for (let n = 0; n < count; n++)
    await insertComplaint(before.store, {
      title: title(n),
      body: '밤길이 어두워요',
      name: '제갈소담',
      registered: n,
    });
  await contentsOf(before.store).take(text(), { name: 'a.txt', types: ['txt'], maxBytes: 1000 });
  await before.stop();
  await writeFile(join(folder, 'key'), makeLocalKey());
  opened = await open();
}, 120_000);
afterAll(async () => {
  await opened.stop();
  await rm(folder, { recursive: true });
});

/** Works until there is nothing more to do, in turns of as many batches, as processes that end do. */
async function sealAll(): Promise<number> {
  for (let batches = 1; batches < 500; batches++) {
    const done = await resealBatch(opened.store.pool, (old) => contentsOf(opened.store).reseal(old));
    await indexWords(opened.store, new AbortController().signal);
    if (done === 'finished') return batches;
    if (batches % 5 === 0) {
      await opened.stop();
      opened = await open();
    }
  }
  throw new Error('it never ends');
}

const readFiles = async () => {
  const names = (await readdir(join(folder, 'files'), { recursive: true, withFileTypes: true })).filter(
    (one) => one.isFile(),
  );
  return Promise.all(names.map((one) => readFile(join(one.parentPath, one.name))));
};

describe('what was there before sealing was turned on', () => {
  it('is read and found meanwhile, in the clear or not', async () => {
    expect((await readRaw("select content ->> 'title' as t from complaints limit 1"))[0]?.t).toMatch(
      /가로등/,
    );
    await resealBatch(opened.store.pool, async () => false);
    const { rows } = await listComplaints(opened.store, { text: '가로등' }, { size: 100 });
    expect(rows).toHaveLength(100);
    expect(new Set(rows.map((row) => row.complainant))).toEqual(new Set(['제갈소담']));
    const titles = (await readRaw("select content ->> 'title' as t from complaints")).map(({ t }) =>
      String(t),
    );
    expect(titles.filter((one) => one.startsWith('$sealed1$t'))).toHaveLength(100);
  });

  it('is sealed as a whole, however often the work is broken off', async () => {
    await sealAll();
    const raw = JSON.stringify(
      await readRaw(
        'select c::text, t.terms::text, e::text from complaints c left join complaint_terms t on t.complaint_id = c.id left join events e on e.complaint_id = c.id',
      ),
    );
    expect(raw).not.toMatch(/가로등|밤길|제갈|소담|고장/);
    for (const file of await readFiles()) expect(file.includes('탄원서')).toBe(false);
    const [first] = await listReseals(opened.store.pool);
    expect(first?.finishedAt).not.toBeNull();
    expect(Number(first?.sealed)).toBeGreaterThanOrEqual(count);
  });

  it('is read and found as before', async () => {
    const { rows } = await opened.store.pool.query<{ title: string }>(
      "select content ->> 'title' as title from complaints",
    );
    expect(rows.map((row) => row.title).sort()).toEqual(
      Array.from({ length: count }, (_, n) => title(n)).sort(),
    );
    expect((await listComplaints(opened.store, { text: '가' })).rows).toHaveLength(20);
    expect((await listComplaints(opened.store, { text: '가로수' })).rows).toEqual([]);
    const [{ sha256 = '' } = {}] = (
      await opened.store.pool.query<{ sha256: string }>('select sha256 from attachment_contents')
    ).rows;
    const parts: Uint8Array[] = [];
    for await (const part of await contentsOf(opened.store).open(sha256)) parts.push(part);
    expect(Buffer.concat(parts).toString()).toBe('탄원서에 적힌 글월');
  });
});

it('an old data key goes out of use', async () => {
  const old = opened.ring.findColumnKey()?.id ?? '';
  await opened.ring.rotate(opened.store.pool);
  await readRaw(
    "update data_keys set active_from = now() - interval '1 day' * (case when made_at = (select max(made_at) from data_keys) then 1 else 2 end)",
  );
  await opened.stop();
  opened = await open();
  expect(await askReseal(opened.store.pool, 'kim')).toBeInstanceOf(Date);
  expect(await askReseal(opened.store.pool, 'kim')).toBeUndefined();
  await sealAll();
  const raw = JSON.stringify(await readRaw('select c::text from complaints c'));
  expect(raw).not.toContain(`$${old}$`);
  expect(raw).not.toContain(old);
  expect((await listComplaints(opened.store, { text: '가로등' })).rows[0]?.title).toMatch(/^가로등/);
  for (const file of await readFiles())
    expect(file.subarray(8, 16).toString()).toBe(opened.store.keys.findFileKey()?.id);
});
