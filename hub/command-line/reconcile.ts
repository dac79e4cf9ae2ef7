import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import { type Reason, wordReason } from '../../schemas/reason.ts';
import { toUuid } from '../complaints/reading/read-operations.ts';
import { createPoll } from '../exchange/intake/poll.ts';
import { createReconcileActions, ReconcileError } from '../exchange/reconcile/decide-repairs.ts';
import {
  type DriftEntry,
  findNewestReport,
  findReport,
  listDrifts,
  type ReportEntry,
} from '../exchange/reconcile/read-reports.ts';
import { createReconcile } from '../exchange/reconcile/reconcile.ts';
import { StoreError } from '../store/store-error.ts';
import type { DriftPart } from '../store/tables/column-types.ts';
import { currentUser } from './terminal/current-user.ts';
import { exitCodes, UsageError } from './terminal/exit-codes.ts';
import { printTable } from './terminal/print-table.ts';
import { toInstant } from './terminal/read-arguments.ts';
import { type Exchange, refuseWithoutBoard, withExchange } from './terminal/with-exchange.ts';

interface Options {
  dryRun?: true;
  repair?: string[];
  since?: Date;
  by: string;
  json?: true;
}

export function addReconcileCommand(program: Command): void {
  program
    .command('reconcile')
    .description('Compare what a board holds with what it should hold, and repair what differs.')
    .argument('<agency>', 'code of the agency')
    .option('--dry-run', 'only report (the default): what differs, and what repairing would do about it')
    .option('--repair <what...>', 'all: compare and repair all; ids: repair these of the newest report')
    .option('--since <time>', 'compare only what changed on the board since then (RFC 3339)', toInstant)
    .option('--by <login>', 'who is written into the history', currentUser())
    .option('--json', 'the report as JSON')
    .addHelpText(
      'after',
      `
Ends with 0 when nothing differs (any more), 1 when something does, 3 when the board is out of reach. What a repair
brings is delivered by the running hub.

Examples:
  $ hub reconcile kotra
  $ hub reconcile kotra --repair all
  $ hub reconcile kotra --repair 019aa4e0-5f0a-7000-8000-000000000001`,
    )
    .action((agency: string, options: Options) =>
      withExchange(async (exchange) => {
        refuseWithoutBoard(exchange.boards, agency);
        const ids = toIds(options);
        const report = ids ? await getNewest(exchange, agency) : await compare(exchange, agency, options);
        if (ids || (options.repair && report.open > 0)) await repair(exchange, report, ids, options.by);
        const { left, drifts } = await print(exchange, report.id, options.json === true);
        if (left > 0 && drifts > 0) process.exitCode = exitCodes.failure;
      }),
    );
}

/** The drifts to repair. Undefined: all of them, or no repair was asked for. */
function toIds({ dryRun, repair }: Options): string[] | undefined {
  if (dryRun && repair) throw new UsageError('--dry-run and --repair exclude each other');
  if (!repair || (repair.length === 1 && repair[0] === 'all')) return undefined;
  const wrong = repair.find((id) => !toUuid(id));
  if (wrong !== undefined) throw new UsageError(`${wrong} is no id of a drift; hub reconcile lists them`);
  return repair;
}

async function getNewest({ store }: Exchange, agency: string): Promise<ReportEntry> {
  const report = await findNewestReport(store, agency);
  if (!report)
    throw new UsageError(`there is no report of ${agency} yet; compare first: hub reconcile ${agency}`);
  return report;
}

const stopSignal = () => new AbortController().signal;
const patience = 6 * 3_600_000;

/** Compares in this process. If a running hub is doing so already, it waits for that result. */
async function compare(exchange: Exchange, agency: string, { by, since }: Options): Promise<ReportEntry> {
  const { store, look } = exchange;
  const id = await createReconcileActions(store, look).ask(agency, by, since);
  for (const until = Date.now() + patience; Date.now() < until; await pause(250)) {
    await reconcileHere(exchange, agency);
    const report = await findReport(store, id);
    if (report?.state === 'failed')
      throw new StoreError(
        'unavailable',
        `${agency} cannot be compared: ${report.error ? wordReason(report.error, 'en') : ''}`,
      );
    if (report?.state === 'done') return report;
  }
  throw new StoreError('unavailable', `the comparison of ${agency} has not ended within six hours`);
}

function reconcileHere(exchange: Exchange, agency: string): Promise<unknown> {
  const poll = createPoll(exchange);
  return createReconcile({ ...exchange, poll: poll.run }).run(agency, stopSignal());
}

async function repair(exchange: Exchange, report: ReportEntry, ids: string[] | undefined, by: string) {
  const actions = createReconcileActions(exchange.store, exchange.look);
  try {
    const count = await actions.repair(report.id, ids ? { ids } : { all: true }, by);
    console.error(`repairing ${count}; the running hub delivers what is brought again`);
  } catch (error) {
    if (!(error instanceof ReconcileError)) throw error;
    if (ids) throw new UsageError(error.message, { cause: error });
  }
  await reconcileHere(exchange, report.agency);
}

async function print({ store }: Exchange, id: string, asJson: boolean) {
  const report = await findReport(store, id);
  const drifts: DriftEntry[] = [];
  for (let after: string | undefined; ; ) {
    const page = await listDrifts(store, id, after ? { after } : {}, 500);
    drifts.push(...page.rows);
    after = page.next;
    if (!after) break;
  }
  if (asJson) console.log(JSON.stringify(toPlain(report, drifts), null, 2));
  else printReport(report, drifts);
  return { left: (report?.open ?? 0) + (report?.repairing ?? 0), drifts: drifts.length };
}

/** With reasons in words, for scripts. */
function toPlain(report: ReportEntry | undefined, drifts: DriftEntry[]) {
  const inWords = (reason: Reason | null) => reason && wordReason(reason, 'en');
  return {
    ...report,
    error: inWords(report?.error ?? null),
    drifts: drifts.map((drift) => ({ ...drift, note: inWords(drift.note) })),
  };
}

function printReport(report: ReportEntry | undefined, drifts: DriftEntry[]): void {
  console.log(
    `${report?.agency}: ${report?.posts} posts compared, ${drifts.length} drifts, ${report?.underWay} under way`,
  );
  if (drifts.length === 0) return;
  const rows = drifts.map((drift) => [
    drift.id,
    drift.kind,
    drift.receiptNumber,
    drift.externalId || null,
    drift.parts.map(toWords).join('; '),
    drift.note ? `${drift.state} (${wordReason(drift.note, 'en')})` : drift.state,
  ]);
  printTable(['ID', 'KIND', 'COMPLAINT', 'POST', 'REPAIR', 'STATE'], rows);
}

function toWords({ part, expected, found, remedy, events }: DriftPart): string {
  const counts = expected === undefined ? '' : ` ${found} instead of ${expected}`;
  const does = { bring: `bring ${events.join(', ')}`, take: 'take in', person: 'for a person' }[remedy];
  return `${part}${counts}: ${does.trim()}`;
}
