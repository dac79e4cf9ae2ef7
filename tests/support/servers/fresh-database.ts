import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

/** The URL of a new, migrated, empty database on the run's server. The server is removed after the run. */
export async function createFreshDatabase(): Promise<string> {
  const server = inject('databaseServer');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  try {
    // Only one clone at a time: PostgreSQL refuses a template that another session is copying.
    await admin.query('select pg_advisory_lock(1)');
    await admin.query(`create database ${name} template template_hub`);
  } finally {
    await admin.end();
  }
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
