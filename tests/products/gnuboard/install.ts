import { chmod, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type MariaServer, startMariaServer } from '../../support/servers/maria-server.ts';
import { openPerson } from '../person.ts';
import type { Context } from '../product.ts';
import { type PhpServer, startPhp } from '../start-php.ts';

export const database = 'gnuboard';
export const administrator = { id: 'admin', password: 'minwon-products-1' };

export interface Installed {
  php: PhpServer;
  maria: MariaServer;
  /** The copy of the source that runs. */
  root: string;
  version: string;
}

/** Copies the source, runs it with a MariaDB of its own, and goes through its own installer. */
export async function installGnuboard({ folder, source, browser, ends }: Context): Promise<Installed> {
  const root = join(folder, 'site');
  await cp(source, root, { recursive: true, filter: (path) => !path.includes('/.git') });
  await mkdir(join(root, 'data'));
  await chmod(join(root, 'data'), 0o777);
  await makeCaptchaReadable(root);
  const maria = await startMariaServer();
  ends.push(() => maria.stop());
  const connection = await maria.connect();
  await connection.query(
    `create database ${database} charset utf8; create user 'site'@'127.0.0.1' identified by 'site'; grant all on ${database}.* to 'site'@'127.0.0.1'`,
  );
  await connection.end();
  const php = await startPhp(root, join(folder, 'php.log'), {
    settings: [`mysqli.default_port=${maria.port}`, 'date.timezone=Asia/Seoul'],
  });
  ends.push(() => php.stop());
  const installer = await openPerson(browser, php.url);
  const said = await installer.send('/install/install_db.php', {
    agree: '동의함',
    mysql_host: '127.0.0.1',
    mysql_user: 'site',
    mysql_pass: 'site',
    mysql_db: database,
    table_prefix: 'g5_',
    admin_id: administrator.id,
    admin_pass: administrator.password,
    admin_name: '최고관리자',
    admin_email: 'admin@site.example',
  });
  await installer.leave();
  if (!said.includes('설치가 완료')) throw new Error(`the installer said: ${said.slice(-600)}`);
  const version = /G5_GNUBOARD_VER', '([\d.]+)'/.exec(await readFile(join(root, 'version.php'), 'utf8'))?.[1];
  return { php, maria, root, version: version ?? 'unknown' };
}

/** Guests have to copy digits from a picture. A site may choose the digits; with one of them a program can copy too. */
async function makeCaptchaReadable(root: string): Promise<void> {
  const file = join(root, 'plugin/kcaptcha/kcaptcha_config.php');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('$allowed_symbols = "0123456789"', '$allowed_symbols = "1"'));
}
export const captcha = '111111';
