import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { samples, toChange } from '../../../adapters/conformance/samples.ts';
import type { SqlSettings } from '../../../adapters/sql/config.ts';
import { sqlAdapter } from '../../../adapters/sql/index.ts';
import { startDatabaseProxy } from '../../support/servers/database-proxy.ts';
import { createDatabase, readSqlAgency, secret } from '../conformance/sql-fixture.ts';
import { bring, type Product } from './open-product.ts';
import { bringFile, fetchFile, findFile, given, pushFile } from './product-files.ts';

/** Files of the sample board on PostgreSQL; the laws of the contract are in conformance.test.ts. */

const registered = toChange(samples.registered);
const ends: (() => Promise<unknown>)[] = [];
let filesIn: string;
beforeEach(async () => {
  filesIn = await mkdtemp(join(tmpdir(), 'postgres-files-'));
  ends.push(() => rm(filesIn, { recursive: true }));
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function open(): Promise<Product> {
  const { port, name, admin } = await createDatabase('postgres');
  const client = new pg.Client(admin);
  await client.connect();
  ends.push(() => client.end());
  const proxy = await startDatabaseProxy('postgres', port);
  ends.push(() => proxy.close());
  const agency = (await readSqlAgency()).board?.settings as SqlSettings;
  const place = { dialect: 'postgres' as const, port: proxy.port, database: name, user: name, filesIn };
  const settings = { ...agency, ...place };
  const adapter = sqlAdapter.create(settings, {
    agency: 'textile',
    timeZone: 'Asia/Seoul',
    networks: ['127.0.0.0/8'],
    secret: () => secret,
  });
  ends.push(() => adapter.close());
  const query = async (sql: string, values: unknown[] = []) => (await client.query(sql, values)).rows;
  return { adapter, proxy, settings, query };
}

describe('files on PostgreSQL', () => {
  test.each(['../secret', '/etc/hostname', 'a/../../secret'])(
    'a row that names %s gives nothing out',
    async (stored) => {
      const product = await open();
      const { externalId } = await bring(product, registered, '26-0000017-4/1');
      await product.query(
        `insert into minwon_file (minwon_no, stored, original, bytes, created) values ($1, $2, 'x', 1, now())`,
        [externalId, stored],
      );
      await expect(fetchFile(product, externalId, stored)).rejects.toMatchObject({
        kind: 'malformed',
        message: expect.stringContaining('not below its folder'),
      });
    },
  );

  test.each(['insert into "minwon_file"', 'update "minwon" set "files"', 'commit'])(
    'a crash between the file and its row, before %s, leaves a file that the next call takes over',
    async (sql) => {
      const product = await open();
      const ref = await bring(product, registered, '26-0000017-4/1');
      product.proxy.cutBefore = new RegExp(sql);
      expect(await pushFile(product, given(ref), 'a')).toMatchObject({ kind: 'unknown' });
      expect(product.proxy.cutBefore, 'the statement was met').toBeUndefined();
      const left = await readdir(filesIn);
      expect(left).toHaveLength(1);
      expect(await findFile(product, given(ref), 'a')).toBeUndefined();
      expect(await product.query('select * from minwon_file')).toEqual([]);
      // Whatever stands there under the name is replaced as a whole.
      await writeFile(join(filesIn, left[0]!), 'half');
      const { partId } = await bringFile(product, given(ref), 'a');
      expect(await readdir(filesIn)).toEqual([partId]);
      expect(await product.query('select stored from minwon_file')).toEqual([{ stored: partId }]);
      expect(await product.query('select files from minwon')).toEqual([{ files: 1 }]);
      expect(await fetchFile(product, ref.externalId, partId!)).toHaveLength(given(ref).attachment.size);
    },
  );

  test('calls at the same time bring one file', async () => {
    const product = await open();
    const ref = await bring(product, registered, '26-0000017-4/1');
    const outcomes = await Promise.all([1, 2, 3].map(() => pushFile(product, given(ref), 'a')));
    expect(outcomes.some(({ kind }) => kind === 'done')).toBe(true);
    const { partId } = await bringFile(product, given(ref), 'a');
    expect(await product.query('select stored from minwon_file')).toEqual([{ stored: partId }]);
    expect(await fetchFile(product, ref.externalId, partId!)).toHaveLength(given(ref).attachment.size);
    expect(await readdir(filesIn)).toEqual([partId]);
  });
});
