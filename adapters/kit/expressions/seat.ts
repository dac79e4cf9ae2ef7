import { Worker } from 'node:worker_threads';
import { type Reason, said, toReason } from '../../../schemas/reason.ts';
import type { Program } from './parse.ts';
import { type Batch, type Outcome, RecentlyUsed, type Reply, underWay } from './protocol.ts';

export interface Job {
  /** Whose it is: the evaluations of one owner wait for one another. */
  owner: string;
  /** Equal for equal programs. */
  key: string;
  program: Program;
  /** JSON. */
  input: string | undefined;
  settle(outcome: Outcome): void;
}

export interface BatchEnd {
  seat: Seat;
  owner: string;
  /** What was not done. */
  left: Job[];
  /** The thread takes no more. */
  isGone: boolean;
}

interface Events {
  /** The batch is over. */
  onFree(end: BatchEnd): void;
  /** The thread is no more. */
  onGone(seat: Seat): void;
}

/** Milliseconds between two looks at the threads at work. */
export const lookEvery = 25;
/** A thread inside one long step of the engine does not tell its time: then so many times the limit by the clock counts. */
const patience = 4;

/**
 * V8 ends the whole process where one list goes far beyond a thread's own limit. So that is high, and what the heap has is
 * looked at.
 */
const resourceLimits = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 2, stackSizeMb: 4 };
const mostMegabytes = 128;

const workerUrl = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);

/** A thread, and what it is doing. */
export class Seat {
  readonly #progress = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  readonly #worker: Worker;
  readonly #events: Events;
  readonly #known = new RecentlyUsed<true>();
  #jobs: Job[] = [];
  /** Jobs answered since the thread began. */
  #settled = 0;
  /** The number of the job that was under way at the last look, the looks that found it, and the time of the first. */
  #seen = 0;
  #looks = 0;
  #since: number | undefined;
  #isGone = false;
  /** Whose batch it has; undefined: it is free. */
  owner: string | undefined;
  /** Looks since it was given its batch. */
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
    // What keeps the process alive is the pool, as long as something waits.
    this.#worker.unref();
  }

  /** A batch of one owner. */
  run(owner: string, jobs: Job[]): void {
    this.#jobs = jobs;
    this.owner = owner;
    this.age = 0;
    this.#worker.postMessage(toBatch(jobs, this.#known));
  }

  /** To be called every {@link lookEvery} while it has a batch. */
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

  /** What a paused or busy machine takes is not the thread's: what counts is the processor's time that it had itself. */
  async #measure(number: number, limit: number): Promise<void> {
    const [spent, heap] = await Promise.all([this.#readTime(), this.#worker.getHeapStatistics()]).catch(gone);
    if (this.#numberUnderWay() !== number || spent === undefined) return;
    this.#since ??= spent;
    if (spent - this.#since > limit) this.#lose(failOnTime);
    else if (heap.used_heap_size > mostMegabytes * 2 ** 20) this.#lose(failOnMemory);
  }

  /** Milliseconds of processor. Node 24 tells it from 24.6 on. */
  async #readTime(): Promise<number> {
    const { user, system } = (await this.#worker.cpuUsage?.()) ?? {
      user: performance.now() * 1000,
      system: 0,
    };
    return (user + system) / 1000;
  }

  #onError(error: NodeJS.ErrnoException): void {
    if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY') {
      // It did not even start, and would not the next time.
      for (const job of this.#jobs.splice(0))
        fail(job, 'failed', toReason('no_expressions_here', { detail: said(error.message) }));
    }
    this.#lose(failOnMemory);
  }

  /** Ends the thread. `blame` settles the job that was under way; the others are left. */
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

/** The thread is gone, and tells nothing more. */
const gone = (): [undefined, undefined] => [undefined, undefined];

const failOnTime = (job: Job) =>
  fail(job, 'limit', toReason('expression_too_slow', { n: job.program.timeLimit }));
const failOnMemory = (job: Job) => fail(job, 'limit', toReason('expression_too_large', { n: mostMegabytes }));

function fail(job: Job, of: 'limit' | 'failed', reason: Reason): void {
  job.settle({ kind: 'error', of, reason, position: undefined });
}

/** With those programs that the thread does not know, or has forgotten. */
function toBatch(jobs: Job[], known: RecentlyUsed<true>): Batch {
  const programs = jobs.flatMap(({ key, program }): Batch['programs'] => {
    if (known.use(key)) return [];
    known.add(key, true);
    return [[key, program]];
  });
  return { jobs: jobs.map(({ key, input }) => ({ key, input })), programs };
}
