import type { Problem } from '../../../schemas/index.ts';
import { toReason } from '../../../schemas/reason.ts';
import {
  addDays,
  findDay,
  findRangeProblem,
  type LedgerDay,
  toLedgerDay,
} from '../../exchange/ledger/days.ts';
import { isBalanced, listDifferences, readLedger } from '../../exchange/ledger/ledger.ts';
import { Refusal } from '../../http/problem.ts';
import type { Store } from '../../store/database.ts';

/** The most differences of a day that are named. The others are only counted. */
const mostNamed = 100;

/**
 * The calling agency's own ledger, the newest day first: what the hub took in from it and what was due to its board.
 * `sent` notices hold the `kept` ones, which only lie in the outbox: doors have always counted both together.
 * `from`, `to`: days in Asia/Seoul; without them, the last seven. Errors: Refusal `invalid`.
 */
export async function getLedger(store: Store, agency: string, query: unknown) {
  const { from, to } = readRange(query);
  const rows = await readLedger(store, { from, to, agency });
  const days = [];
  for (const { agency: _own, ...row } of rows) {
    const balanced = isBalanced({ agency, ...row });
    const found = balanced ? [] : await listDifferences(store, row.day, agency, mostNamed);
    const differences = found.map(({ side, state, item, receiptNumber, seq }) => ({
      side,
      kind: state,
      item,
      receiptNumber,
      event: seq,
    }));
    const notices = { ...row.notices, sent: row.notices.sent + row.notices.kept };
    days.push({ ...row, notices, balanced, differences });
  }
  return { agency, from, to, balanced: days.every(({ balanced }) => balanced), days };
}

function readRange(query: unknown): { from: LedgerDay; to: LedgerDay } {
  const asked = (query ?? {}) as Record<string, unknown>;
  const problems: Problem[] = [];
  const read = (name: string, otherwise: () => LedgerDay): LedgerDay => {
    if (asked[name] === undefined) return otherwise();
    const day = findDay(String(asked[name]));
    if (!day) problems.push({ pointer: `/${name}`, reason: toReason('day') });
    return day ?? otherwise();
  };
  const to = read('to', () => toLedgerDay(new Date()));
  const from = read('from', () => addDays(to, -6));
  const wrong = problems.length === 0 && findRangeProblem(from, to);
  if (wrong) problems.push({ pointer: '/from', reason: wrong });
  if (problems.length > 0) throw new Refusal('invalid', undefined, problems);
  return { from, to };
}
