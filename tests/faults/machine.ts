import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { tie } from '../support/processes/tied-process.ts';

/**
 * How fast this machine is just now, beside the one for which the limits of the suite were set: two cores with nothing
 * else to do. Its clock goes as much slower as the machine, so a limit is a piece of work, not of time.
 */
export interface Machine {
  /** 1 at the least. */
  slowness(): number;
  /** Milliseconds since the beginning that the other machine would have needed. */
  elapsed(): number;
  /** A time-out that the other machine would meet in `milliseconds`. */
  stretch(milliseconds: number): number;
  stop(): Promise<void>;
}

/**
 * What the pieces of work take there, in milliseconds: a start of the hub's program, long enough to lose its turn to others
 * on a busy machine, and commits that reach the disk.
 */
const usual = { start: 900, commits: 60 };
const commits = 20;
/** Milliseconds from one measurement to the next; it counts with those before it, since one alone says little. */
const measureEvery = 15_000;
const remembered = 2;
const cores = 2;
const main = fileURLToPath(new URL('../../hub/main.ts', import.meta.url));

/** `url`: the database server whose disk counts. */
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

/** What was waited for did not come in time: nothing is known to be wrong. */
export class TimeOver extends Error {
  override readonly name = 'TimeOver';
  constructor(what: string, options?: ErrorOptions) {
    super(`the time was over for ${what}`, options);
  }
}

/** Connections of one stage at the most: those of two hubs, and the suite's own questions. */
export const hubConnections = 10;
const stageConnections = 2 * hubConnections + 6;
const serverConnections = 90;

/** Stages at once: `usual` on the other machine, as most of their time is waiting. */
export function countAtOnce(usual: number, slowness: number): number {
  const byCores = Math.round((usual * availableParallelism()) / cores / slowness);
  return Math.max(1, Math.min(byCores, Math.floor(serverConnections / stageConnections)));
}
