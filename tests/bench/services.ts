import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import pg from 'pg';
import { openEmbeddedServer } from '../../hub/store/embedded/embedded-server.ts';
import { findFreePort } from './free-port.ts';

/** The one PostgreSQL server of all subjects. Each subject has its own database. */
export interface DatabaseServer {
  admin: pg.Pool;
  createDatabase(name: string): Promise<string>;
  dropDatabase(name: string): Promise<void>;
  /** Milliseconds of processor time of all the server's processes so far. Undefined: the system does not report it. */
  cpu(): number | undefined;
  stop(): Promise<void>;
}

/** `statistics`: with pg_stat_statements, for a profile. */
export async function startDatabaseServer(folder: string, statistics: boolean): Promise<DatabaseServer> {
  let server = await openEmbeddedServer(folder);
  if (statistics) {
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    await client.query("alter system set shared_preload_libraries = 'pg_stat_statements'");
    await client.end();
    await server.stop();
    server = await openEmbeddedServer(folder);
  }
  const admin = new pg.Pool({ connectionString: server.url, max: 1 });
  admin.on('error', () => undefined);
  if (statistics) await admin.query('create extension pg_stat_statements');
  const postmaster = Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
  return {
    admin,
    async createDatabase(name) {
      await admin.query(`create database ${name}`);
      // Writes the data of earlier subjects to disk now, and not during this one.
      await admin.query('checkpoint');
      const url = new URL(server.url);
      url.pathname = `/${name}`;
      return url.href;
    },
    async dropDatabase(name) {
      await admin.query(`drop database ${name} with (force)`);
    },
    cpu: () => readProcessorTime(postmaster),
    async stop() {
      await admin.end();
      await server.stop();
    },
  };
}

/** Milliseconds of a tick. Linux reports process times in ticks of a 100 Hz clock. */
const tick = 10;

function readProcessorTime(postmaster: number): number | undefined {
  if (!existsSync('/proc/self/stat')) return undefined;
  let total = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    // proc(5): the second field is a name that may contain spaces, so the fields are counted from the third.
    const fields = readProc(pid, 'stat').split(') ').at(-1)?.split(' ') ?? [];
    const ticksOf = (from: number) => Number(fields[from]) + Number(fields[from + 1]);
    const isServer = Number(pid) === postmaster;
    if (!isServer && Number(fields[1]) !== postmaster) continue;
    // Nanoseconds on a processor. In ticks, a short connection would often count as nothing.
    const own = readProc(pid, 'schedstat').split(' ')[0];
    total += own ? Number(own) / 1e6 : ticksOf(11) * tick;
    // The time of its connections that have ended.
    if (isServer) total += ticksOf(13) * tick;
  }
  return total;
}

/** Empty if the process has ended. */
function readProc(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

export interface RedisServer {
  url: string;
  version: string;
  clear(): Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts our own Redis with its default snapshots. Undefined: no Redis is installed. */
export async function startRedis(folder: string): Promise<RedisServer | undefined> {
  let version: string;
  try {
    version = /v=(\S+)/.exec(execFileSync('redis-server', ['--version'], { encoding: 'utf8' }))?.[1] ?? '?';
  } catch {
    return undefined;
  }
  const port = await findFreePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
  const server = spawn('redis-server', args, { stdio: 'ignore' });
  const url = `redis://127.0.0.1:${port}`;
  const client = new Redis(url, {
    retryStrategy: (times) => (times > 100 ? null : 50),
    maxRetriesPerRequest: 100,
  });
  client.on('error', () => undefined);
  await client.ping();
  return {
    url,
    version,
    clear: () => client.flushall(),
    async stop() {
      client.disconnect();
      await endProcess(server);
    },
  };
}

async function endProcess(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const exited = once(server, 'exit');
  server.kill();
  await exited;
}
