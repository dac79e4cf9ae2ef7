import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { openStore } from '../../../hub/store/database.ts';
import { openEmbeddedServer } from '../../../hub/store/embedded/embedded-server.ts';
import { migrate } from '../../../hub/store/migrate.ts';
import type { Stretch } from '../machine.ts';

/** A PostgreSQL server that belongs to the suite, not to a hub. */
export interface DatabaseServer {
  url(): string;
  /** The current port. It changes with each start. */
  port(): number;
  /** Creates a database with the hub's tables and returns its URL. */
  create(name: string): Promise<string>;
  drop(url: string): Promise<void>;
  /** Kills the server and all its processes (kill -9). */
  kill(): Promise<void>;
  /** Starts it again after that. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const endWithin = 10_000;

export async function startDatabase(
  folder: string,
  stretch: Stretch = (usual) => usual,
): Promise<DatabaseServer> {
  let server = await openEmbeddedServer(folder);
  // By IP address, since the proxy also uses IP addresses.
  const urlOf = (name: string) =>
    Object.assign(new URL(server.url), { hostname: '127.0.0.1', pathname: `/${name}` }).href;
  const template = 'template_hub';
  await ask(server.url, `create database ${template}`);
  const store = openStore(urlOf(template));
  await migrate(store.pool).finally(() => store.close());
  return {
    url: () => server.url,
    port: () => Number(new URL(server.url).port),
    async create(name) {
      await ask(server.url, `create database ${name} template ${template}`);
      return urlOf(name);
    },
    drop: (url) => ask(server.url, `drop database ${new URL(url).pathname.slice(1)} with (force)`),
    async kill() {
      const file = join(folder, 'postgres', 'postmaster.pid');
      const postmaster = Number(readFileSync(file, 'utf8').split('\n')[0]);
      const all = [postmaster, ...(await childrenOf(server.url))];
      for (const pid of all) kill(pid, 'SIGKILL');
      const until = Date.now() + stretch(endWithin);
      while (all.some((pid) => kill(pid, 0)) && Date.now() < until) await pause(20);
    },
    async restart() {
      server = await openEmbeddedServer(folder);
    },
    stop: () => server.stop(),
  };
}

/** The server's own processes and those of its connections, by its own report. */
async function childrenOf(url: string): Promise<number[]> {
  const rows = await query<{ pid: number }>(
    url,
    'select pid from pg_stat_activity where pid <> pg_backend_pid()',
  );
  return rows.map(({ pid }) => pid);
}

/** False: there is no such process. */
function kill(pid: number, signal: 'SIGKILL' | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

async function ask(url: string, text: string): Promise<void> {
  await query(url, text);
}

/** Runs one query on its own connection. Rejects at once if the server is away. */
export async function query<Row extends object>(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 30_000,
    query_timeout: 60_000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}
