import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Agency } from '../../../../schemas/index.ts';
import { asDetailed, readSampleAgency } from '../../../adapters/conformance/rest-fixture.ts';
import { type RestBoard, startRestBoard } from '../../../boards/rest-board/index.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';

const key = 'detail-key';
let board: RestBoard;
let hub: TestHub | undefined;

beforeAll(async () => {
  board = await startRestBoard({ agencyName: '소상공인지원원', apiKey: key });
  board.faults.details = { mode: 'none', good: 0, calls: 0, vanishing: new Set(), hidden: new Set() };
});
afterEach(async () => {
  await hub?.stop();
  hub = undefined;
});
afterAll(() => board.close());

/** The sample agency, whose list shows less than a post. */
async function startHub(changes: object): Promise<TestHub> {
  const agency = await readSampleAgency();
  process.env.SBIZ_API_KEY = key;
  const settings = asDetailed({ ...agency.board?.settings, endpoint: board.url });
  const connection = { ...agency.board, pollEvery: 0.2, ...changes, settings };
  hub = await startTestHub([{ ...agency, board: connection } as Agency], { rules: [], default: 'sbiz' });
  return hub;
}

const listItems = async ({ store }: TestHub) =>
  (await store.pool.query<{ outcome: string }>('select outcome from raw_items')).rows;
const readBoard = async ({ store }: TestHub) =>
  (
    await store.pool.query<{ poll_error: unknown; busy: boolean }>(
      'select poll_error, busy_until > now() as busy from boards',
    )
  ).rows[0];

it('what came before a board asked to wait is kept, the board is left alone, and the rest comes in later', async () => {
  for (const n of [1, 2, 3]) board.file({ subject: `민원 ${n}` });
  Object.assign(board.faults.details ?? {}, { mode: 'busy429', good: 1, calls: 0 });
  const running = await startHub({});
  await waitFor('the first post', async () => (await listItems(running)).length === 1);
  await waitFor('the board to be left alone', async () => (await readBoard(running))?.busy === true);
  const calls = board.faults.details?.calls;
  expect(calls).toBe(2);
  Object.assign(board.faults.details ?? {}, { mode: 'none' });
  await waitFor('the other posts', async () => (await listItems(running)).length === 3);
  expect(await listItems(running)).toEqual(Array.from({ length: 3 }, () => ({ outcome: 'applied' })));
  expect(board.faults.details?.calls).toBe((calls ?? 0) + 2);
});

it('every call about a post counts for the rate limiter, and waiting for it is not the board’s time', async () => {
  const began = Date.now();
  const before = board.faults.details?.calls ?? 0;
  // A list, three posts and the pauses between them take twice as long as a look may.
  const running = await startHub({ rate: { calls: 2, per: 'second' }, pollTimeout: 1 });
  await waitFor('all posts', async () => (await listItems(running)).length === 3);
  expect((board.faults.details?.calls ?? 0) - before).toBe(3);
  expect(Date.now() - began).toBeGreaterThan(1400);
});
