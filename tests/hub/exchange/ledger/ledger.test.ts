import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addDays, findDay, listDays, spanOf, toLedgerDay } from '../../../../hub/exchange/ledger/days.ts';
import {
  isBalanced,
  listDifferences,
  listLedgerEntries,
  readLedger,
  readLedgerDay,
  readLedgerPage,
} from '../../../../hub/exchange/ledger/ledger.ts';
import { type OpenBook, openBook } from './open-book.ts';

let book: OpenBook;
/** The test's own day: nothing here lasts until midnight twice. */
let today: string;
beforeAll(async () => {
  book = await openBook();
});
beforeEach(async () => {
  await book.empty();
  today = toLedgerDay(new Date());
});
afterAll(() => book.close());

const sql = (text: string, values: unknown[] = []) => book.store.pool.query(text, values);
const read = async (agency: string) => {
  const [row] = await readLedgerDay(book.store, today, agency);
  return row;
};
const differences = async () =>
  (await listDifferences(book.store, today, undefined, 50)).map(
    ({ agency, state, item, receiptNumber, seq }) => ({ agency, state, item, receiptNumber, seq }),
  );

/** Two complaints for other, one for desk, answered; one item parked, one discarded, one call made twice. */
async function fillDay() {
  const first = await book.file('1');
  const second = await book.file('2');
  const third = await book.file('3', '창구');
  await book.take('sbiz', '4', 'bad');
  await book.take('sbiz', '5', 'bad');
  await sql(
    `update raw_items set outcome = 'discarded', decided_by = 'admin', decided_at = now() where external_id = '5'`,
  );
  const answer = { answers: [{ text: '처리했습니다.' }] };
  const call = { source: 'rest', complaintId: first.id } as const;
  await book.take('other', 'call-1', answer, call);
  await book.take('other', 'call-1', answer, call);
  return { first, second, third };
}

describe('the days of the ledger', () => {
  it('are those of Korea', () => {
    expect(toLedgerDay(new Date('2026-11-20T14:59:59.999Z'))).toBe('2026-11-20');
    expect(toLedgerDay(new Date('2026-11-20T15:00:00.000Z'))).toBe('2026-11-21');
    expect(spanOf('2026-11-21')).toEqual({
      from: new Date('2026-11-20T15:00:00Z'),
      to: new Date('2026-11-21T15:00:00Z'),
    });
    expect(listDays('2026-02-27', '2026-03-01')).toEqual(['2026-03-01', '2026-02-28', '2026-02-27']);
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(['2026-02-30', '2026-2-3', 'today', '', undefined].map(findDay)).toEqual(Array(5).fill(undefined));
  });
});

describe('a day that balances', () => {
  it('accounts for what came in, what was due and whom was told', async () => {
    const { first, second } = await fillDay();
    // As delivery would have done: other's board has all of the first and refuses the second at its first event.
    await sql(`update links set held = due where complaint_id = $1`, [first.id]);
    await sql(`update links set state = 'parked' where complaint_id = $1 and agency = 'other'`, [second.id]);
    const sbiz = await read('sbiz');
    const other = await read('other');
    const desk = await read('desk');
    // Five posts of sbiz: three complaints, one that waits for a person, one that a person gave up.
    expect(sbiz?.received).toEqual({
      total: 5,
      applied: 3,
      duplicate: 0,
      parked: 1,
      discarded: 1,
      difference: 0,
    });
    // Of its own three complaints sbiz is owed the assignment (needs no call: the board cannot hold one) and the answer.
    expect(sbiz?.due).toEqual({ total: 4, held: 4, waiting: 0, parked: 0, difference: 0 });
    // The call that came twice.
    expect(other?.received).toEqual({
      total: 2,
      applied: 1,
      duplicate: 1,
      parked: 0,
      discarded: 0,
      difference: 0,
    });
    // Two complaints of two events each; its own answer is not owed to it (it spoke at a door, for its own board).
    expect(other?.due).toMatchObject({ total: 4, held: 2, waiting: 0, parked: 2, difference: 0 });
    expect(desk?.due.total, 'nothing is brought to an agency without a board').toBe(0);
    // Complainants: three registrations and one answer; officers: who handles each new complaint.
    const { rows } = await sql('select agency, state, count(*)::int as n from notices group by 1, 2');
    for (const { agency, state, n } of rows) {
      const told = (agency === 'desk' ? desk : other)?.notices as Record<string, number> | undefined;
      expect(told?.[state === 'due' ? 'waiting' : state], `${agency} ${state}`).toBe(n);
    }
    for (const row of [sbiz, other, desk]) expect(row && isBalanced(row)).toBe(true);
    expect(await differences()).toEqual([]);
  });

  it('counts what only lies in the outbox as kept, and not as sent', async () => {
    await fillDay();
    await sql(
      `update notices set state = 'sent', sent_at = now(), provider = case when audience = 'complainant' then 'outbox' else 'smtp' end`,
    );
    await sql(
      `insert into outbox (notice_id, address, text) select id, coalesce(address, '-'), 't' from notices where provider = 'outbox'`,
    );
    const { rows } = await sql(`select provider, count(*)::int as n from notices group by 1`);
    const counted = (await readLedgerDay(book.store, today)).map(({ notices }) => notices);
    const sum = (state: 'kept' | 'sent') => counted.reduce((total, one) => total + one[state], 0);
    const planned = (provider: string) => rows.find((row) => row.provider === provider)?.n;
    expect([sum('kept'), sum('sent')]).toEqual([planned('outbox'), planned('smtp')]);
    expect(sum('kept')).toBeGreaterThan(0);
    expect(counted.every(({ difference }) => difference === 0)).toBe(true);
  });

  it('counts the history of a complaint as due on the day on which an agency comes in', async () => {
    const { first } = await fillDay();
    await sql(`update events set at = at - interval '2 days' where complaint_id = $1`, [first.id]);
    await sql(`update complaints set registered_at = registered_at - interval '2 days' where id = $1`, [
      first.id,
    ]);
    await sql(`update links set joined = 3 where complaint_id = $1 and agency = 'other'`, [first.id]);
    await sql(`update events set at = now(), link_id = null where complaint_id = $1 and seq = 3`, [first.id]);
    const before = await readLedgerDay(book.store, addDays(today, -2), 'other');
    expect(before.map(({ due }) => due.total)).toEqual([]);
    // Two events of the second complaint, and all three of the first.
    expect((await read('other'))?.due.total).toBe(5);
  });

  it('is listed behind each number, page by page', async () => {
    for (let n = 0; n < 25; n += 1) await book.file(`many-${n}`);
    const number = { day: today, agency: 'other', side: 'due', state: 'waiting' } as const;
    const first = await listLedgerEntries(book.store, number);
    expect(first.rows).toHaveLength(20);
    const rest = await listLedgerEntries(book.store, number, { after: first.next! });
    const third = await listLedgerEntries(book.store, number, { after: rest.next! });
    const all = [...first.rows, ...rest.rows, ...third.rows].map(({ item, seq }) => `${item} ${seq}`);
    const links = await sql(`select id from links where agency = 'other' order by id`);
    expect(all).toEqual(links.rows.flatMap(({ id }) => [`${id} 1`, `${id} 2`]));
    const back = await listLedgerEntries(book.store, number, { before: rest.previous! });
    expect(back.rows).toEqual(first.rows);
  });

  it('goes from page to page over days and agencies', async () => {
    await fillDay();
    const range = { from: addDays(today, -30), to: today };
    const whole = await readLedger(book.store, range);
    expect(whole.map(({ agency }) => agency)).toEqual(['desk', 'other', 'sbiz']);
    const page = await readLedgerPage(book.store, range, `${today}~desk`);
    expect(page.rows).toEqual(whole.slice(1));
    expect((await readLedgerPage(book.store, range, `${today}~sbiz`)).rows).toEqual([]);
  });
});

describe('a difference names', () => {
  it('an item said to be applied whose complaint is not there', async () => {
    const { rows } = await sql(
      `insert into raw_items (id, agency, source, external_id, version, body, actor, received_at, outcome, complaint_id)
       values ($1, 'sbiz', 'poll', 'x', '1', '{}', '{}', now(), 'applied', gen_random_uuid()) returning id`,
      [(await import('uuid')).v7()],
    );
    expect(await differences()).toEqual([
      {
        agency: 'sbiz',
        state: 'item-without-complaint',
        item: rows[0].id,
        receiptNumber: null,
        seq: null,
      },
    ]);
    expect((await read('sbiz'))?.received).toMatchObject({ total: 1, applied: 0, difference: 1 });
  });

  it.each<[string, string, string, string]>([
    ['a complaint without its item', 'sbiz', 'complaint-without-item', 'delete from raw_items'],
    ['an event that is gone', 'sbiz', 'events-missing', 'delete from events where seq = 2'],
    [
      'an event that its link does not know',
      'other',
      'event-not-due',
      `update links set due = 1 where agency = 'other'`,
    ],
    [
      'a link that holds more than was due',
      'other',
      'link-ahead',
      `update links set held = 3 where agency = 'other'`,
    ],
    [
      'a link to which more is due than happened',
      'sbiz',
      'link-ahead',
      `update links set due = 3, held = 3 where agency = 'sbiz'`,
    ],
    ['an assignee without a link', 'other', 'link-missing', `delete from links where agency = 'other'`],
    ['an origin without a link', 'sbiz', 'link-missing', `delete from links where agency = 'sbiz'`],
    [
      'a call that nobody works on',
      'other',
      'call-abandoned',
      `update links set attempting = 1, next_at = now() - interval '2 hours' where agency = 'other'`,
    ],
    [
      'a complainant who was not told',
      'other',
      'notice-missing',
      `delete from notices where audience = 'complainant'`,
    ],
    [
      'a notice sent by nobody',
      'other',
      'sent-without-trace',
      `update notices set state = 'sent' where audience = 'complainant'`,
    ],
    [
      'a message kept here that is not here',
      'other',
      'sent-without-trace',
      `update notices set state = 'sent', sent_at = now(), provider = 'outbox' where audience = 'complainant'`,
    ],
    [
      'a notice that was begun and left',
      'other',
      'sending-abandoned',
      `update notices set attempting_since = now() - interval '2 hours', next_at = now() - interval '2 hours' where audience = 'complainant'`,
    ],
  ])('%s', async (_, agency, state, breaking) => {
    const { receiptNumber } = await book.file('1');
    expect(await differences()).toEqual([]);
    await sql(breaking);
    expect(await differences()).toEqual([expect.objectContaining({ agency, state, receiptNumber })]);
    const row = await read(agency);
    expect(row && isBalanced(row)).toBe(false);
    const all = await readLedgerDay(book.store, today);
    expect(row, 'one agency alone is counted as among all').toEqual(all.find((one) => one.agency === agency));
    const filter = { day: today, agency, state: 'difference' };
    expect((await listLedgerEntries(book.store, filter)).rows).toHaveLength(1);
  });

  it('a repetition whose original is not there', async () => {
    await fillDay();
    await sql(`delete from raw_items where agency = 'other' and outcome = 'applied'`);
    expect(await differences()).toEqual([
      expect.objectContaining({ agency: 'other', state: 'repetition-without-original' }),
    ]);
  });

  it('no call that waits because its board is away, and no complaint that a person let in later', async () => {
    await book.file('1');
    await sql(`update links set attempting = 1, next_at = now() - interval '2 hours' where agency = 'other'`);
    await sql(`insert into boards (agency, failures) values ('other', 7)`);
    await sql(
      `update raw_items set received_at = received_at - interval '9 days', decided_at = now(),
         id = overlay(id::text placing '0180' from 1 for 4)::uuid`,
    );
    expect(await differences()).toEqual([]);
  });
});
