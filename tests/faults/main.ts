/** Command line of the crash and fault suite: `npm run test:faults -- --help`. */
import { randomInt } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import limitRuns from 'p-limit';
import { killTied } from '../support/processes/tied-process.ts';
import { keep, makeFolder } from './folder.ts';
import { countAtOnce, TimeOver, watchMachine } from './machine.ts';
import { type Result, runGroup } from './run-group.ts';
import type { RunOptions } from './run-options.ts';
import type { Scenario } from './scenario.ts';
import { scenarios } from './scenarios/index.ts';
import { startDatabase } from './stage/database.ts';
import { judge, legend, listFailures, renderTable } from './table.ts';

interface Options {
  quick: boolean;
  seed: number;
  only?: string[];
  list: boolean;
  within?: number;
  json: boolean;
  keep: boolean;
}

/**
 * Seconds of the whole run on a machine with two idle cores. Scenarios that are not done by then count as not finished.
 */
const timeLimits = { quick: 55, full: 19 * 60 };
const exitCodes = { ok: 0, failed: 1, notFinished: 3 };
const endedBySignal = 130;
let wasStopped = false;
/** Milliseconds. */
const endWithin = 20_000;
const shownDetails = 6;
/** Stages at once. They mostly wait. */
const atOnce = { quick: 4, full: 3 };

const options = new Command('npm run test:faults --')
  .description('Breaks what a hub lives with, and counts in the boards and sinks what came of it.')
  .option('--quick', 'less of each, within a minute', false)
  .option('--seed <n>', 'repeat the faults of an earlier run', toNumber, randomInt(2 ** 31))
  .option('--only <scenarios>', 'some of them, parted by commas; also those that --quick leaves out', toNames)
  .option('--within <seconds>', 'time limit of the run, as the clock of the measured machine goes', toNumber)
  .option('--list', 'list the scenarios and end', false)
  .option('--json', 'the results as JSON on the standard output', false)
  .option('--keep', 'keep the folder with databases, boards and logs', false)
  .parse()
  .opts<Options>();

function toNumber(text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new InvalidArgumentError('A whole number is expected.');
  return Number(text);
}

function toNames(text: string): string[] {
  const names = text.split(',');
  const unknown = names.find((name) => !scenarios.some((scenario) => scenario.name === name));
  if (unknown) throw new InvalidArgumentError(`There is no scenario ${unknown}; see --list.`);
  return names;
}

/** Results go to the standard output, everything else here. */
const tell = (text: string) => console.error(text);

if (options.list)
  for (const { name, what, quick } of scenarios)
    console.log(`${name.padEnd(24)}${quick ? '' : '(not quick) '}${what}`);
else process.exitCode = await run();

async function run(): Promise<number> {
  const began = Date.now();
  const chosen = scenarios.filter(
    ({ name, quick }) => options.only?.includes(name) ?? (quick || !options.quick),
  );
  const skipped = new Map(
    chosen
      .flatMap(({ name, cannotRun }) => [[name, cannotRun?.() ?? '']] as const)
      .filter(([, reason]) => reason),
  );
  const mustRun = process.env.REQUIRE_SERVICES === '1';
  tell(`seed ${options.seed}`);
  const results = await runAll(chosen.filter(({ name }) => !skipped.has(name)));
  const failed = results.filter((result) => judge(result) === 'FAILED');
  const unfinished = results.filter((result) => judge(result) === 'not finished');
  if (options.json)
    console.log(
      JSON.stringify({ seed: options.seed, results, skipped: Object.fromEntries(skipped) }, null, 2),
    );
  else console.log(`${renderTable(results, skipped)}\n\n${legend}`);
  for (const result of [...failed, ...unfinished]) tellFailure(result);
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  tell(
    `\n${results.length - failed.length - unfinished.length} passed, ${failed.length} failed, ${unfinished.length} not finished, ${skipped.size} skipped (${seconds} s, seed ${options.seed})`,
  );
  if (wasStopped) return endedBySignal;
  if (failed.length > 0 || (mustRun && skipped.size > 0)) return exitCodes.failed;
  return unfinished.length > 0 ? exitCodes.notFinished : exitCodes.ok;
}

async function runAll(chosen: Scenario[]): Promise<Result[]> {
  const folder = await makeFolder();
  const size = options.quick ? 'quick' : 'full';
  const stop = new AbortController();
  const endBySignal = () => {
    if (stop.signal.aborted) process.exit(endedBySignal);
    wasStopped = true;
    stop.abort(new Error('stopped by a signal'));
    // Whoever waits for the children learns that they have ended. Anything left after a while dies with this process.
    killTied();
    setTimeout(() => process.exit(endedBySignal), endWithin).unref();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, endBySignal);
  const shared = await startDatabase(join(folder, 'database'));
  const machine = await watchMachine(shared.url());
  const turns = countAtOnce(atOnce[size], machine.slowness());
  tell(
    `this machine needs ${machine.slowness().toFixed(1)} times as long as usual; stages at once: ${turns}`,
  );
  // A stage mostly waits, so fewer stages at once make the whole run longer.
  const within = (1000 * (options.within ?? timeLimits[size]) * atOnce[size]) / turns;
  const limit = setInterval(() => {
    if (machine.elapsed() > within) stop.abort(new Error('the time of the suite is over'));
  }, 500);
  try {
    const run: RunOptions = {
      seed: options.seed,
      full: !options.quick,
      machine,
      folder,
      shared,
      deadline: stop.signal,
    };
    const groups = Map.groupBy(chosen, ({ name, group }) => group ?? name);
    const turn = limitRuns(turns);
    const all = await Promise.all([...groups.values()].map((group) => turn(() => runOrExplain(group, run))));
    return all.flat();
  } finally {
    clearInterval(limit);
    await machine.stop();
    await shared.stop();
    if (options.keep) tell(`kept: ${await keep(folder)}`);
    else await rm(folder, { recursive: true, force: true });
  }
}

/** A stage that could not start or run is a failure of its own scenarios only. */
async function runOrExplain(group: Scenario[], run: RunOptions): Promise<Result[]> {
  try {
    run.deadline.throwIfAborted();
    const results = await runGroup(group, run);
    for (const result of results) tell(`${result.scenario}: ${judge(result)}`);
    return results;
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    const inTime = !(error instanceof TimeOver || run.deadline.aborted);
    return group.map(({ name }) => ({
      scenario: name,
      complaints: 0,
      unknown: {},
      byHand: 0,
      recovery: null,
      tally: { lost: 0, doubled: 0, repeated: {}, outOfOrder: 0, details: [] },
      problems: inTime ? [words] : [],
      unfinished: inTime ? [] : [run.deadline.aborted ? String(run.deadline.reason) : words],
    }));
  }
}

function tellFailure(result: Result): void {
  const { unfinished } = result;
  const more = unfinished.length > 1 ? ` (and ${unfinished.length - 1} more)` : '';
  const late = unfinished.length > 0 ? [`not finished: ${unfinished[0]}${more}`] : [];
  tell(`\n${result.scenario}: ${[...listFailures(result), ...late].join('; ')}`);
  for (const detail of result.tally.details.slice(0, shownDetails)) tell(`  ${detail}`);
  if (result.tally.details.length > shownDetails)
    tell(`  … ${result.tally.details.length - shownDetails} more`);
  const size = options.quick ? '--quick ' : '';
  tell(`  again: npm run test:faults -- ${size}--only ${result.scenario} --seed ${options.seed} --keep`);
}
