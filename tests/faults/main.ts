/** Command line of the crash and fault suite: `npm run test:faults -- --help`. */
import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import limitRuns from 'p-limit';
import { type Result, type RunOptions, runGroup } from './run-group.ts';
import type { Scenario } from './scenario.ts';
import { scenarios } from './scenarios/index.ts';
import { startDatabase } from './stage/database.ts';
import { legend, listFailures, renderTable } from './table.ts';

interface Options {
  quick: boolean;
  seed: number;
  only?: string[];
  list: boolean;
  within?: number;
  json: boolean;
  keep: boolean;
}

/** Seconds of the whole run; what is not done by then has failed. What is left of the last minute ends what was started. */
const timeLimits = { quick: 55, full: 19 * 60 };
const shownDetails = 6;
/** Stages at once: most of their time is waiting. */
const atOnce = { quick: 4, full: 3 };

const options = new Command('npm run test:faults --')
  .description('Breaks what a hub lives with, and counts in the boards and sinks what came of it.')
  .option('--quick', 'less of each, within a minute', false)
  .option('--seed <n>', 'repeat the faults of an earlier run', toNumber, randomInt(2 ** 31))
  .option('--only <scenarios>', 'some of them, parted by commas; also those that --quick leaves out', toNames)
  .option('--within <seconds>', 'time limit of the run, for a busy machine', toNumber)
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

/** What belongs to the answer goes to the standard output, everything else here. */
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
  const failed = results.filter((result) => listFailures(result).length > 0);
  if (options.json)
    console.log(
      JSON.stringify({ seed: options.seed, results, skipped: Object.fromEntries(skipped) }, null, 2),
    );
  else console.log(`${renderTable(results, skipped)}\n\n${legend}`);
  for (const result of failed) tellFailure(result);
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  tell(
    `\n${results.length - failed.length} passed, ${failed.length} failed, ${skipped.size} skipped (${seconds} s, seed ${options.seed})`,
  );
  return failed.length > 0 || (mustRun && skipped.size > 0) ? 1 : 0;
}

async function runAll(chosen: Scenario[]): Promise<Result[]> {
  const folder = await mkdtemp(join(tmpdir(), 'minwon-hub-faults-'));
  const size = options.quick ? 'quick' : 'full';
  const stop = new AbortController();
  const patience = Math.max(1, (options.within ?? 0) / timeLimits[size]);
  const within = 1000 * (options.within ?? timeLimits[size]);
  const limit = setTimeout(() => stop.abort(new Error('the time of the suite is over')), within);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => stop.abort(new Error('stopped by a signal')));
  const shared = await startDatabase(join(folder, 'database'));
  try {
    const run: RunOptions = {
      seed: options.seed,
      full: !options.quick,
      patience,
      folder,
      shared,
      deadline: stop.signal,
    };
    const groups = Map.groupBy(chosen, ({ name, group }) => group ?? name);
    const turn = limitRuns(atOnce[size]);
    const all = await Promise.all([...groups.values()].map((group) => turn(() => runOrExplain(group, run))));
    return all.flat();
  } finally {
    clearTimeout(limit);
    await shared.stop();
    if (options.keep) tell(`kept: ${folder}`);
    else await rm(folder, { recursive: true, force: true });
  }
}

/** A stage that could not be set or played is a failure of its scenarios, and none of the others. */
async function runOrExplain(group: Scenario[], run: RunOptions): Promise<Result[]> {
  try {
    run.deadline.throwIfAborted();
    const results = await runGroup(group, run);
    for (const result of results)
      tell(`${result.scenario}: ${listFailures(result).length === 0 ? 'ok' : 'FAILED'}`);
    return results;
  } catch (error) {
    return group.map(({ name }) => ({
      ...{ scenario: name, complaints: 0, unknown: {}, byHand: 0, recovery: null },
      tally: { lost: 0, doubled: 0, repeated: {}, outOfOrder: 0, details: [] },
      problems: [error instanceof Error ? error.message : String(error)],
    }));
  }
}

function tellFailure(result: Result): void {
  tell(`\n${result.scenario}: ${listFailures(result).join('; ')}`);
  for (const detail of result.tally.details.slice(0, shownDetails)) tell(`  ${detail}`);
  if (result.tally.details.length > shownDetails)
    tell(`  … ${result.tally.details.length - shownDetails} more`);
  const size = options.quick ? '--quick ' : '';
  tell(`  again: npm run test:faults -- ${size}--only ${result.scenario} --seed ${options.seed} --keep`);
}
