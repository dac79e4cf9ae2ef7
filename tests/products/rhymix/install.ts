import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type MariaServer, startMariaServer } from '../../support/servers/maria-server.ts';
import { openPerson } from '../person.ts';
import type { Context } from '../product.ts';
import { type PhpServer, startPhp } from '../start-php.ts';

export const database = 'rhymix';
export const administrator = { id: 'admin', password: 'Minwon-products-1' };

export interface Installed {
  php: PhpServer;
  maria: MariaServer;
  version: string;
}

/** Copies the source, runs it with a MariaDB of its own, and lets it install itself from a file, as it offers. */
export async function installRhymix({ folder, source, browser, ends }: Context): Promise<Installed> {
  const root = join(folder, 'site');
  await cp(source, root, { recursive: true, filter: (path) => !path.includes('/.git') });
  await mkdir(join(root, 'files'), { recursive: true });
  const maria = await startMariaServer();
  ends.push(() => maria.stop());
  const connection = await maria.connect();
  await connection.query(
    `create database ${database} charset utf8mb4; create user 'site'@'127.0.0.1' identified by 'site'; grant all on ${database}.* to 'site'@'127.0.0.1'`,
  );
  await connection.end();
  const wanted = {
    db_type: 'mysqli_innodb',
    db_hostname: '127.0.0.1',
    db_port: String(maria.port),
    db_userid: 'site',
    db_password: 'site',
    db_database: database,
    db_table_prefix: 'rx',
    db_charset: 'utf8mb4',
    use_rewrite: 'N',
    use_ssl: 'none',
    time_zone: '+0900',
    email_address: 'admin@site.example',
    password: administrator.password,
    nick_name: '관리자',
    user_id: administrator.id,
  };
  const pairs = Object.entries(wanted).map(([name, value]) => `'${name}' => '${value}'`);
  await writeFile(
    join(root, 'config/install.config.php'),
    `<?php\n$install_config = [${pairs.join(', ')}];\n`,
  );
  const php = await startPhp(root, join(folder, 'php.log'), { settings: ['date.timezone=Asia/Seoul'] });
  ends.push(() => php.stop());
  const first = await openPerson(browser, php.url);
  await first.look('/index.php');
  await first.leave();
  const version = /RX_VERSION', '([\d.]+)'/.exec(
    await readFile(join(root, 'common/constants.php'), 'utf8'),
  )?.[1];
  return { php, maria, version: version ?? 'unknown' };
}
