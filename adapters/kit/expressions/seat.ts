import { Worker } from 'node:worker_threads';
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
  /** How often it has passed its limit. */
  overruns: number;
  settle(outcome: Outcome): void;
}

export interface BatchEnd {
  seat: Seat;
  owner: string;
  /** What was not begun, or has to be done again. */
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
/** JSONata sees the limit by itself where it can: only some looks later the thread is ended. */
const graceLooks = 4;
/** A paused or overloaded machine is no endless loop: the limit counts only when it is passed twice. */
const overrunsAllowed = 1;

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
  /** Of the batch: what passed its limit once. */
  #again: Job[] = [];
  /** Jobs answered since the thread began. */
  #settled = 0;
  /** The number of the job that was under way at the last look, and the looks that found it. */
  #seen = 0;
  #looks = 0;
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
      this.#lose((job) => fail(job, 'failed', 'the thread that evaluated it has ended'));
      events.onGone(this);
    });
    // What keeps the process alive is the looking of the pool.
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
    this.#looks = number !== 0 && number === this.#seen ? this.#looks + 1 : 0;
    this.#seen = number;
    const job = this.#jobUnderWay();
    if (!job || this.#looks === 0) return;
    if (this.#looks < job.program.timeLimit / lookEvery + graceLooks) void this.#lookAtHeap(number);
    else this.#lose((one) => overrun(one));
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
    for (const [n, job] of this.#jobs.splice(0, outcomes.length).entries()) {
      const outcome = outcomes[n] as Outcome;
      if (outcome.kind !== 'overrun') job.settle(outcome);
      else if (overrun(job, outcome.message)) this.#again.push(job);
    }
    if (done) this.#free([]);
  }

  /** It answers between two steps of the program, and not at all once the thread is gone. */
  async #lookAtHeap(number: number): Promise<void> {
    const none = { used_heap_size: 0 };
    const { used_heap_size: used } = await this.#worker.getHeapStatistics().catch(() => none);
    if (this.#numberUnderWay() === number && used > mostMegabytes * 2 ** 20) this.#lose(failOnMemory);
  }

  #onError(error: NodeJS.ErrnoException): void {
    if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY') {
      // It did not even start, and would not the next time.
      for (const job of this.#jobs.splice(0))
        fail(job, 'failed', `no expression runs here: ${error.message}`);
    }
    this.#lose(failOnMemory);
  }

  /** Ends the thread. `isLeft` says what becomes of the job that was under way; the others are left. */
  #lose(isLeft: (culprit: Job) => boolean): void {
    if (this.#isGone) return;
    this.#isGone = true;
    const culprit = this.#jobUnderWay();
    const left = this.#jobs.filter((job) => job !== culprit || isLeft(job));
    this.end();
    this.#free(left);
  }

  #free(left: Job[]): void {
    const { owner, isGone } = { owner: this.owner, isGone: this.#isGone };
    const again = [...this.#again, ...left];
    [this.owner, this.#jobs, this.#again] = [undefined, [], []];
    if (owner !== undefined) this.#events.onFree({ seat: this, owner, left: again, isGone });
  }
}

/** Whether the job is to be done again; else it has failed. */
function overrun(job: Job, message = `it took longer than ${job.program.timeLimit} ms`): boolean {
  job.overruns += 1;
  return job.overruns <= overrunsAllowed || fail(job, 'limit', message);
}

const failOnMemory = (job: Job) => fail(job, 'limit', `it took more than ${mostMegabytes} MB of memory`);

function fail(job: Job, of: 'limit' | 'failed', message: string): false {
  job.settle({ kind: 'error', of, message, position: undefined });
  return false;
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
