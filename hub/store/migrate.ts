import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type pg from 'pg';
import { copyTables } from './shadow/shadow-tables.ts';
import { StoreError } from './store-error.ts';

const folder = new URL('./migrations/', import.meta.url);
/** Any constant will do: processes that start together take turns by this advisory lock. */
const migrationLock = 7_201_001;

/**
 * Brings the database to the newest schema. Files of migrations/ run in the order of their names, each once and in its
 * own transaction. Returns the names that were applied now. Errors: StoreError `outdated` if an applied file was
 * changed afterwards or is unknown here.
 */
export async function migrate(pool: pg.Pool): Promise<string[]> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await client.query(
      'create table if not exists migrations (name text primary key, checksum text not null, applied_at timestamptz not null default now())',
    );
    const { rows } = await client.query<{ name: string; checksum: string }>(
      'select name, checksum from migrations',
    );
    const applied = new Map(rows.map((row) => [row.name, row.checksum]));
    const files = await readMigrations();
    refuseForeign(applied, files);
    const missing = files.filter((file) => !applied.has(file.name));
    for (const file of missing) await apply(client, file, file === missing.at(-1));
    return missing.map((file) => file.name);
  } finally {
    await client.query('select pg_advisory_unlock($1)', [migrationLock]).catch(() => undefined);
    client.release();
  }
}

interface MigrationFile {
  name: string;
  sql: string;
  checksum: string;
}

async function readMigrations(): Promise<MigrationFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(new URL(name, folder), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

function refuseForeign(applied: Map<string, string>, files: MigrationFile[]): void {
  const known = new Map(files.map((file) => [file.name, file.checksum]));
  for (const [name, checksum] of applied) {
    if (!known.has(name))
      throw new StoreError(
        'outdated',
        `the database has ${name}, which this program does not know: it is newer`,
      );
    if (known.get(name) !== checksum)
      throw new StoreError('outdated', `${name} was changed after it had been applied`);
  }
}

async function apply(client: pg.PoolClient, file: MigrationFile, isLast: boolean): Promise<void> {
  await client.query('begin');
  try {
    await client.query(file.sql);
    await client.query('insert into migrations (name, checksum) values ($1, $2)', [file.name, file.checksum]);
    if (isLast) await copyTables(client);
    await client.query('commit');
  } catch (error) {
    // A lost connection has rolled back by itself, and its own error says more.
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}
