import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { openStore } from '../../../hub/store/database.ts';
import { openEmbeddedServer } from '../../../hub/store/embedded/embedded-server.ts';
import { migrate } from '../../../hub/store/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    databaseServer: string;
  }
}

/** Tests throw their databases away: neither durability nor upkeep of hundreds of them is worth its time. */
const settings = ['fsync = off', 'synchronous_commit = off', 'full_page_writes = off', 'autovacuum = off'];

/** One real PostgreSQL for the whole run. Every test file clones its migrated template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'minwon-hub-test-'));
  const server = await openEmbeddedServer(folder);
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  for (const setting of settings) await admin.query(`alter system set ${setting}`);
  await admin.query('select pg_reload_conf()');
  await admin.query('create database template_hub');
  const url = new URL(server.url);
  url.pathname = '/template_hub';
  const template = openStore(url.href);
  await migrate(template.pool);
  await template.close();
  await admin.end();
  project.provide('databaseServer', server.url);
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
