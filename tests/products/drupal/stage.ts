import { readSqlSettings } from '../../../adapters/sql/config.ts';
import type { Agency } from '../../../schemas/index.ts';
import { grantRights } from '../../support/servers/grant-rights.ts';
import type { Person } from '../person.ts';
import type { Context } from '../product.ts';
import { database, installDrupal } from './install.ts';
import { openSite, type Site } from './site.ts';

export const agency = 'drupal';
export const part = 'webform7';

/** An installed Drupal with a form and its people, connected to the hub. */
export interface Stage {
  site: Site;
  form: string;
  officer: Person;
  /** A member who files. */
  writer: Person;
  other: Person;
  query(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  newest(): Promise<string>;
}

export async function openStage(context: Context): Promise<Stage> {
  const { php, maria, form, version } = await installDrupal(context);
  context.found(version);
  context.tell(`${version} runs at ${php.url}`);
  const site = openSite(context.browser, php.url, form);
  const connection = await maria.connect(database);
  context.ends.push(() => connection.end());
  const query = async (sql: string, values: unknown[] = []) =>
    (await connection.query(sql, values))[0] as Record<string, unknown>[];
  const settings = {
    dialect: 'mysql',
    host: '127.0.0.1',
    port: maria.port,
    database,
    user: agency,
    password: 'env:BOARD_PASSWORD',
    preset: part,
    // As prepare.php numbers them.
    parameters: { form, title: '1', body: '2', name: '3', email: '4', state: '5', answer: '6' },
  };
  await grantRights(connection, database, readSqlSettings(settings), {
    user: agency,
    password: 'hub-secret',
  });
  context.tell(await context.hub.connect(toAgency(settings), { BOARD_PASSWORD: 'hub-secret' }));
  return {
    site,
    form,
    officer: await site.signIn('officer'),
    writer: await site.signIn('hong'),
    other: await site.signIn('park'),
    query,
    newest: async () =>
      String((await query('select max(sid) as id from webform_submissions where nid = ?', [form]))[0]?.id),
  };
}

const toAgency = (settings: object): Agency => ({
  code: agency,
  name: { ko: '드루팔 기관' },
  timeZone: 'Asia/Seoul',
  officers: [{ name: '김담당' }],
  board: { adapter: 'sql', networks: ['127.0.0.0/8'], pollEvery: 1, settings: { ...settings } },
});
