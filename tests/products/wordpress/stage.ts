import { readSqlSettings } from '../../../adapters/sql/config.ts';
import type { Agency } from '../../../schemas/index.ts';
import { grantRights } from '../../support/servers/grant-rights.ts';
import type { Person } from '../person.ts';
import type { Context } from '../product.ts';
import { database, installWordPress } from './install.ts';
import { openSite, type Site } from './site.ts';

export const agency = 'wordpress';
export const part = 'wordpress';

/** An installed WordPress with its people, connected to the hub. */
export interface Stage {
  site: Site;
  /** An editor. */
  officer: Person;
  /** An author: who may write posts of his or her own. */
  writer: Person;
  /** Another author. */
  other: Person;
  query(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  newest(): Promise<string>;
}

export async function openStage(context: Context): Promise<Stage> {
  const { php, maria, version } = await installWordPress(context);
  context.found(version);
  context.tell(`${version} runs at ${php.url}`);
  const site = openSite(context.browser, php.url);
  const connection = await maria.connect(database);
  context.ends.push(() => connection.end());
  const query = async (sql: string, values: unknown[] = []) =>
    (await connection.query(sql, values))[0] as Record<string, unknown>[];
  await query(`update wp_options set option_value = 'Asia/Seoul' where option_name = 'timezone_string'`);
  const admin = await site.signIn('admin');
  await site.makeMember(admin, 'officer', '김담당', 'editor');
  await site.makeMember(admin, 'hong', '홍길동', 'author');
  await site.makeMember(admin, 'park', '박지나', 'author');
  const settings = {
    dialect: 'mysql',
    host: '127.0.0.1',
    port: maria.port,
    database,
    user: agency,
    password: 'env:BOARD_PASSWORD',
    preset: part,
    parameters: { category: await site.makeCategory(admin, '민원') },
  };
  await grantRights(connection, database, readSqlSettings(settings), {
    user: agency,
    password: 'hub-secret',
  });
  context.tell(await context.hub.connect(toAgency(settings), { BOARD_PASSWORD: 'hub-secret' }));
  const select = `select max(ID) as id from wp_posts where post_type = 'post'`;
  return {
    site,
    officer: await site.signIn('officer'),
    writer: await site.signIn('hong'),
    other: await site.signIn('park'),
    query,
    newest: async () => String((await query(select))[0]?.id),
  };
}

const toAgency = (settings: object): Agency => ({
  code: agency,
  name: { ko: '워드프레스 기관' },
  timeZone: 'Asia/Seoul',
  officers: [{ name: '김담당' }],
  board: { adapter: 'sql', networks: ['127.0.0.0/8'], pollEvery: 1, settings: { ...settings } },
});
