import { join } from 'node:path';
import { readSqlSettings } from '../../../adapters/sql/config.ts';
import type { Agency } from '../../../schemas/index.ts';
import { grantRights } from '../../support/servers/grant-rights.ts';
import type { Person } from '../person.ts';
import type { Context } from '../product.ts';
import { database, installWordPress, readVersion } from '../wordpress/install.ts';
import { openSite, type Site } from './site.ts';

export const agency = 'kboard';
export const part = 'kboard';

/** An installed KBoard with its people, connected to the hub. */
export interface Stage {
  site: Site;
  admin: Person;
  /** The administrator of the board. */
  officer: Person;
  writer: Person;
  /** A member who has nothing to do with any complaint. */
  other: Person;
  query(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  /** The number of the newest post. */
  newest(): Promise<string>;
}

export async function openStage(context: Context): Promise<Stage> {
  const {
    root,
    php,
    maria,
    version: wordpress,
  } = await installWordPress(context, join(context.source, 'plugins'));
  const kboard = 'wp-content/plugins/kboard/index.php';
  const version = `KBoard ${await readVersion(root, kboard, /KBOARD_VERSION', '([\d.]+)'/)} on ${wordpress}`;
  context.found(version);
  context.tell(`${version} runs at ${php.url}`);
  const site = openSite(context.browser, php.url);
  const connection = await maria.connect(database);
  context.ends.push(() => connection.end());
  const query = async (sql: string, values: unknown[] = []) =>
    (await connection.query(sql, values))[0] as Record<string, unknown>[];
  const admin = await site.signIn('admin');
  for (const [id, name] of Object.entries({ officer: '김담당', hong: '홍길동', park: '박지나' }))
    await site.makeMember(admin, id, name);
  await site.setUp(admin, 'officer');
  // Guests have to copy signs from a picture. A site may do without.
  await query(
    `insert into wp_options (option_name, option_value, autoload) values ('kboard_captcha_stop', '1', 'yes')`,
  );
  await query(`update wp_options set option_value = 'Asia/Seoul' where option_name = 'timezone_string'`);
  const settings = {
    dialect: 'mysql',
    host: '127.0.0.1',
    port: maria.port,
    database,
    user: agency,
    password: 'env:BOARD_PASSWORD',
    preset: part,
    parameters: { board: '1' },
  };
  await grantRights(connection, database, readSqlSettings(settings), {
    user: agency,
    password: 'hub-secret',
  });
  context.tell(await context.hub.connect(toAgency(settings), { BOARD_PASSWORD: 'hub-secret' }));
  return {
    site,
    admin,
    officer: await site.signIn('officer'),
    writer: await site.signIn('hong'),
    other: await site.signIn('park'),
    query,
    newest: async () => String((await query('select max(uid) as uid from wp_kboard_board_content'))[0]?.uid),
  };
}

const toAgency = (settings: object): Agency => ({
  code: agency,
  name: { ko: '케이보드 기관' },
  timeZone: 'Asia/Seoul',
  officers: [{ name: '김담당' }],
  board: { adapter: 'sql', networks: ['127.0.0.0/8'], pollEvery: 1, settings: { ...settings } },
});
