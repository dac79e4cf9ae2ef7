import { execFile } from 'node:child_process';
import { cp, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type MariaServer, startMariaServer } from '../../support/servers/maria-server.ts';
import type { Context } from '../product.ts';
import { type PhpServer, startPhp } from '../start-php.ts';

export const database = 'drupal';
/** Of everybody. */
export const password = 'Minwon-products-1';

interface Installed {
  php: PhpServer;
  maria: MariaServer;
  /** The form's number. */
  form: string;
  version: string;
}

const prepare = fileURLToPath(new URL('prepare.php', import.meta.url));
const prepareWithin = 300_000;

/** Runs Drupal's source on a MariaDB of its own, installed by its own installer, with the form of prepare.php. */
export async function installDrupal({ folder, source, ends }: Context): Promise<Installed> {
  const root = join(folder, 'site');
  await cp(join(source, 'drupal'), root, { recursive: true });
  await cp(join(source, 'modules'), join(root, 'sites/all/modules'), { recursive: true });
  await mkdir(join(root, 'sites/default/files'), { recursive: true });
  const maria = await startMariaServer();
  ends.push(() => maria.stop());
  const connection = await maria.connect();
  await connection.query(
    `create database ${database} charset utf8mb4; create user 'site'@'127.0.0.1' identified by 'site'; grant all on ${database}.* to 'site'@'127.0.0.1'`,
  );
  await connection.end();
  const { stdout } = await promisify(execFile)('php', [prepare, String(maria.port), database, password], {
    cwd: root,
    timeout: prepareWithin,
  });
  const { form, version } = readPrepared(stdout);
  const php = await startPhp(root, join(folder, 'php.log'), { settings: ['memory_limit=256M'] });
  ends.push(() => php.stop());
  const info = await readFile(join(root, 'sites/all/modules/webform/webform.info'), 'utf8');
  const webform = /^version = "?([\w.-]+)/m.exec(info)?.[1] ?? 'unknown';
  return { php, maria, form, version: `Drupal ${version} with Webform ${webform}` };
}

function readPrepared(said: string): { form: string; version: string } {
  const line = said.split('\n').find((one) => one.startsWith('{"form"'));
  if (!line) throw new Error(`the installer said: ${said.replace(/<[^>]*>/g, ' ').slice(-900)}`);
  return JSON.parse(line) as { form: string; version: string };
}
