import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type SealAlgorithm, sealAlgorithms } from '../../hub/store/sealing/sealed-text.ts';
import { isLogFlat, measureAccessLog, toAccessLogReport } from './access-log.ts';
import { isCarried, measureAgencies, toAgenciesReport } from './agencies.ts';
import { measureAgent, toAgentReport } from './agent.ts';
import { deskLimit, isFlat, measureDesk, toDeskReport } from './desk.ts';
import { type IsolationRun, measureIsolation, toIsolationReport } from './isolation.ts';
import { connections } from './load.ts';
import { type Bench, measure, type SubjectName, subjectNames, subjects } from './measure.ts';
import { listHeaviest, listHeaviestStatements } from './profile.ts';
import { isWhole, listTargets, type Round, toReport } from './report.ts';
import { measureSealing, toSealingReport } from './sealing.ts';
import { type DatabaseServer, startDatabaseServer, startRedis } from './services.ts';

interface Options {
  count: number;
  warmUp: number;
  rounds: number;
  within: number;
  only: SubjectName[];
  redis: boolean;
  json: boolean;
  keep: boolean;
  isolation: boolean;
  agent: boolean;
  agencies?: number;
  desk?: number[];
  accessLog?: number[];
  sealing?: SealAlgorithm;
  profile?: SubjectName;
}

const options = new Command('npm run bench --')
  .description(
    `Measures the hub beside what it has to stand comparison with. Each is a process of its own and runs alone, on one
PostgreSQL server with durable commits, under ${connections} connections: first a burst, each connection sending its next
complaint when the last one was answered; then, to those that relay, complaints at the rate at which (b) relayed the burst
(c and d), because in a burst who answers sooner only has the longer queue:
${subjectNames.map((name) => `  (${name}) ${subjects[name].title}`).join('\n')}
Targets are reported. The exit code is 1 when a complaint, a post or a mail was lost or doubled.`,
  )
  .option('--count <n>', 'complaints for each subject', toCount, 6000)
  .option('--warm-up <n>', 'complaints before them that are not measured', toCount, 1000)
  .option('--rounds <n>', 'turns through all subjects; medians are reported', toCount, 1)
  .option('--within <seconds>', 'time limit of each run', toCount, 180)
  .option('--only <subjects>', 'some of them, for example a,c', toSubjects, [...subjectNames])
  .option('--no-redis', 'as on a machine without Redis: b on PostgreSQL, no d')
  .option('--json', 'all measurements as JSON', false)
  .option('--keep', 'keep the temporary folder with the logs of the processes', false)
  .option(
    '--isolation',
    'instead: 200 agencies, with and without 50 of them hanging (--count, --rounds)',
    false,
  )
  .option(
    '--agent',
    'instead: rows of a MariaDB board and answers back, by the hub itself and by an agent (--count)',
    false,
  )
  .option(
    '--agencies <n>',
    'instead: the start, the memory and the polls of a hub with so many agencies of the worked example (5000)',
    toCount,
  )
  .option(
    '--desk <sizes>',
    `instead: the pages of the desk with so many complaints stored, for example 10000,100000,1000000 (p95 within ${deskLimit} ms)`,
    toSizes,
  )
  .option(
    '--access-log <sizes>',
    'instead: who saw whom, asked of an access log with so many entries, for example 1000000,50000000 (30 GB of disk)',
    toSizes,
  )
  .addOption(
    new Option(
      '--sealing <algorithm>',
      'instead: (c) with and without encryption at rest, as ratio (--count, --rounds)',
    ).choices(sealAlgorithms),
  )
  .addOption(
    new Option('--profile <subject>', 'run this one alone and show where its time goes').choices(
      subjectNames,
    ),
  )
  .parse()
  .opts<Options>();

function toCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1)
    throw new InvalidArgumentError('a whole number from 1 is expected');
  return count;
}

function toSizes(text: string): number[] {
  return text.split(',').map(toCount);
}

function toSubjects(text: string): SubjectName[] {
  const names = text.split(',');
  if (!names.every((name): name is SubjectName => subjectNames.includes(name as SubjectName)))
    throw new InvalidArgumentError(`of ${subjectNames.join(', ')}, parted by commas`);
  return names;
}

/** Results go to the standard output, everything else here. */
const tell = (text: string) => console.error(text);

async function measureAll(bench: Bench): Promise<Round[]> {
  const wanted = options.only.filter((name) => name !== 'd' || bench.redis);
  const rounds: Round[] = [];
  for (let n = 0; n < options.rounds; n++) {
    const round: Round = {};
    for (const name of wanted) {
      const measured = await measure(bench, name, n, round.b?.relayed);
      round[name] = measured;
      const relayed = measured.relayed === undefined ? '' : `, ${measured.relayed.toFixed(0)} relayed/s`;
      tell(`round ${n + 1}: (${name}) ${measured.accepted.toFixed(0)} accepted/s${relayed}`);
    }
    rounds.push(round);
  }
  return rounds;
}

async function profile(bench: Bench, name: SubjectName): Promise<Round[]> {
  const { admin } = bench.database;
  const round = await measure(
    {
      ...bench,
      nodeFlags: ['--cpu-prof', `--cpu-prof-dir=${bench.folder}`],
      warm: () => admin.query('select pg_stat_statements_reset()'),
    },
    name,
    0,
  );
  const { functions, causes } = listHeaviest(bench.folder);
  const parts = [
    `Functions of (${name}) by their own time:`,
    ...functions,
    `\nPackages and files of (${name}), with what node did for them:`,
    ...causes,
    '\nStatements by execution time (without planning, parsing and commits):',
    ...(await listHeaviestStatements(admin)),
  ];
  console.log(`${parts.join('\n')}\n`);
  return [{ [name]: round }];
}

async function describe({ database, redis }: Bench): Promise<string> {
  const { rows } = await database.admin.query<{ text: string }>(
    `select format('PostgreSQL %s, fsync %s, synchronous_commit %s', current_setting('server_version'),
       current_setting('fsync'), current_setting('synchronous_commit')) as text`,
  );
  const processor = `${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown processor'}`;
  const queues = redis ? `Redis ${redis.version} with its default snapshots` : 'no Redis';
  return `${processor}; Node ${process.versions.node}; ${rows[0]?.text}; ${queues}; ${options.count} complaints, ${options.rounds} round(s)`;
}

/** Normal and hanging runs alternate, so that both meet the same noise. */
async function measureHanging(bench: Bench): Promise<boolean> {
  const runs: IsolationRun[] = [];
  for (let n = 0; n < options.rounds; n++)
    for (const hanging of [0, 50] as const) {
      runs.push(await measureIsolation(bench, hanging, n));
      tell(`round ${n + 1}: ${hanging} hanging, p50 ${runs.at(-1)?.endToEnd.p50.toFixed(0)} ms`);
    }
  console.log(options.json ? JSON.stringify(runs, null, 2) : toIsolationReport(runs));
  return runs.every(({ lost, doubled }) => lost === 0 && doubled === 0);
}

/** What is asked of much that is stored. Undefined: that was not asked for. */
async function measureStored(database: DatabaseServer): Promise<boolean | undefined> {
  if (options.desk) {
    const runs = await measureDesk(database, options.desk, tell);
    console.log(options.json ? JSON.stringify(runs, null, 2) : toDeskReport(runs));
    return isFlat(runs);
  }
  if (options.accessLog) {
    const runs = await measureAccessLog(database, options.accessLog, tell);
    console.log(options.json ? JSON.stringify(runs, null, 2) : toAccessLogReport(runs));
    return isLogFlat(runs);
  }
  return undefined;
}

async function run(folder: string, closing: (() => Promise<void>)[]): Promise<boolean> {
  const database = await startDatabaseServer(join(folder, 'data'), options.profile !== undefined);
  closing.push(database.stop);
  if (options.isolation) {
    const { count, warmUp, within } = options;
    return measureHanging({ folder, database, redis: undefined, count, warmUp, within });
  }
  if (options.sealing) {
    const { count, warmUp, within, sealing } = options;
    const bench = { folder, database, redis: undefined, count, warmUp, within };
    const runs = await measureSealing(bench, sealing, options.rounds, tell);
    console.log(options.json ? JSON.stringify(runs, null, 2) : toSealingReport(runs, sealing));
    return isWhole(runs.flatMap(({ off, on }) => [{ c: off }, { c: on }]));
  }
  if (options.agent) {
    const { count, warmUp, within } = options;
    const bench = { folder, database, redis: undefined, count, warmUp, within };
    const runs = await measureAgent(bench, tell);
    console.log(options.json ? JSON.stringify(runs, null, 2) : toAgentReport(runs));
    return runs.every(({ lost, doubled }) => lost === 0 && doubled === 0);
  }
  const stored = await measureStored(database);
  if (stored !== undefined) return stored;
  if (options.agencies !== undefined) {
    const bench = { folder, database, redis: undefined, warmUp: 0, within: options.within };
    const runs = await measureAgencies(bench, options.agencies, tell);
    console.log(options.json ? JSON.stringify(runs, null, 2) : toAgenciesReport(runs));
    return runs.every(isCarried);
  }
  const redis = options.redis ? await startRedis(folder) : undefined;
  if (redis) closing.push(redis.stop);
  else tell('*** No Redis: (d) is left out, and (b) has BullMQ on PostgreSQL, which is much slower. ***');
  const { count, warmUp, within } = options;
  const bench: Bench = { folder, database, redis, count, warmUp, within };
  const description = await describe(bench);
  tell(description);
  const rounds = options.profile ? await profile(bench, options.profile) : await measureAll(bench);
  if (options.json)
    console.log(JSON.stringify({ description, rounds, targets: listTargets(rounds) }, null, 2));
  else console.log(`\n${description}\n\n${toReport(rounds)}`);
  return isWhole(rounds);
}

const folder = await mkdtemp(join(tmpdir(), 'minwon-hub-bench-'));
const closing: (() => Promise<void>)[] = [];

async function cleanUp(): Promise<void> {
  for (const close of closing.splice(0).reverse()) await close();
  if (options.keep) tell(`kept: ${folder}`);
  else await rm(folder, { recursive: true, force: true });
}

// The database server would outlive an interrupted bench. The other processes end with it.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void cleanUp().finally(() => process.exit(1)));
try {
  if (!(await run(folder, closing))) process.exitCode = 1;
} catch (error) {
  tell(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
} finally {
  await cleanUp();
}
