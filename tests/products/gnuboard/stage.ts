import { readSqlSettings } from '../../../adapters/sql/config.ts';
import type { Agency } from '../../../schemas/index.ts';
import { grantRights } from '../../support/servers/grant-rights.ts';
import type { Person } from '../person.ts';
import type { Context } from '../product.ts';
import { database, installGnuboard } from './install.ts';
import { openSite, type Site } from './site.ts';

export const board = 'minwon';
/** The agency of the board, and that of the 1:1 questions. */
export const boardAgency = 'gbboard';
export const qaAgency = 'gbqa';
export const boardPart = 'gnuboard5-board';
export const qaPart = 'gnuboard5-qa';

/** An installed GNUBoard with its people, connected to the hub as two agencies. */
export interface Stage {
  site: Site;
  admin: Person;
  /** The administrator of the board. */
  officer: Person;
  writer: Person;
  /** A member who has nothing to do with any complaint. */
  other: Person;
  /** The copy of the source that runs. */
  root: string;
  query(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
}

export async function openStage(context: Context): Promise<Stage> {
  const { php, maria, root, version } = await installGnuboard(context);
  context.found(`GNUBoard ${version}`);
  context.tell(`GNUBoard ${version} runs at ${php.url}`);
  const site = openSite(context.browser, php.url);
  const connection = await maria.connect(database);
  context.ends.push(() => connection.end());
  const query = async (sql: string, values: unknown[] = []) =>
    (await connection.query(sql, values))[0] as Record<string, unknown>[];
  // People write quickly one after the other here; the site's own pause between two posts of one person is a setting.
  await query(`set session sql_mode = ''`);
  await query('update g5_config set cf_delay_sec = -60');
  const admin = await site.signIn('admin');
  const names = { officer: '김담당', hong: '홍길동', park: '박지나' };
  for (const [id, name] of Object.entries(names)) await site.makeMember(admin, id, name);
  await site.makeBoard(admin, board, 'officer');
  const stage: Stage = {
    site,
    admin,
    officer: await site.signIn('officer'),
    writer: await site.signIn('hong'),
    other: await site.signIn('park'),
    root,
    query,
  };
  const settings = { port: maria.port, ...connected };
  for (const agency of [
    toAgency(boardAgency, settings, boardPreset),
    toAgency(qaAgency, settings, qaPreset),
  ]) {
    const full = readSqlSettings(agency.board?.settings);
    await grantRights(connection, database, full, { user: agency.code, password: 'hub-secret' });
    context.tell(await context.hub.connect(agency, { BOARD_PASSWORD: 'hub-secret' }));
  }
  return stage;
}

const connected = { dialect: 'mysql', host: '127.0.0.1', database, password: 'env:BOARD_PASSWORD' };
const boardPreset = { preset: boardPart, parameters: { board } };
const qaPreset = { preset: qaPart };

function toAgency(code: string, connection: object, preset: object): Agency {
  return {
    code,
    name: { ko: `${code} 기관` },
    timeZone: 'Asia/Seoul',
    officers: [{ name: '김담당' }],
    board: {
      adapter: 'sql',
      networks: ['127.0.0.0/8'],
      pollEvery: 1,
      settings: { ...connection, user: code, ...preset },
    },
  };
}
