import { afterAll, beforeAll, expect, it } from 'vitest';
import { toLedgerDay } from '../../../hub/exchange/ledger/days.ts';
import { type OpenBook, openBook } from '../exchange/ledger/open-book.ts';
import { callHub, runHub } from './run-hub.ts';

let book: OpenBook;
let env: Record<string, string>;
beforeAll(async () => {
  book = await openBook();
  env = { DATABASE_URL: book.store.url };
});
afterAll(() => book.close());

it('shows days that balance, and ends with 4 and names the items when they do not', async () => {
  const { receiptNumber } = await book.file('1');
  const day = toLedgerDay(new Date());
  const good = await runHub(['ledger', '--agency', 'sbiz'], { env });
  expect(good).toMatchObject({ code: 0, stderr: '' });
  const [heading, row] = good.stdout.trim().split('\n');
  expect(heading).toMatch(/^DAY +AGENCY +RECEIVED +=APPLIED +=DUPLICATE +=PARKED +=DISCARDED +! +DUE +=HELD/);
  // One item applied; of its two events the assignment is owed to the origin, which needs no call.
  expect(row?.split(/ +/)).toEqual([day, 'sbiz', ...'1 1 0 0 0 0 1 1 0 0 0'.split(' '), ...'0000000'].flat());
  const { rows } = await book.store.pool.query("delete from links where agency = 'other' returning 1");
  expect(rows).toHaveLength(1);
  const bad = await runHub(['ledger', '--json'], { env });
  expect(bad.code).toBe(4);
  expect(JSON.parse(bad.stdout)).toMatchObject({
    to: day,
    balanced: false,
    differences: [{ day, agency: 'other', side: 'due', state: 'link-missing', receiptNumber, seq: 2 }],
  });
  const { stdout } = await runHub(['ledger', '--from', day, '--to', day], { env });
  expect(stdout).toMatch(
    new RegExp(`\n${day} other: link-missing: [0-9a-f-]{36} ${receiptNumber} event 2\n$`),
  );
});

it.each([
  ['a day that is none', ['--from', '2026-02-30'], /must be a day, as 2026-11-20/],
  ['too many days', ['--from', '2026-01-01', '--to', '2026-03-01'], /31 days at the most/],
  ['an unknown agency', ['--agency', 'nobody'], /no agency nobody/],
])('refuses %s with 2', async (_, args, words) => {
  const { code, stderr } = await callHub(['ledger', ...args], env);
  expect(code).toBe(2);
  expect(stderr).toMatch(words);
});
