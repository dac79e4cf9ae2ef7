import { readSqlSettings } from '../../../adapters/sql/config.ts';
import type { Agency } from '../../../schemas/index.ts';
import { grantRights } from '../../support/servers/grant-rights.ts';
import type { Person } from '../person.ts';
import type { Context } from '../product.ts';
import { database, installOsTicket } from './install.ts';
import { openSite, type Site } from './site.ts';

export const agency = 'osticket';
export const part = 'osticket';

/** An installed osTicket with its officer, connected to the hub. */
export interface Stage {
  site: Site;
  officer: Person;
  query(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  newest(): Promise<{ id: string; number: string }>;
}

export async function openStage(context: Context): Promise<Stage> {
  const { php, maria, version } = await installOsTicket(context);
  context.found(`osTicket ${version}`);
  context.tell(`osTicket ${version} runs at ${php.url}`);
  const site = openSite(context.browser, php.url);
  const connection = await maria.connect(database);
  context.ends.push(() => connection.end());
  const query = async (sql: string, values: unknown[] = []) =>
    (await connection.query(sql, values))[0] as Record<string, unknown>[];
  // No mail leaves here, so the link to one's own ticket would never arrive, and no mail host is known; texts are plain.
  for (const key of [
    'client_verify_email',
    'verify_email_addrs',
    'enable_richtext',
    'ticket_lock',
    'ticket_autoresponder',
  ])
    await query(
      `insert into ost_config (namespace, \`key\`, value) values ('core', ?, '0') on duplicate key update value = '0'`,
      [key],
    );
  await query(
    `insert into ost_user (org_id, default_email_id, name, created, updated) values (0, 0, '연계', now(), now())`,
  );
  const [user] = await query('select max(id) as id from ost_user');
  const settings = {
    dialect: 'mysql',
    host: '127.0.0.1',
    port: maria.port,
    database,
    user: agency,
    password: 'env:BOARD_PASSWORD',
    preset: part,
    parameters: { topic: '1', user: String(user?.id) },
  };
  const officer = await site.officer();
  // Its lists keep subjects in a table of their own, which the first page makes.
  await officer.look('/scp/tickets.php');
  await grantRights(connection, database, readSqlSettings(settings), {
    user: agency,
    password: 'hub-secret',
  });
  context.tell(await context.hub.connect(toAgency(settings), { BOARD_PASSWORD: 'hub-secret' }));
  return {
    site,
    officer,
    query,
    async newest() {
      const [row] = await query('select ticket_id, number from ost_ticket order by ticket_id desc limit 1');
      return { id: String(row?.ticket_id), number: String(row?.number) };
    },
  };
}

const toAgency = (settings: object): Agency => ({
  code: agency,
  name: { ko: '오에스티켓 기관' },
  timeZone: 'Asia/Seoul',
  officers: [{ name: '김담당' }],
  board: { adapter: 'sql', networks: ['127.0.0.0/8'], pollEvery: 1, settings: { ...settings } },
});
