import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { tie } from '../support/processes/tied-process.ts';

/**
 * The current speed of this machine. The suite's limits were set on a reference machine: two cores with nothing else to
 * do. A slower machine has a slower clock here. So a limit is an amount of work, not of time.
 */
export interface Machine {
  /** At least 1. */
  slowness(): number;
  /** Milliseconds since the beginning, as the reference machine would have needed. */
  elapsed(): number;
  /** The time-out on this machine for what takes `milliseconds` on the reference machine. */
  stretch(milliseconds: number): number;
  stop(): Promise<void>;
}

/**
 * Milliseconds of the test work on the reference machine. One is a start of the hub's program, long enough to lose its
 * turn on a busy machine. The other is commits that reach the disk.
 */
const usual = { start: 900, commits: 60 };
const commits = 20;
/** Milliseconds between two measurements. Each is averaged with earlier ones, because a single one says little. */
const measureEvery = 15_000;
const remembered = 2;
const cores = 2;
const main = fileURLToPath(new URL('../../hub/main.ts', import.meta.url));

/** `url`: the database server whose disk is measured. */
export async function watchMachine(url: string): Promise<Machine> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('create table if not exists machine (n int)');
  const measured = [await measure(client)];
  let counted = 0;
  let since = performance.now();
  const slowness = () => measured.reduce((sum, one) => sum + one, 0) / measured.length;
  const elapsed = () => counted + (performance.now() - since) / slowness();
  let measuring = Promise.resolve();
  const timer = setInterval(() => {
    measuring = measuring.then(async () => {
      const found = await measure(client);
      counted = elapsed();
      since = performance.now();
      measured.push(found);
      if (measured.length > remembered) measured.shift();
    });
    measuring.catch(() => undefined);
  }, measureEvery);
  timer.unref();
  return {
    slowness,
    elapsed,
    stretch: (milliseconds) => Math.ceil(milliseconds * slowness()),
    async stop() {
      clearInterval(timer);
      await measuring.catch(() => undefined);
      await client.end().catch(() => undefined);
    },
  };
}

async function measure(client: pg.Client): Promise<number> {
  const start = await timeOf(() => promisify(execFile)(...tie(process.execPath, [main, '--help'])));
  const writing = await timeOf(async () => {
    for (let n = 0; n < commits; n++) await client.query('insert into machine values ($1)', [n]);
  });
  return Math.max(1, start / usual.start, writing / usual.commits);
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

export type Stretch = Machine['stretch'];

/** The condition did not hold in time. This alone does not prove a fault. */
export class TimeOver extends Error {
  override readonly name = 'TimeOver';
  constructor(what: string, options?: ErrorOptions) {
    super(`the time was over for ${what}`, options);
  }
}

/** The most connections of one stage: those of two hubs, and the suite's own queries. */
export const hubConnections = 10;
const stageConnections = 2 * hubConnections + 6;
const serverConnections = 90;

/** The number of stages at once. On the reference machine it is `usual`, because stages mostly wait. */
export function countAtOnce(usual: number, slowness: number): number {
  const byCores = Math.round((usual * availableParallelism()) / cores / slowness);
  return Math.max(1, Math.min(byCores, Math.floor(serverConnections / stageConnections)));
}
