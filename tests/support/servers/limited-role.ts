import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { createFreshDatabase } from './fresh-database.ts';

/** A fresh database of a user of its own, whom the server can be told to refuse. */
export interface LimitedRole {
  url: string;
  /** Connections that the server gives this user at once; -1: as many as it has. */
  limit(connections: number): Promise<void>;
  /** Ends all connections of this user. */
  cut(): Promise<void>;
}

export async function createLimitedRole(): Promise<LimitedRole> {
  const admin = await createFreshDatabase();
  const url = new URL(admin);
  url.username = `limited_${randomUUID().replaceAll('-', '')}`;
  url.password = 'of-a-test';
  const ask = async (text: string) => {
    const client = new pg.Client({ connectionString: admin });
    await client.connect();
    await client.query(text).finally(() => client.end());
  };
  // The tables of the template belong to hub; a superuser as that one is never refused.
  await ask(`create role ${url.username} login password '${url.password}' in role hub`);
  return {
    url: url.href,
    limit: (connections) => ask(`alter role ${url.username} connection limit ${connections}`),
    cut: () =>
      ask(`select pg_terminate_backend(pid) from pg_stat_activity where usename = '${url.username}'`),
  };
}
