import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { createFreshDatabase } from './fresh-database.ts';

/** A fresh database with its own user, whom the server can be told to refuse. */
export interface LimitedRole {
  url: string;
  /** The most connections that the server allows this user. -1: no limit. */
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
  // The template's tables belong to the role hub. That role is a superuser, which no limit would stop.
  await ask(`create role ${url.username} login password '${url.password}' in role hub`);
  return {
    url: url.href,
    limit: (connections) => ask(`alter role ${url.username} connection limit ${connections}`),
    cut: () =>
      ask(`select pg_terminate_backend(pid) from pg_stat_activity where usename = '${url.username}'`),
  };
}
