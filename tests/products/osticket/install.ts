import { chmod, cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type MariaServer, startMariaServer } from '../../support/servers/maria-server.ts';
import { openPerson } from '../person.ts';
import type { Context } from '../product.ts';
import { type PhpServer, startPhp } from '../start-php.ts';

export const database = 'osticket';
export const administrator = { id: 'ostadmin', password: 'Minwon-products-1' };

interface Installed {
  php: PhpServer;
  maria: MariaServer;
  version: string;
}

/** Runs osTicket's source on a MariaDB of its own and goes through its own installer. */
export async function installOsTicket({ folder, source, browser, ends }: Context): Promise<Installed> {
  const root = join(folder, 'site');
  await cp(source, root, { recursive: true });
  await cp(join(root, 'include/ost-sampleconfig.php'), join(root, 'include/ost-config.php'));
  await chmod(join(root, 'include/ost-config.php'), 0o666);
  const maria = await startMariaServer();
  ends.push(() => maria.stop());
  const connection = await maria.connect();
  await connection.query(
    `create database ${database} charset utf8mb4; create user 'site'@'127.0.0.1' identified by 'site'; grant all on ${database}.* to 'site'@'127.0.0.1'`,
  );
  await connection.end();
  const php = await startPhp(root, join(folder, 'php.log'), { settings: ['memory_limit=256M'] });
  ends.push(() => php.stop());
  const installer = await openPerson(browser, php.url);
  await installer.look('/setup/install.php');
  await installer.send('/setup/install.php', { s: 'prereq' }, '/setup/install.php');
  await installer.send('/setup/install.php', { s: 'config' }, '/setup/install.php');
  const said = await installer.send(
    '/setup/install.php',
    {
      s: 'install',
      name: '민원실',
      email: 'desk@site.example',
      lang_id: 'en_US',
      fname: '담당',
      lname: '김',
      admin_email: 'officer@site.example',
      username: administrator.id,
      passwd: administrator.password,
      passwd2: administrator.password,
      prefix: 'ost_',
      dbhost: `127.0.0.1:${maria.port}`,
      dbname: database,
      dbuser: 'site',
      dbpass: 'site',
      timezone: 'Asia/Seoul',
    },
    '/setup/install.php',
  );
  await installer.leave();
  const configured = await readFile(join(root, 'include/ost-config.php'), 'utf8');
  if (!/OSTINSTALLED',\s*TRUE/i.test(configured))
    throw new Error(
      `the installer said: ${said
        .replace(/<[^>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .slice(0, 900)}`,
    );
  const notes = await readFile(join(root, 'WHATSNEW.md'), 'utf8');
  return { php, maria, version: /v?(1\.\d+\.\d+)/.exec(notes)?.[1] ?? 'unknown' };
}
