import { type Command, InvalidArgumentError } from 'commander';
import { wordReason } from '../../schemas/reason.ts';
import { addDays, findDay, findRangeProblem, toLedgerDay } from '../exchange/ledger/days.ts';
import {
  isBalanced,
  type LedgerEntry,
  type LedgerRow,
  listDifferences,
  readLedger,
  sideNames,
  sides,
  toDifferenceReason,
} from '../exchange/ledger/ledger.ts';
import type { Store } from '../store/database.ts';
import { refuseUnknownAgency } from './agency.ts';
import { exitCodes, UsageError } from './terminal/exit-codes.ts';
import { printTable } from './terminal/print-table.ts';
import { withStore } from './terminal/with-store.ts';

interface LedgerOptions {
  agency?: string;
  from?: string;
  to?: string;
  json?: true;
}

/** The most differences of a day that are named. Further ones are counted. */
const mostNamed = 100;

export function addLedgerCommand(program: Command): void {
  program
    .command('ledger')
    .description('What came in and what was due, per agency and day (Asia/Seoul), and whether it balances.')
    .option('--agency <code>', 'one agency (default: all)')
    .option('--from <day>', 'first day, as 2026-11-20 (default: six days before the last)', toDay)
    .option('--to <day>', 'last day (default: today)', toDay)
    .option('--json', 'as JSON: {from, to, balanced, days, differences}')
    .addHelpText(
      'after',
      `
received = applied + duplicate + parked + discarded; due = held + waiting + parked; notices = sent + kept + waiting
+ failed + unreachable (kept: in the local outbox, not sent). Whatever is in none of them is a difference: it is named below the table, and the exit code is ${exitCodes.difference}.

Examples:
  $ hub ledger --agency kotra
  $ hub ledger --from 2026-11-01 --to 2026-11-30 --json`,
    )
    .action(showLedger);
}

async function showLedger({ agency, json, ...options }: LedgerOptions): Promise<void> {
  const to = options.to ?? toLedgerDay(new Date());
  const from = options.from ?? addDays(to, -6);
  const problem = findRangeProblem(from, to);
  if (problem) throw new UsageError(wordReason(problem, 'en'));
  await withStore(async (store) => {
    // The contact centre registers complaints, but is no agency of the configuration.
    if (agency !== undefined && agency !== 'hub') await refuseUnknownAgency(store, agency);
    const days = await readLedger(store, { from, to, agency });
    const differences = await nameDifferences(store, days);
    const balanced = days.every(isBalanced);
    if (json) console.log(JSON.stringify({ from, to, balanced, days, differences }, null, 2));
    else print(days, differences);
    if (!balanced) process.exitCode = exitCodes.difference;
  });
}

type Difference = LedgerEntry & { day: string };

async function nameDifferences(store: Store, rows: LedgerRow[]): Promise<Difference[]> {
  const named: Difference[] = [];
  for (const row of rows.filter((one) => !isBalanced(one)))
    for (const entry of await listDifferences(store, row.day, row.agency, mostNamed))
      named.push({ day: row.day, ...entry });
  return named;
}

function print(rows: LedgerRow[], differences: Difference[]): void {
  const columns = sideNames.flatMap((side) =>
    ['total', ...sides[side], 'difference'].map((state) => ({ side, state })),
  );
  const heading = ({ side, state }: (typeof columns)[number]) =>
    (state === 'total' ? side : state === 'difference' ? '!' : `=${state}`).toUpperCase();
  printTable(
    ['DAY', 'AGENCY', ...columns.map(heading)],
    rows.map((row) => [
      row.day,
      row.agency,
      ...columns.map(({ side, state }) => (row[side] as Record<string, number>)[state] ?? 0),
    ]),
  );
  for (const difference of differences)
    console.log(
      `${difference.day} ${difference.agency}: ${wordReason(toDifferenceReason(difference), 'en')}`,
    );
}

function toDay(text: string): string {
  const day = findDay(text);
  if (!day) throw new InvalidArgumentError('It must be a day, as 2026-11-20.');
  return day;
}
