import { readSqlSettings } from '../../../adapters/sql/config.ts';
import type { Agency } from '../../../schemas/index.ts';
import { grantRights } from '../../support/servers/grant-rights.ts';
import type { Person } from '../person.ts';
import type { Context } from '../product.ts';
import type { PhpServer } from '../start-php.ts';
import { database, installRhymix } from './install.ts';
import { openSite, type Site, signInAsAdministrator } from './site.ts';

export const agency = 'rhymix';
export const part = 'rhymix2';

/** An installed Rhymix with its people, connected to the hub. */
export interface Stage {
  site: Site;
  php: PhpServer;
  admin: Person;
  /** The manager of the board. */
  officer: Person;
  writer: Person;
  /** A member who has nothing to do with any complaint. */
  other: Person;
  query(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
}

export async function openStage(context: Context): Promise<Stage> {
  const { php, maria, version } = await installRhymix(context);
  context.found(`Rhymix ${version}`);
  context.tell(`Rhymix ${version} runs at ${php.url}`);
  const site = openSite(context.browser, php.url);
  const connection = await maria.connect(database);
  context.ends.push(() => connection.end());
  const query = async (sql: string, values: unknown[] = []) =>
    (await connection.query(sql, values))[0] as Record<string, unknown>[];
  const [board] = await query(`select module_srl from rx_modules where mid = 'qna'`);
  const module = String(board?.module_srl);
  const stage = {
    site,
    php,
    officer: await site.join('officer', '김담당'),
    writer: await site.join('hong', '홍길동'),
    other: await site.join('park', '박지나'),
    admin: await signInAsAdministrator(site),
    query,
  };
  await site.setUpBoard(stage.admin, module, 'officer');
  const settings = {
    dialect: 'mysql',
    host: '127.0.0.1',
    port: maria.port,
    database,
    user: agency,
    password: 'env:BOARD_PASSWORD',
    preset: part,
    parameters: { prefix: 'rx_', module },
  };
  await grantRights(connection, database, readSqlSettings(settings), {
    user: agency,
    password: 'hub-secret',
  });
  context.tell(await context.hub.connect(toAgency(settings), { BOARD_PASSWORD: 'hub-secret' }));
  return stage;
}

const toAgency = (settings: object): Agency => ({
  code: agency,
  name: { ko: '라이믹스 기관' },
  timeZone: 'Asia/Seoul',
  officers: [{ name: '김담당' }],
  board: { adapter: 'sql', networks: ['127.0.0.0/8'], pollEvery: 1, settings: { ...settings } },
});
