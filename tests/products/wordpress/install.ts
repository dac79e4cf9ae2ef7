import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type MariaServer, startMariaServer } from '../../support/servers/maria-server.ts';
import { openPerson } from '../person.ts';
import type { Context } from '../product.ts';
import { type PhpServer, startPhp } from '../start-php.ts';

export const database = 'wordpress';
export const administrator = { id: 'admin', password: 'Minwon-products-1' };
const packaged = '/usr/share/wordpress';

interface Installed {
  /** The folder of its programs. */
  root: string;
  php: PhpServer;
  maria: MariaServer;
  version: string;
}

/** Debian packages of WordPress with what it runs on. */
export const packages = [
  'wordpress',
  // The theme that it installs with; without one its pages are empty.
  'wordpress-theme-twentytwentythree',
  'php-cli',
  'php-mysql',
  'php-gd',
  'php-mbstring',
  'php-curl',
  'php-xml',
  'mariadb-server',
];

/**
 * Runs Debian's WordPress with these plugins, if any, on a MariaDB of its own, and goes through its own installer.
 */
export async function installWordPress(
  { folder, browser, ends }: Context,
  plugins?: string,
): Promise<Installed> {
  const root = join(folder, 'site');
  await cp(packaged, root, { recursive: true, dereference: true });
  if (plugins) await cp(plugins, join(root, 'wp-content/plugins'), { recursive: true });
  await mkdir(join(root, 'wp-content/mu-plugins'), { recursive: true });
  await writeFile(join(root, 'wp-content/mu-plugins/site.php'), ownFilters);
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
  const version = await readVersion(root, 'wp-includes/version.php', /wp_version = '([\d.]+)'/);
  return { root, php, maria, version: `WordPress ${version}` };
}

export async function readVersion(root: string, file: string, pattern: RegExp): Promise<string> {
  return pattern.exec(await readFile(join(root, file), 'utf8'))?.[1] ?? 'unknown';
}

const keys = ['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'].flatMap((name) => [`${name}_KEY`, `${name}_SALT`]);

/**
 * The filter of presets/boards-by-product.md, without which WordPress shows strangers the comments of private posts; and
 * people here all have one address, from which WordPress takes one comment in fifteen seconds.
 */
const ownFilters = `<?php
add_filter('comment_feed_where', fn($where) => $where . " AND comment_post_ID IN (SELECT ID FROM {$GLOBALS['wpdb']->posts} WHERE post_status = 'publish')");
remove_all_filters('check_comment_flood'); add_filter('wp_is_comment_flood', '__return_false', 99);
`;

const configuration = (port: number) => `<?php
define('DB_NAME', '${database}'); define('DB_USER', 'site'); define('DB_PASSWORD', 'site');
define('DB_HOST', '127.0.0.1:${port}'); define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
${keys.map((key) => `define('${key}', 'products-${key}');`).join(' ')}
$table_prefix = 'wp_';
define('DISABLE_WP_CRON', true); define('AUTOMATIC_UPDATER_DISABLED', true); define('WP_HTTP_BLOCK_EXTERNAL', true);
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
`;
