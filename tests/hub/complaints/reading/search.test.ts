import { afterAll, beforeAll, expect, test } from 'vitest';
import { countWorklist } from '../../../../hub/complaints/reading/read-worklist.ts';
import { type ComplaintFilter, listComplaints } from '../../../../hub/complaints/reading/search.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import { insertComplaint } from '../../console/sample-board.ts';

let store: Store;
const numbers: string[] = [];

beforeAll(async () => {
  store = openStore(await createFreshDatabase());
  await store.pool.query(
    "insert into configurations (kind, name, version, body, author) select 'agency', code, 1, '{}', 'test' from unnest('{road,tax}'::text[]) code",
  );
  // The first is the newest. Three share one time, so that only the id tells their order.
  const samples = [
    { title: '불법주차 단속', due: 5 },
    { title: '가로등 고장', due: -2, assignee: 'tax', originNumber: '1187' },
    { title: 'SafeBill 오류', due: -30, status: 'answered' },
    { title: '소음 민원', due: -1, status: 'in_progress', name: '남궁민수' },
    { title: '쓰레기', origin: 'tax', assignee: 'tax', due: 200, originNumber: '2026-1187' },
    { title: '보완 중', due: -3, status: 'supplement_requested' },
  ] as const;
  for (const [index, sample] of samples.entries())
    numbers.push(
      (await insertComplaint(store, { body: '내용', ...sample, registered: index + 1 })).receiptNumber,
    );
});
afterAll(() => store.close());

const found = async (filter: ComplaintFilter) =>
  (await listComplaints(store, filter)).rows.map(({ receiptNumber }) => numbers.indexOf(receiptNumber));

test.each<[ComplaintFilter, number[], string]>([
  [{}, [0, 1, 2, 3, 4, 5], 'the newest first'],
  [{ text: '주차단속' }, [0], 'Korean in another spacing'],
  [{ text: '남궁민수' }, [3], 'a name'],
  [{ text: 'safebill' }, [2], 'English'],
  [{ text: '?!' }, [], 'nothing to search for'],
  [{ status: 'answered' }, [2], 'a status'],
  [{ assignee: 'tax' }, [1, 4], 'who must answer'],
  [{ origin: 'tax' }, [4], 'who took it in'],
  [{ kind: 'law_query' }, [], 'a kind that nobody chose'],
  [{ deadline: 'overdue' }, [1, 3], 'overdue, the most urgent first, without what is answered or waits'],
  [{ deadline: 'near' }, [0], 'due within a day'],
  [{ deadline: 'open' }, [1, 3, 0, 4], 'all that is unanswered, by deadline'],
  [{ reader: 'tax' }, [1, 4], 'what one agency has part in'],
  [{ reader: 'park' }, [], 'nothing for an agency without part'],
  [{ text: '고장', assignee: 'road' }, [], 'filters hold together'],
])('%j lists %j: %s', async (filter, expected) => {
  expect(await found(filter)).toEqual(expected);
});

test('a receipt number is found however it is written', async () => {
  const digits = numbers[4]!.replaceAll('-', '');
  expect(await found({ text: numbers[4]! })).toEqual([4]);
  expect(await found({ text: `접수번호 ${digits}` })).toEqual([4]);
});

test('the number that the origin gave is found', async () => {
  expect(await found({ text: ' 2026-1187 ' })).toEqual([4]);
  expect(await found({ text: '1187' }), 'exactly this number').toEqual([1]);
  expect(await found({ text: '1187', reader: 'park' }), 'for whom it is').toEqual([]);
  expect(await found({ text: '1187', assignee: 'road' }), 'with the other filters').toEqual([]);
});

test('the work list counts what waits, of all or of one agency', async () => {
  expect(await countWorklist(store)).toMatchObject({ overdue: 2, near: 1, parkedItems: 0, linksBehind: 0 });
  expect(await countWorklist(store)).toMatchObject({ fresh: 3, unanswered: 4 });
  expect(await countWorklist(store, 'tax')).toMatchObject({ overdue: 1, near: 0, fresh: 2, unanswered: 2 });
});

test('pages show every complaint once, forwards and backwards, also when times are equal', async () => {
  const other = openStore(await createFreshDatabase());
  const expected: string[] = [];
  for (let index = 0; index < 45; index += 1) expected.push((await insertComplaint(other)).receiptNumber);
  await other.pool.query(`update complaints set registered_at = '2026-11-20T00:00:00Z'`);
  const forwards: string[][] = [];
  let page = await listComplaints(other, {});
  expect(page.previous).toBeUndefined();
  for (;;) {
    forwards.push(page.rows.map((row) => row.receiptNumber));
    if (!page.next) break;
    page = await listComplaints(other, {}, { after: page.next });
  }
  expect(forwards.map((rows) => rows.length)).toEqual([20, 20, 5]);
  expect(forwards.flat().toSorted()).toEqual(expected.toSorted());
  const backwards: string[][] = [forwards[2] ?? []];
  while (page.previous) {
    page = await listComplaints(other, {}, { before: page.previous });
    backwards.unshift(page.rows.map((row) => row.receiptNumber));
  }
  expect(backwards).toEqual(forwards);
  await other.close();
});

test.each(['nonsense', "1_'; drop table complaints", '1_00000000-0000-7000-8000-00000000000'])(
  'the place %j is taken for the beginning',
  async (after) => {
    expect((await listComplaints(store, {}, { after })).rows).toHaveLength(6);
  },
);

test('an agency reads what it answers, took in, answered before or was asked for, each once and in one order', async () => {
  const link = `insert into links (id, complaint_id, agency, role, state, due)
    select gen_random_uuid(), id, 'road', $2, 'open', 1 from complaints where receipt_number = $1
    on conflict (complaint_id, agency, coalesce(contribution, 0)) do update set role = excluded.role`;
  // The complaint that the tax office took in and answers is one to which the road office contributes.
  await store.pool.query(link, [numbers[4], 'part']);
  expect(await found({ reader: 'road' })).toEqual([0, 1, 2, 3, 4, 5]);
  expect(await found({ reader: 'road', assignee: 'tax' })).toEqual([1, 4]);
  expect(await found({ reader: 'road', status: 'answered' })).toEqual([2]);
  expect(await found({ reader: 'tax', status: 'answered' })).toEqual([]);
  expect(await found({ reader: 'tax', kind: 'query' })).toEqual([1, 4]);

  const read: number[] = [];
  for (let after: string | undefined = ''; after !== undefined; ) {
    const place = { size: 2, ...(after && { after }) };
    const page = await listComplaints(store, { reader: 'road' }, place);
    read.push(...page.rows.map(({ receiptNumber }) => numbers.indexOf(receiptNumber)));
    after = page.next;
  }
  expect(read).toEqual([0, 1, 2, 3, 4, 5]);
});
