import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { type RestBoard, startRestBoard } from '../../../boards/rest-board/index.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import { configure, readBoardAgency } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { type Running, startHubProcess } from '../../command-line/run-hub.ts';
import { type OpenRehearsals, openRehearsals } from './open-rehearsals.ts';
import { inStage, waitForRows } from './stage-hub.ts';

let board: RestBoard;
let store: Store;
let office: OpenRehearsals;
const running: Running[] = [];

beforeAll(async () => {
  process.env.SBIZ_API_KEY = 'rest-key';
  board = await startRestBoard({ agencyName: '소상공인지원원', apiKey: 'rest-key' });
  store = openStore(await createFreshDatabase(), 4);
  await configure(store, [inStage(readBoardAgency('rest-board', 'sbiz', board.url), 'trial')], {
    rules: [],
    default: 'sbiz',
  });
  office = await openRehearsals(store);
});
afterAll(async () => {
  for (const { child } of running) child.kill('SIGKILL');
  await office?.close();
  await store?.close();
  await board?.close();
});

function startHub(): Running {
  const env = { DATABASE_URL: store.url, LOG_LEVEL: 'error', SBIZ_API_KEY: 'rest-key' };
  const hub = startHubProcess(['serve', '--port', '0'], { env });
  running.push(hub);
  return hub;
}

it('a test whose process was killed after the board took it goes on in another, once', async () => {
  const killed = startHub();
  await waitForRows(store, 'the board read', 'trial.boards where read_through_at is not null');
  board.faults.mode = 'resetAfterWrite';
  const made = await office.makeTest(
    {
      agency: 'sbiz',
      direction: 'to_board',
      address: 'admin@hub.example',
      language: 'ko',
      title: '죽는 시험',
      body: '시험입니다',
    },
    { actor: 'admin', way: 'console' },
  );
  if (!made.ok) throw new Error('not made');
  await waitFor('the post on the board', () =>
    board.posts().some(({ subject }) => subject.includes(made.test.mark)),
  );
  killed.child.kill('SIGKILL');
  await killed.ended;
  board.faults.mode = 'none';
  startHub();
  await waitForRows(store, 'the link level', 'trial.links where external_id is not null and held = due');
  const posts = board.posts().filter(({ subject }) => subject.includes(made.test.mark));
  expect(posts).toHaveLength(1);
  board.answer(posts[0]?.mwNo ?? 0, '살아났습니다');
  await waitForRows(store, 'the answer', "trial.events where type = 'answered'");
  const { rows } = await store.pool.query(
    'select (select count(*) from complaints) as live, (select count(*) from rehearsal.complaints) as rehearsed',
  );
  expect(rows).toEqual([{ live: '0', rehearsed: '0' }]);
});
