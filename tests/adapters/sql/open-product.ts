import { ok } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterEach } from 'vitest';
import type { BoardAdapter, BoardRef, Change, Outcome, PulledPost } from '../../../adapters/contract.ts';
import { checkSqlSettings, readSqlSettings, type SqlSettings } from '../../../adapters/sql/config.ts';
import { sqlAdapter } from '../../../adapters/sql/index.ts';
import { type DatabaseProxy, startDatabaseProxy } from '../../support/servers/database-proxy.ts';
import { grantRights } from '../../support/servers/grant-rights.ts';
import { sharedMaria } from '../conformance/sql-fixture.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

export interface Product {
  adapter: BoardAdapter;
  proxy: DatabaseProxy;
  settings: SqlSettings;
  /** As the board's own programs do: outside of strict mode. */
  query(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
}

export interface ProductOptions {
  /** File below tests/boards/sql-products. */
  tables: string;
  charset?: string;
  settings: Partial<SqlSettings>;
}

/** A product's tables in a fresh database, and an adapter whose user has the rights that it needs and no more. */
export async function openProduct({
  tables,
  charset = 'utf8mb4',
  settings,
}: ProductOptions): Promise<Product> {
  const { port, connect } = await sharedMaria();
  const name = `product_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
  const file = new URL(`../../boards/sql-products/${tables}.sql`, import.meta.url);
  const root = await connect();
  ends.push(() => root.end());
  await root.query(`set session sql_mode = ''; create database ${name} charset ${charset}; use ${name}`);
  await root.query(await readFile(file, 'utf8'));
  const proxy = await startDatabaseProxy('mysql', port);
  ends.push(() => proxy.close());
  const given = {
    dialect: 'mysql',
    host: '127.0.0.1',
    port: proxy.port,
    database: name,
    user: name,
    password: 'env:DB',
    ...settings,
  };
  const problems = checkSqlSettings(given);
  ok(problems.length === 0, JSON.stringify(problems));
  const full = readSqlSettings(given);
  await grantRights(root, name, full, { user: name, password: 'db-secret' });
  const adapter = sqlAdapter.create(given, {
    agency: 'a',
    timeZone: 'Asia/Seoul',
    networks: ['127.0.0.0/8'],
    secret: () => 'db-secret',
  });
  ends.push(() => adapter.close());
  return {
    adapter,
    proxy,
    settings: full,
    query: async (sql, values = []) => (await root.query(sql, values))[0] as Record<string, unknown>[],
  };
}

const signal = () => AbortSignal.timeout(10_000);

export const push = ({ adapter }: Product, change: Change, key: string): Promise<Outcome> =>
  adapter.push!(change, { key, signal: signal() });

export async function bring(product: Product, change: Change, key: string): Promise<BoardRef> {
  const outcome = await push(product, change, key);
  ok(outcome.kind === 'done', JSON.stringify(outcome));
  return outcome.ref;
}

export const find = ({ adapter }: Product, change: Change, key: string) =>
  adapter.find!(change, { key, signal: signal() });

/** Every post of the board, mapped; throws for one that cannot be. */
export async function readAll(product: Product, cursor?: string) {
  const { adapter } = product;
  const pulled = await adapter.pull!(cursor, signal());
  const posts = await Promise.all(pulled.posts.map(({ raw }: PulledPost) => adapter.normalise(raw)));
  return {
    cursor: pulled.cursor,
    ids: pulled.posts.map(({ externalId }) => externalId),
    posts: posts.map((result) => {
      ok(result.ok, JSON.stringify(result));
      return result.post;
    }),
  };
}
