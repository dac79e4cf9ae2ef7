import { mkdtemp, readFile, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openConfiguredStore } from '../../../../hub/store/open.ts';
import { makeLocalKey } from '../../../../hub/store/sealing/key-encryption.ts';
import { Keyed, sealed, sealedJson } from '../../../../hub/store/sealing/keyed.ts';
import type { SealAlgorithm } from '../../../../hub/store/sealing/sealed-text.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minwon-hub-keys-'));
  return () => rm(folder, { recursive: true });
});

let files = 0;
async function makeKeyFile(): Promise<string> {
  files += 1;
  const file = join(folder, `${files}.key`);
  await writeFile(file, `${makeLocalKey()}\n`);
  return file;
}

async function open(url: string, ...references: string[]) {
  return openWith('aes-256-gcm', url, ...references);
}

async function openWith(algorithm: SealAlgorithm, url: string, ...references: string[]) {
  const opened = await openConfiguredStore({
    DATABASE_URL: url,
    DATA_DIR: folder,
    SEALING_ALGORITHM: algorithm,
    ...(references.length > 0 && { SEALING_KEY: references.join(', ') }),
  });
  onTestFinished(() => opened.stop());
  return opened;
}

/** What lies in the database, as a client without keys sees it. */
async function readRaw(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

const typed = '홍길동, 010-1234-5678';
async function keep(store: { pool: pg.Pool }, text: string, document: unknown = { said: text }) {
  await store.pool.query('create table if not exists kept (text text, document jsonb, texts text[])');
  await store.pool.query('insert into kept values ($1, $2, $3)', [
    ...[sealed(text), sealedJson(document), new Keyed((keys) => [keys.seal(text)])],
  ]);
}

describe('a database with a key', () => {
  it('holds nothing of what was sealed, and the store reads it as it was', async () => {
    const url = await createFreshDatabase();
    const { store } = await open(url, `file:${await makeKeyFile()}`);
    await keep(store, typed);
    const read = { text: typed, document: { said: typed }, texts: [typed] };
    expect((await store.pool.query('select * from kept')).rows).toEqual([read]);
    expect((await store.hot.query('select to_jsonb(k) as row from kept k')).rows).toEqual([{ row: read }]);
    const { rows } = await store.pool.query("select document ->> 'said' as said, document from kept");
    expect(rows).toEqual([{ said: null, document: { said: typed } }]);
    const raw = JSON.stringify(await readRaw(url, 'select * from kept'));
    expect(raw).not.toMatch(/홍길동|1234/);
    expect(raw.match(/\$sealed1\$/g)).toHaveLength(3);
  });

  it('has one set of keys, if many processes begin at once', async () => {
    const url = await createFreshDatabase();
    const reference = `file:${await makeKeyFile()}`;
    const opened = await Promise.all([1, 2, 3, 4].map(() => open(url, reference)));
    const [one, ...others] = await Promise.all(opened.map(({ ring, store }) => ring.list(store.pool)));
    expect(one?.map(({ purpose }) => purpose).sort()).toEqual(['columns', 'files', 'marks']);
    for (const other of others) expect(other).toEqual(one);
    await keep(opened[0]?.store as { pool: pg.Pool }, typed);
    expect((await opened[3]?.store.pool.query('select text from kept'))?.rows).toEqual([{ text: typed }]);
  });

  it('gives its keys to nobody who has another key-encryption key, or none', async () => {
    const url = await createFreshDatabase();
    const { ring, store } = await open(url, `file:${await makeKeyFile()}`);
    const before = await readRaw(url, 'select * from data_keys order by id');
    const [{ wrappedBy } = { wrappedBy: '' }] = await ring.list(store.pool);
    await expect(open(url, `file:${await makeKeyFile()}`)).rejects.toThrow(
      new RegExp(
        `wrapped by key-encryption key ${wrappedBy}, and SEALING_KEY names [0-9a-f]{16}: .*Nothing was changed`,
      ),
    );
    await expect(open(url)).rejects.toThrow(`SEALING_KEY must name the key-encryption key ${wrappedBy}`);
    expect(await readRaw(url, 'select * from data_keys order by id')).toEqual(before);
  });

  it('refuses a wrapped key that was changed', async () => {
    const url = await createFreshDatabase();
    const reference = `file:${await makeKeyFile()}`;
    await open(url, reference);
    await readRaw(
      url,
      "update data_keys set wrapped = set_byte(wrapped, 20, get_byte(wrapped, 20) # 1) where purpose = 'marks'",
    );
    await expect(open(url, reference)).rejects.toThrow(/cannot be unwrapped by the key of file:/);
  });

  it('refuses a file that holds no key of 32 bytes, and says what would be right', async () => {
    const file = join(folder, 'short.key');
    await writeFile(file, 'too short');
    await expect(open(await createFreshDatabase(), `file:${file}`)).rejects.toThrow(
      /holds 6 bytes; right is a key of 32 bytes in base64 or hexadecimal/,
    );
  });
});

describe('keys that follow one another', () => {
  it('are read beside each other, also those of another algorithm', async () => {
    const url = await createFreshDatabase();
    const reference = `file:${await makeKeyFile()}`;
    const first = await openWith('aes-256-gcm', url, reference);
    await keep(first.store, 'with AES');
    await readRaw(url, "update data_keys set active_from = now() - interval '1 hour'");
    const second = await openWith('aria-256-gcm', url, reference);
    // Its key seals in ten minutes; here they are over.
    await readRaw(
      url,
      "update data_keys set active_from = now() - interval '1 minute' where algorithm = 'aria-256-gcm'",
    );
    const third = await openWith('aria-256-gcm', url, reference);
    await keep(third.store, 'with ARIA');
    const ids = (await readRaw(url, 'select substr(text, 11, 8) as id from kept')).map(({ id }) => id);
    const list = await third.ring.list(third.store.pool);
    expect(ids.map((id) => list.find((key) => key.id === id)?.algorithm)).toEqual([
      'aes-256-gcm',
      'aria-256-gcm',
    ]);
    expect((await second.store.pool.query('select text from kept')).rows.map(({ text }) => text)).toEqual([
      'with AES',
      'with ARIA',
    ]);
  });

  it('a new key seals only when every process knows it', async () => {
    const url = await createFreshDatabase();
    const { ring, store } = await open(url, `file:${await makeKeyFile()}`);
    const before = ring.findColumnKey()?.id;
    const made = await ring.rotate(store.pool);
    expect(made).toHaveLength(2);
    expect(made).not.toContain(before);
    expect(ring.findColumnKey()?.id).toBe(before);
    const [{ minutes } = { minutes: 0 }] = await readRaw(
      url,
      "select extract(epoch from max(active_from) - max(made_at)) / 60 as minutes from data_keys where purpose = 'columns'",
    );
    expect(Number(minutes)).toBe(10);
  });

  it('another key-encryption key takes over without touching what is sealed', async () => {
    const url = await createFreshDatabase();
    const [old, next] = [`file:${await makeKeyFile()}`, `file:${await makeKeyFile()}`];
    const first = await open(url, old);
    await keep(first.store, typed);
    const raw = await readRaw(url, 'select * from kept');
    const both = await open(url, next, old);
    expect(await both.ring.rewrap(both.store.pool)).toBe(3);
    expect(await both.ring.rewrap(both.store.pool)).toBe(0);
    const last = await open(url, next);
    expect((await last.store.pool.query('select text from kept')).rows).toEqual([{ text: typed }]);
    expect(await readRaw(url, 'select * from kept')).toEqual(raw);
    await expect(open(url, old)).rejects.toThrow(/cannot be read without it/);
  });
});

describe('a text that looks sealed', () => {
  it('typed where nothing is sealed, is not opened for its reader: it comes back as it was typed', async () => {
    const url = await createFreshDatabase();
    const { store } = await open(url, `file:${await makeKeyFile()}`);
    await keep(store, typed);
    const [{ text: stolen } = { text: '' }] = await readRaw(url, 'select text from kept');
    const document = { name: stolen, list: [`${String(stolen)}"`, 'x'] };
    await store.pool.query('insert into kept values ($1, $2, $3)', [
      stolen,
      JSON.stringify(document),
      [stolen],
    ]);
    const { rows } = await store.pool.query('select * from kept offset 1');
    expect(rows).toEqual([{ text: stolen, document, texts: [stolen] }]);
  });
});

it('a parameter to be sealed never goes out on a connection without keys', async () => {
  const client = new pg.Client({ connectionString: await createFreshDatabase() });
  await client.connect();
  onTestFinished(() => client.end());
  await expect(client.query('select $1::text', [sealed(typed)])).rejects.toThrow(
    /this connection has no keys/,
  );
});

describe('an embedded server', () => {
  it('gets a key file that only its user reads, and is not opened without it', async () => {
    const data = await mkdtemp(join(folder, 'data-'));
    const first = await openConfiguredStore({ DATA_DIR: data });
    await keep(first.store, typed);
    await first.stop();
    const file = join(data, 'sealing.key');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const key = await readFile(file, 'utf8');
    await unlink(file);
    await expect(openConfiguredStore({ DATA_DIR: data })).rejects.toThrow(
      /sealing\.key is missing, and what is sealed in this database cannot be read without it/,
    );
    await expect(stat(file)).rejects.toThrow('ENOENT');
    await writeFile(file, key);
    const again = await openConfiguredStore({ DATA_DIR: data });
    onTestFinished(() => again.stop());
    expect((await again.store.pool.query('select text from kept')).rows).toEqual([{ text: typed }]);
  });
});
