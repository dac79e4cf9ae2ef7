import { execFile, execFileSync, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import mysql, { type Connection } from 'mysql2/promise';
import { waitFor } from '../wait-for.ts';

export interface MariaServer {
  port: number;
  /** A connection of the administrator. The caller closes it. */
  connect(database?: string): Promise<Connection>;
  stop(): Promise<void>;
}

/** True if MariaDB is installed. If not, it says so. With REQUIRE_SERVICES=1 it throws. */
export function hasMaria(): boolean {
  try {
    execFileSync('mariadbd', ['--version'], { timeout: 20_000, stdio: 'ignore' });
    return true;
  } catch {
    if (process.env.REQUIRE_SERVICES === '1') throw new Error('mariadbd is not installed');
    console.warn('NOT TESTED: mariadbd is not installed');
    return false;
  }
}

/** Starts a real MariaDB in its own folder, reachable only from this machine. */
export async function startMariaServer(): Promise<MariaServer> {
  const folder = await mkdtemp(join(tmpdir(), 'minwon-hub-maria-'));
  const data = join(folder, 'data');
  const user = `--user=${userInfo().username}`;
  const create = ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', user];
  // A server empties its temporary folder when it starts. So it must not share that folder with another.
  const temporary = `--tmpdir=${folder}`;
  await promisify(execFile)('mariadb-install-db', [...create, temporary]);
  const port = await freePort();
  const server = spawn(
    'mariadbd',
    [
      '--no-defaults',
      user,
      `--datadir=${data}`,
      temporary,
      `--socket=${join(folder, 'maria.sock')}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      '--skip-name-resolve',
      '--innodb-buffer-pool-size=16M',
      // Tests throw their databases away, so durability would only cost time.
      '--innodb-flush-log-at-trx-commit=0',
      `--pid-file=${join(folder, 'maria.pid')}`,
    ],
    { stdio: 'ignore' },
  );
  const ended = new Promise<void>((resolve) => server.once('close', () => resolve()));
  const connect = (database?: string) =>
    mysql.createConnection({
      host: '127.0.0.1',
      port,
      user: 'root',
      charset: 'utf8mb4',
      dateStrings: true,
      multipleStatements: true,
      ...(database && { database }),
    });
  await waitFor('mariadbd to listen', async () => {
    const connection = await connect().catch(() => undefined);
    await connection?.end();
    return connection !== undefined;
  });
  return {
    port,
    connect,
    async stop() {
      server.kill();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
