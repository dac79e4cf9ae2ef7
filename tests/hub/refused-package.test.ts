import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Hub, startHub } from '../../hub/app.ts';
import { readSettings } from '../../hub/settings.ts';
import { openStore, type Store } from '../../hub/store/database.ts';
import type { Agency } from '../../schemas/index.ts';
import { type RestBoard, startRestBoard } from '../boards/rest-board/index.ts';
import { createFreshDatabase } from '../support/servers/fresh-database.ts';
import { configure, readBoardAgency } from '../support/test-hub.ts';
import { waitFor } from '../support/wait-for.ts';

let board: RestBoard;
let store: Store;
let hub: Hub;
const lines: string[] = [];

/** An agency whose kind of board is not there. */
const without = (code: string, adapter: string): Agency => ({
  code,
  name: { ko: code },
  officers: [{ name: '김' }],
  board: { adapter, settings: {} },
});

beforeAll(async () => {
  process.env.SBIZ_API_KEY = 'rest-key';
  board = await startRestBoard({ agencyName: '남은 기관', apiKey: 'rest-key' });
  const url = await createFreshDatabase();
  store = openStore(url, 4);
  const agencies = [without('parish', 'parish-web'), without('gone', 'nonesuch')];
  await configure(store, [readBoardAgency('rest-board', 'sbiz', board.url), ...agencies], {
    rules: [],
    default: 'sbiz',
  });
  const settings = readSettings({
    ...{ DATABASE_URL: url, PORT: '0', LOG_LEVEL: 'error' },
    ADAPTER_PACKAGES: './tests/adapters/law-packages/forgiving-check',
  });
  hub = await startHub(settings, { log: pino({ level: 'error' }, { write: (line) => lines.push(line) }) });
});
afterAll(async () => {
  await hub?.stop();
  await store?.close();
  await board?.close();
});

it('a package that breaks a law is refused at the start by the name of the law, and the hub goes on', async () => {
  expect(lines.filter((line) => line.includes('an adapter was refused'))).toEqual([
    expect.stringContaining('breaks a law: checkSettings is pure, never throws'),
  ]);
  expect((await fetch(`${hub.url}/health/ready`)).status).toBe(200);
  board.file({ subject: '그래도 접수' });
  await waitFor('the complaint of the board that is there', async () => {
    const { rowCount } = await store.pool.query(`select from complaints where origin = 'sbiz'`);
    return rowCount === 1;
  });
});

it('the operator is told of each agency whose kind was refused or is gone, and why', async () => {
  const rows = await waitFor('the alerts', async () => {
    const found = await store.pool.query<{ subject: string; items: { code: string }[] }>(
      `select subject, items from alerts where condition = 'adapter-missing' and state = 'open' order by subject`,
    );
    return found.rows.length === 2 && found.rows;
  });
  expect(rows.map(({ subject, items }) => [subject, items[0]?.code])).toEqual([
    ['gone', expect.not.stringMatching('adapter_refused')],
    ['parish', 'adapter_refused'],
  ]);
  expect(JSON.stringify(rows)).toContain('law_check_settings');
});

it('the alert ends when the agency has another board', async () => {
  const { board: other } = readBoardAgency('rest-board', 'gone', board.url);
  await store.pool.query(
    `insert into configurations (kind, name, version, body, author) values ('agency', 'gone', 2, $1, 'test')`,
    [JSON.stringify({ ...without('gone', 'rest'), board: other })],
  );
  await store.pool.query(`select pg_notify('hub_configuration', '')`);
  await waitFor(
    'its end',
    async () =>
      (
        await store.pool.query(
          `select from alerts where condition = 'adapter-missing' and subject = 'gone' and state = 'ended'`,
        )
      ).rowCount === 1,
  );
});
