import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findFreePort } from '../../bench/free-port.ts';
import { spawnTied } from '../../support/processes/tied-process.ts';
import { waitFor } from '../../support/wait-for.ts';
import type { Context } from '../product.ts';

export interface InstalledRt {
  url: string;
  version: string;
  /** The SQLite file of its tables. */
  database: string;
}

const run = promisify(execFile);
const startWithin = 60_000;
const prepare = fileURLToPath(new URL('prepare.pl', import.meta.url));

/** Debian's RT with tables in SQLite, on its standalone server, with the people of prepare.pl. */
export async function installRt({ folder, ends }: Context): Promise<InstalledRt> {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const database = join(folder, 'rt.sqlite');
  const configuration = join(folder, 'RT_SiteConfig.pm');
  const parts = join(folder, 'parts');
  await mkdir(parts);
  for (const name of ['mason', 'session']) await mkdir(join(folder, name));
  await writeFile(configuration, toConfiguration(folder, { port, url, database }));
  const env = { ...process.env, RT_SITE_CONFIG: configuration, RT_SITE_CONFIG_DIR: parts };
  const init = ['--action', 'init', '--skip-create', '--dba', 'root', '--dba-password', ''];
  await run('rt-setup-database-5', init, { env });
  await run('perl', [prepare], { env, cwd: folder });
  const log = openSync(join(folder, 'rt.log'), 'a');
  const args = ['--port', String(port), '--host', '127.0.0.1', '--server', 'HTTP::Server::PSGI'];
  const server = '/usr/share/request-tracker5/libexec/rt-server';
  const child = spawnTied(server, args, { env, cwd: folder, stdio: ['ignore', log, log] });
  const exited = once(child, 'exit');
  ends.push(() => child.kill('SIGKILL') && exited);
  const isUp = () =>
    fetch(url).then(
      (reply) => reply.ok,
      () => false,
    );
  await waitFor('RT to answer', isUp, startWithin);
  const { stdout } = await run('dpkg-query', ['-s', 'request-tracker5']);
  return { url, version: /^Version: (\S+)/m.exec(stdout)?.[1] ?? 'unknown', database };
}

function toConfiguration(
  folder: string,
  { port, url, database }: { port: number; url: string; database: string },
): string {
  const settings: Record<string, string | number> = {
    rtname: 'site.example',
    Organization: 'site.example',
    Timezone: 'Asia/Seoul',
    WebPath: '',
    WebDomain: '127.0.0.1',
    WebPort: port,
    WebBaseURL: url,
    DatabaseType: 'SQLite',
    DatabaseName: database,
    LogToSTDERR: 'warning',
    MailCommand: 'testfile',
    MasonDataDir: join(folder, 'mason'),
    MasonSessionDir: join(folder, 'session'),
  };
  const lines = Object.entries(settings).map(([name, value]) => `Set($${name}, '${value}');`);
  return [...lines, 'Set($LogToSyslog, undef);', 'Set($LogToFile, undef);', '1;', ''].join('\n');
}
