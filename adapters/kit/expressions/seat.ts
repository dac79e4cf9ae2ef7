import { Worker } from 'node:worker_threads';
import { type Reason, said, toReason } from '../../../schemas/reason.ts';
import type { Program } from './parse.ts';
import { type Batch, type Outcome, RecentlyUsed, type Reply, underWay } from './protocol.ts';

export interface Job {
  /** The owner. Evaluations of one owner wait for one another. */
  owner: string;
  /** Equal programs have equal keys. */
  key: string;
  program: Program;
  /** JSON. */
  input: string | undefined;
  settle(outcome: Outcome): void;
}

export interface BatchEnd {
  seat: Seat;
  owner: string;
  /** Jobs that were not done. */
  left: Job[];
  /** True: the thread accepts no more jobs. */
  isGone: boolean;
}

interface Events {
  /** Called when the batch is finished. */
  onFree(end: BatchEnd): void;
  /** Called when the thread has ended. */
  onGone(seat: Seat): void;
}

/** Milliseconds between two looks at the working threads. */
export const lookEvery = 25;
/**
 * A thread inside one long step of the engine cannot report its processor time. Then it may take this many times the
 * limit by the clock.
 */
const patience = 4;

/**
 * When one list far exceeds a thread's own limit, V8 ends the whole process. So that limit is set high, and the pool
 * watches the heap itself.
 */
const resourceLimits = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 2, stackSizeMb: 4 };
const mostMegabytes = 128;

const workerUrl = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);

/** A thread and its current work. */
export class Seat {
  readonly #progress = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  readonly #worker: Worker;
  readonly #events: Events;
  readonly #known = new RecentlyUsed<true>();
  #jobs: Job[] = [];
  /** The number of jobs answered since the thread began. */
  #settled = 0;
  /**
   * Three facts about the job that ran at the last look: its number, how many looks found it, and the time of the
   * first.
   */
  #seen = 0;
  #looks = 0;
  #since: number | undefined;
  #isGone = false;
  /** The owner of the current batch. Undefined: the thread is free. */
  owner: string | undefined;
  /** The number of looks since the thread got its batch. */
  age = 0;

  constructor(events: Events) {
    this.#events = events;
    const workerData = this.#progress.buffer;
    const name = 'expressions';
    this.#worker = new Worker(workerUrl, { name, workerData, resourceLimits, env: {}, execArgv: [] });
    this.#worker.on('message', (reply: Reply) => this.#take(reply));
    this.#worker.on('error', (error: NodeJS.ErrnoException) => this.#onError(error));
    this.#worker.on('exit', () => {
      this.#lose((job) => fail(job, 'failed', toReason('thread_ended')));
      events.onGone(this);
    });
    // The pool keeps the process alive while jobs wait, not the thread.
    this.#worker.unref();
  }

  /** Runs a batch of one owner. */
  run(owner: string, jobs: Job[]): void {
    this.#jobs = jobs;
    this.owner = owner;
    this.age = 0;
    this.#worker.postMessage(toBatch(jobs, this.#known));
  }

  /** Checks the thread. The pool calls this every {@link lookEvery} while the thread has a batch. */
  look(): void {
    this.age += 1;
    const number = this.#numberUnderWay();
    if (number !== this.#seen) [this.#seen, this.#looks, this.#since] = [number, 0, undefined];
    const job = this.#jobUnderWay();
    if (!job) return;
    this.#looks += 1;
    if (this.#looks > (patience * job.program.timeLimit) / lookEvery) this.#lose(failOnTime);
    else if (this.#looks > 1) void this.#measure(number, job.program.timeLimit);
  }

  end(): void {
    void this.#worker.terminate();
  }

  #numberUnderWay(): number {
    return Atomics.load(this.#progress, underWay);
  }

  #jobUnderWay(): Job | undefined {
    return this.#jobs[this.#numberUnderWay() - this.#settled - 1];
  }

  #take({ outcomes, done }: Reply): void {
    if (this.#isGone) return;
    this.#settled += outcomes.length;
    for (const [n, job] of this.#jobs.splice(0, outcomes.length).entries())
      job.settle(outcomes[n] as Outcome);
    if (done) this.#free([]);
  }

  /**
   * Compares the thread's own processor time with the limit. So time lost on a paused or busy machine does not count.
   */
  async #measure(number: number, limit: number): Promise<void> {
    const [spent, heap] = await Promise.all([this.#readTime(), this.#worker.getHeapStatistics()]).catch(gone);
    if (this.#numberUnderWay() !== number || spent === undefined) return;
    this.#since ??= spent;
    if (spent - this.#since > limit) this.#lose(failOnTime);
    else if (heap.used_heap_size > mostMegabytes * 2 ** 20) this.#lose(failOnMemory);
  }

  /** Milliseconds of processor time. Node 24 reports it from version 24.6 on. */
  async #readTime(): Promise<number> {
    const { user, system } = (await this.#worker.cpuUsage?.()) ?? {
      user: performance.now() * 1000,
      system: 0,
    };
    return (user + system) / 1000;
  }

  #onError(error: NodeJS.ErrnoException): void {
    if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY') {
      // The thread did not even start, and would not start the next time.
      for (const job of this.#jobs.splice(0))
        fail(job, 'failed', toReason('no_expressions_here', { detail: said(error.message) }));
    }
    this.#lose(failOnMemory);
  }

  /** Ends the thread. `blame` settles the job that was running. The other jobs are left to the pool. */
  #lose(blame: (culprit: Job) => void): void {
    if (this.#isGone) return;
    this.#isGone = true;
    const culprit = this.#jobUnderWay();
    if (culprit) blame(culprit);
    this.end();
    this.#free(this.#jobs.filter((job) => job !== culprit));
  }

  #free(left: Job[]): void {
    const { owner } = this;
    [this.owner, this.#jobs] = [undefined, []];
    if (owner !== undefined) this.#events.onFree({ seat: this, owner, left, isGone: this.#isGone });
  }
}

/** The thread has ended and cannot report anything. */
const gone = (): [undefined, undefined] => [undefined, undefined];

const failOnTime = (job: Job) =>
  fail(job, 'limit', toReason('expression_too_slow', { n: job.program.timeLimit }));
const failOnMemory = (job: Job) => fail(job, 'limit', toReason('expression_too_large', { n: mostMegabytes }));

function fail(job: Job, of: 'limit' | 'failed', reason: Reason): void {
  job.settle({ kind: 'error', of, reason, position: undefined });
}

/** Creates a batch. It includes the programs that the thread does not know or has forgotten. */
function toBatch(jobs: Job[], known: RecentlyUsed<true>): Batch {
  const programs = jobs.flatMap(({ key, program }): Batch['programs'] => {
    if (known.use(key)) return [];
    known.add(key, true);
    return [[key, program]];
  });
  return { jobs: jobs.map(({ key, input }) => ({ key, input })), programs };
}
