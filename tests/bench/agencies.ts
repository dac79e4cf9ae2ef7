import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parse } from 'yaml';
import { openStore, type Store } from '../../hub/store/database.ts';
import { migrate } from '../../hub/store/migrate.ts';
import type { Agency } from '../../schemas/index.ts';
import { startRestBoard } from '../boards/rest-board/index.ts';
import { type Child, startChild } from './child.ts';
import { type Bench, hubStart } from './measure.ts';
import { toPercentiles } from './settle.ts';
import type { Given, SubjectReady } from './subjects/given.ts';
import type { Usage } from './subjects/usage.ts';

/** The hub with all agencies is compared with a hub that has this few. */
const few = 10;
/** Seconds between two polls of each board. */
const pollEvery = 60;
/** The longest time, in seconds, that the hub is watched after it is ready. By then every board has been polled. */
const watchFor = pollEvery * 1.5;
const askEvery = 250;
const wanted = { seconds: 30, megabytes: 600 };

/** A hub with this many agencies. Times are in milliseconds. */
export interface AgenciesRun {
  agencies: number;
  /** From the start of its process until /health/ready is positive. */
  start: number;
  /** The most resident memory, in MB. */
  peakMemory: number;
  /**
   * The number of boards that were polled. The next field is the time within which that happened, counted from
   * readiness.
   */
  polled: number;
  within: number;
  /** Milliseconds of processor time of the hub's process for each polled board. */
  cpu: number;
  /** Response times while boards were polled: of /health/ready, and of the list of agencies' data. */
  ready: number[];
}

/** Starts a hub with few agencies and one with many. All have the settings of the worked example. */
export async function measureAgencies(
  bench: Omit<Bench, 'count'>,
  count: number,
  tell: (text: string) => void,
): Promise<AgenciesRun[]> {
  const board = await startRestBoard({ agencyName: '기관', apiKey: 'bench' });
  const runs: AgenciesRun[] = [];
  try {
    for (const agencies of [few, count]) {
      runs.push(await measureOne(bench, agencies, board.url));
      tell(toLine(runs.at(-1) as AgenciesRun));
    }
    return runs;
  } finally {
    await board.close();
  }
}

async function measureOne(
  bench: Omit<Bench, 'count'>,
  agencies: number,
  boardUrl: string,
): Promise<AgenciesRun> {
  const databaseUrl = await bench.database.createDatabase(`bench_agencies_${agencies}`);
  const store = openStore(databaseUrl, 2);
  const environment = { ...hubStart.environment, SBIZ_API_KEY: 'bench' };
  const given: Given = { databaseUrl, boardUrl, smtpUrl: '' };
  let hub: Child<SubjectReady> | undefined;
  try {
    await configure(store, agencies, boardUrl);
    const log = join(bench.folder, `agencies-${agencies}.log`);
    const began = performance.now();
    hub = await startChild<SubjectReady>(hubModule, given, { log, ...hubStart, environment });
    await askReady(hub.ready.url);
    const start = performance.now() - began;
    const before = await hub.ask<Usage>('usage');
    const watched = await watch(hub.ready.url, store, agencies);
    const { peakMemory, cpu } = await hub.ask<Usage>('usage');
    return { agencies, start, peakMemory, ...watched, cpu: (cpu - before.cpu) / watched.polled };
  } finally {
    await hub?.stop();
    await store.close();
    await bench.database.dropDatabase(`bench_agencies_${agencies}`);
  }
}

const hubModule = new URL('./subjects/hub.ts', import.meta.url);
const example = new URL('../boards/rest-board/agency.yaml', import.meta.url);

/** Applies the configuration without `hub config apply`, because the bench measures the start of a configured hub. */
async function configure(store: Store, agencies: number, boardUrl: string): Promise<void> {
  await migrate(store.pool);
  const agency = parse(readFileSync(example, 'utf8')) as Agency & { board: NonNullable<Agency['board']> };
  const board = { ...agency.board, pollEvery, settings: { ...agency.board.settings, endpoint: boardUrl } };
  await store.pool.query(
    `insert into configurations (kind, name, version, body, author)
     select 'agency', 'a' || lpad(n::text, 5, '0'), 1, $1::jsonb || jsonb_build_object('code', 'a' || lpad(n::text, 5, '0')), 'bench'
     from generate_series(1, $2::int) n
     union all select 'routing', 'routing', 1, '{"rules": [], "default": "a00001"}', 'bench'`,
    [JSON.stringify({ ...agency, board }), agencies],
  );
}

async function askReady(url: string): Promise<number> {
  const began = performance.now();
  const { status } = await fetch(`${url}/health/ready`);
  if (status !== 200) throw new Error(`/health/ready answered ${status}`);
  return performance.now() - began;
}

/** Asks repeatedly whether the hub is ready, until every board was polled. */
async function watch(url: string, store: Store, agencies: number) {
  const ready: number[] = [];
  const began = performance.now();
  let [polled, within] = [0, 0];
  while (polled < agencies && within < watchFor * 1000) {
    ready.push(await askReady(url));
    await pause(askEvery);
    polled = await countPolled(store);
    within = performance.now() - began;
  }
  return { ready, polled, within };
}

async function countPolled({ pool }: Store): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    'select count(*)::int as n from boards where polled_at is not null and poll_failures = 0',
  );
  return rows[0]?.n ?? 0;
}

function toLine({ agencies, start, peakMemory, polled, within, cpu, ready }: AgenciesRun): string {
  const { p50, p99 } = toPercentiles(ready);
  return `${agencies} agencies: ready after ${(start / 1000).toFixed(1)} s, ${peakMemory.toFixed(0)} MB; ${polled} boards read within ${(within / 1000).toFixed(0)} s, ${cpu.toFixed(1)} ms of processor each; /health/ready p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, longest ${Math.max(...ready).toFixed(0)} ms`;
}

/** The verdict of the bench: ready in time, within the memory limit, and every board polled. */
export const isCarried = ({ agencies, start, peakMemory, polled }: AgenciesRun): boolean =>
  start <= wanted.seconds * 1000 && peakMemory <= wanted.megabytes && polled === agencies;

export function toAgenciesReport(runs: AgenciesRun[]): string {
  const [base, all] = runs;
  if (!base || !all) return '';
  const limits = `${wanted.seconds} s, ${wanted.megabytes} MB, ${all.agencies} boards read`;
  return [
    ...runs.map(toLine),
    `start: ${(all.start / base.start).toFixed(1)} times that with ${base.agencies} agencies`,
    `wanted: ${limits}: ${isCarried(all) ? 'met' : 'MISSED'}`,
  ].join('\n');
}
