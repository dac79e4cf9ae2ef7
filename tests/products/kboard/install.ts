import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type MariaServer, startMariaServer } from '../../support/servers/maria-server.ts';
import { openPerson } from '../person.ts';
import type { Context } from '../product.ts';
import { type PhpServer, startPhp } from '../start-php.ts';

export const database = 'wordpress';
export const administrator = { id: 'admin', password: 'Minwon-products-1' };
const packaged = '/usr/share/wordpress';

export interface Installed {
  php: PhpServer;
  maria: MariaServer;
  version: string;
}

/** Runs Debian's WordPress with the plugin's source, on a MariaDB of its own, and goes through its own installer. */
export async function installWordPress({ folder, source, browser, ends }: Context): Promise<Installed> {
  const root = join(folder, 'site');
  await cp(packaged, root, { recursive: true, dereference: true });
  await cp(join(source, 'plugins'), join(root, 'wp-content/plugins'), { recursive: true });
  const maria = await startMariaServer();
  ends.push(() => maria.stop());
  const connection = await maria.connect();
  await connection.query(
    `create database ${database} charset utf8mb4; create user 'site'@'127.0.0.1' identified by 'site'; grant all on ${database}.* to 'site'@'127.0.0.1'`,
  );
  await connection.end();
  await rm(join(root, 'wp-config.php'), { force: true });
  await writeFile(join(root, 'wp-config.php'), configuration(maria.port));
  const php = await startPhp(root, join(folder, 'php.log'), { settings: ['memory_limit=256M'] });
  ends.push(() => php.stop());
  const installer = await openPerson(browser, php.url);
  const said = await installer.send('/wp-admin/install.php?step=2', {
    weblog_title: '기관',
    user_name: administrator.id,
    admin_password: administrator.password,
    admin_password2: administrator.password,
    pw_weak: 'on',
    admin_email: 'admin@site.example',
    language: '',
  });
  await installer.leave();
  if (!said.includes('install-success')) throw new Error(`the installer said: ${said.slice(-600)}`);
  const version = async (file: string, pattern: RegExp) =>
    pattern.exec(await readFile(join(root, file), 'utf8'))?.[1] ?? 'unknown';
  const own = await version('wp-content/plugins/kboard/index.php', /KBOARD_VERSION', '([\d.]+)'/);
  const site = await version('wp-includes/version.php', /wp_version = '([\d.]+)'/);
  return { php, maria, version: `KBoard ${own} on WordPress ${site}` };
}

const keys = ['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'].flatMap((name) => [`${name}_KEY`, `${name}_SALT`]);

const configuration = (port: number) => `<?php
define('DB_NAME', '${database}'); define('DB_USER', 'site'); define('DB_PASSWORD', 'site');
define('DB_HOST', '127.0.0.1:${port}'); define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
${keys.map((key) => `define('${key}', 'products-${key}');`).join(' ')}
$table_prefix = 'wp_';
define('DISABLE_WP_CRON', true); define('AUTOMATIC_UPDATER_DISABLED', true); define('WP_HTTP_BLOCK_EXTERNAL', true);
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
`;
