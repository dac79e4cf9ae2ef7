import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { chmod, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Connection } from 'mysql2/promise';
import { findFreePort } from '../../bench/free-port.ts';
import { spawnTied } from '../../support/processes/tied-process.ts';
import { startMariaServer } from '../../support/servers/maria-server.ts';
import { waitFor } from '../../support/wait-for.ts';
import type { Context } from '../product.ts';

const instance = 'minwon-products';
const database = 'redmine';
const home = '/usr/share/redmine';
const configuration = `/etc/redmine/${instance}`;
/** Debian keeps what belongs to an instance in these folders. */
const folders = [
  configuration,
  `/var/lib/redmine/${instance}`,
  `/var/log/redmine/${instance}`,
  `/var/cache/redmine/${instance}`,
  `${home}/instances/${instance}`,
];
const startWithin = 120_000;
const run = promisify(execFile);

export interface InstalledRedmine {
  url: string;
  version: string;
  connection: Connection;
}

/** An instance of Debian's Redmine with a MariaDB of its own, its tables and its default data in Korean. */
export async function installRedmine({ folder, ends }: Context): Promise<InstalledRedmine> {
  const maria = await startMariaServer();
  ends.push(() => maria.stop());
  const admin = await maria.connect();
  await admin.query(
    `create database ${database} character set utf8mb4; create user 'site'@'127.0.0.1' identified by 'site'; grant all on ${database}.* to 'site'@'127.0.0.1'`,
  );
  await admin.end();
  ends.push(() => Promise.all(folders.map((one) => rm(one, { recursive: true, force: true }))));
  await writeConfiguration(maria.port);
  const environment = {
    PATH: process.env.PATH,
    HOME: folder,
    REDMINE_INSTANCE: instance,
    X_DEBIAN_SITEID: instance,
    RAILS_ENV: 'production',
    SCHEMA: '/dev/null',
    REDMINE_LANG: 'ko',
  };
  await chmod(folder, 0o777);
  const asServer = ['--reuid=www-data', '--regid=www-data', '--clear-groups'];
  const rake = (task: string) =>
    run('setpriv', [...asServer, 'bundle', 'exec', 'rake', task], { cwd: home, env: environment });
  await rake('db:migrate');
  await rake('redmine:load_default_data');
  const connection = await maria.connect(database);
  ends.push(() => connection.end());
  const port = await findFreePort();
  const log = openSync(join(folder, 'puma.log'), 'a');
  const puma = ['puma', '-w', '0', '-t', '1:4', '-b', `tcp://127.0.0.1:${port}`, '--dir', home];
  const child = spawnTied('setpriv', [...asServer, ...puma, '-e', 'production'], {
    env: environment,
    cwd: home,
    stdio: ['ignore', log, log],
  });
  const exited = once(child, 'exit');
  ends.push(() => child.kill('SIGKILL') && exited);
  const url = `http://127.0.0.1:${port}`;
  await waitFor(
    'Redmine to answer',
    () =>
      fetch(url).then(
        (reply) => reply.ok,
        () => false,
      ),
    startWithin,
  );
  return { url, version: await readVersion(), connection };
}

async function writeConfiguration(port: number): Promise<void> {
  await run(`${home}/bin/redmine-instances`, ['create', instance]);
  const connection = {
    adapter: 'mysql2',
    database,
    host: '127.0.0.1',
    port,
    username: 'site',
    password: 'site',
    encoding: 'utf8mb4',
  };
  await writeFile(join(configuration, 'database.yml'), JSON.stringify({ production: connection }));
  await writeFile(join(configuration, 'secret_key.txt'), randomBytes(32).toString('hex'));
  await run('chown', ['-R', 'www-data:', ...folders]);
}

async function readVersion(): Promise<string> {
  const { stdout } = await run('dpkg-query', ['-s', 'redmine']);
  return /^Version: (\S+)/m.exec(stdout)?.[1] ?? 'unknown';
}
