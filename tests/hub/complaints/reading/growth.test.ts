import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readEarlierSame, readPeers } from '../../../../hub/complaints/joining/read-surroundings.ts';
import { listCandidates } from '../../../../hub/complaints/reading/joining/list-candidates.ts';
import {
  listMissingContributions,
  listOwedContributions,
} from '../../../../hub/complaints/reading/list-contributions.ts';
import { readMyWork } from '../../../../hub/complaints/reading/my-work.ts';
import { countReports, listNotices } from '../../../../hub/complaints/reading/read-notices.ts';
import {
  listBoardHealth,
  listNewestAttempts,
  listParkedItems,
  listParkedLinks,
} from '../../../../hub/complaints/reading/read-operations.ts';
import { listParkedFiles } from '../../../../hub/complaints/reading/read-parked-files.ts';
import { countWorklist } from '../../../../hub/complaints/reading/read-worklist.ts';
import {
  type ComplaintFilter,
  listAndCount,
  listComplaints,
  mostCounted,
  sortings,
} from '../../../../hub/complaints/reading/search.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { complaintKinds, statuses } from '../../../../schemas/index.ts';
import { type BlockCounter, countBlocks, tellBlocks } from '../../../support/count-blocks.ts';
import { fillBoard, frequentWord, largeAgency, rareWord } from '../../../support/fill-board.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';

/** What a person asks for reads what is shown, not what is stored: measured in blocks, on two boards of different size. */
const sizes = { small: 10_000, large: 80_000 };
type Size = keyof typeof sizes;
let boards: Record<Size, { store: Store; blocks: BlockCounter }>;

beforeAll(async () => {
  const open = async (size: Size) => {
    const url = await createFreshDatabase();
    await tellBlocks(url);
    const store = openStore(url, 4);
    const blocks = countBlocks(store);
    await fillBoard(store, sizes[size]);
    return { store, blocks };
  };
  boards = { small: await open('small'), large: await open('large') };
}, 300_000);
afterAll(async () => {
  for (const { store } of Object.values(boards ?? {})) await store.close();
});

/** Less than this is a page and its rows, whatever was asked. */
const page = 1000;

async function expectNoGrowth(ask: (store: Store) => Promise<unknown>): Promise<void> {
  const count = async (size: Size) => {
    const { store, blocks } = boards[size];
    return blocks.count(() => ask(store));
  };
  const [small, large] = [await count('small'), await count('large')];
  if (process.env.SHOW) console.log('BLK', expect.getState().currentTestName, small, large);
  const hint = `${small} blocks at ${sizes.small}, ${large} at ${sizes.large}`;
  expect(large, `${hint}\n${boards.large.blocks.told()}`).toBeLessThan(Math.max(page, small * 2));
}

describe('what stands around a complaint', () => {
  const content = {
    title: '없는 제목',
    body: '없는 내용',
    kind: 'query',
    complainant: { name: '김' },
  } as const;
  const complaint = {
    id: '00000000-0000-0000-0000-000000000000',
    assignee: largeAgency,
    registeredAt: new Date().toISOString(),
    content: { ...content, filedAt: new Date().toISOString() },
  };

  test('earlier identical complaints', () =>
    expectNoGrowth((store) => readEarlierSame(store.pool, complaint)));
  test('complaints that are joined', () =>
    expectNoGrowth((store) => readPeers(store.pool, complaint.id, [])));
  test('complaints of a large agency that may be joined', () =>
    expectNoGrowth((store) => listCandidates(store.pool, complaint)));
});

describe('the board, filtered by', () => {
  const filters: [string, ComplaintFilter][] = [
    ['a rare word', { text: rareWord.text }],
    ['a word that nothing has', { text: '없음' }],
    ['a frequent word', { text: frequentWord }],
    ['a rare word within a large agency', { text: rareWord.text, reader: largeAgency }],
    ['two words that stand apart', { text: `${frequentWord} ${rareWord.text}` }],
    ['an agency that nobody has', { assignee: 'nobody' }],
    ['two large agencies that do not meet', { origin: largeAgency, assignee: largeAgency }],
    ['a kind and a status that do not meet', { kind: 'grievance', status: 'answered' }],
    ['a rare status and a frequent word', { status: 'withdrawn', text: frequentWord }],
    ['a deadline of an agency without any', { deadline: 'open', assignee: 'a4' }],
    ['a status, as an agency reads it', { status: 'withdrawn', reader: largeAgency }],
    ...statuses.map((status): [string, ComplaintFilter] => [`status ${status}`, { status }]),
    ...statuses.map((status): [string, ComplaintFilter] => [
      `status ${status} of a large agency`,
      { status, assignee: largeAgency },
    ]),
    ...complaintKinds.map((kind): [string, ComplaintFilter] => [`kind ${kind}`, { kind }]),
  ];
  test.each(filters)('%s', (_name, filter) => expectNoGrowth((store) => listComplaints(store, filter)));
  test.each([...sortings])('nothing, sorted %s, and by every status', async (sorting) => {
    for (const status of [undefined, ...statuses])
      await expectNoGrowth((store) => listComplaints(store, status ? { status } : {}, { sorting }));
  });
  test.each(filters.slice(0, 11))('%s, counted', (_name, filter) =>
    expectNoGrowth(async (store) => {
      const { total } = await listAndCount(store, filter);
      expect(total).toBeLessThanOrEqual(mostCounted);
    }),
  );

  test('finds what is there', async () => {
    const { store } = boards.large;
    const { rows } = await listComplaints(store, { text: rareWord.text });
    expect(rows).toHaveLength(rareWord.complaints);
    const frequent = await listComplaints(store, { text: frequentWord });
    expect(frequent.rows.map(({ receiptNumber }) => receiptNumber).slice(0, 2)).toEqual(['R79998', 'R79995']);
  });
});

describe('notices', () => {
  const filters = [
    ...(['due', 'sent', 'failed', 'unreachable'] as const).flatMap((state) => [
      { state },
      { state, channel: 'sms' as const },
      { state, channel: 'email' as const },
    ]),
    ...(['awaited', 'delivered', 'undelivered', 'unconfirmed'] as const).flatMap((report) => [
      { report },
      { report, channel: 'sms' as const },
      { report, channel: 'email' as const },
    ]),
    { channel: 'sms' as const },
    { channel: 'email' as const },
  ];
  test.each(filters)('%j', (filter) => expectNoGrowth((store) => listNotices(store, filter)));
});

test.each<[string, (store: Store) => Promise<unknown>]>([
  ['health of all boards', (store) => listBoardHealth(store)],
  ['health of one board', (store) => listBoardHealth(store, largeAgency)],
  ['parked links', listParkedLinks],
  ['parked items', listParkedItems],
  ['parked files', listParkedFiles],
  ['calls to a quiet board', (store) => listNewestAttempts(store, 'nobody')],
  ['calls to a large board', (store) => listNewestAttempts(store, largeAgency)],
  ['texts that did not arrive', countReports],
  ['work that waits', (store) => countWorklist(store)],
  [
    'the work of an officer of a large agency',
    (store) =>
      readMyWork(store, { agency: largeAgency, login: 'officer', covered: ['away'], department: '민원과' }),
  ],
  [
    'the work of an officer of a small agency',
    (store) => readMyWork(store, { agency: 'a4', login: 'nobody' }),
  ],
  ['what a large agency owes others', (store) => listOwedContributions(store, largeAgency, new Date())],
  [
    'what others owe an officer',
    (store) => listMissingContributions(store, { agency: largeAgency, login: 'officer' }, new Date()),
  ],
])('%s', (_name, ask) => expectNoGrowth(ask));
