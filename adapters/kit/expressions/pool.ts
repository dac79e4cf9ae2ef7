/**
 * The pool of threads that evaluate expressions. One owner (an agency) has one thread at a time and takes turns with
 * the others. Owners with slow evaluations share one thread and wait there for one another. So nobody else waits for
 * them.
 */
import type { Outcome } from './protocol.ts';
import { type BatchEnd, type Job, lookEvery, Seat } from './seat.ts';

/** The largest number of threads. One is enough while nothing is slow. The pool starts another when all are held up. */
const mostSeats = 4;
const mostJobs = 16;
/** After so many looks at the same batch its thread counts as held up and its owner as slow. */
const heldUpAfter = 8;
const slowAfter = 8;
/** Milliseconds without work after which a thread ends and frees its memory. */
const idleAfter = 60_000;

class Pool {
  /** Waiting jobs by owner. The first owner has its turn. */
  readonly #lanes = new Map<string, Job[]>();
  readonly #slow = new Set<string>();
  readonly #seats = new Set<Seat>();
  /** Free threads, with the timers that end them. */
  readonly #idle = new Map<Seat, NodeJS.Timeout>();
  #looking: NodeJS.Timeout | undefined;
  #isDue = false;

  add(job: Job): void {
    const lane = this.#lanes.get(job.owner);
    if (lane) lane.push(job);
    else this.#lanes.set(job.owner, [job]);
    if (this.#isDue) return;
    this.#isDue = true;
    // All jobs that are requested in the same step go to the thread as one batch.
    queueMicrotask(() => this.#dispatch());
  }

  #dispatch(): void {
    this.#isDue = false;
    for (let owner = this.#nextOwner(); owner !== undefined; owner = this.#nextOwner()) {
      const seat = this.#findSeat();
      if (!seat) break;
      seat.run(owner, this.#takeJobs(owner));
    }
    this.#watch();
  }

  /** The next owner that may have a thread now. */
  #nextOwner(): string | undefined {
    const busy = [...this.#seats].map((seat) => seat.owner);
    const isSlowBusy = busy.some((owner) => owner !== undefined && this.#slow.has(owner));
    for (const owner of this.#lanes.keys()) {
      if (!busy.includes(owner) && !(isSlowBusy && this.#slow.has(owner))) return owner;
    }
    return undefined;
  }

  #findSeat(): Seat | undefined {
    const [free] = this.#idle;
    if (free) {
      const [seat, ending] = free;
      clearTimeout(ending);
      this.#idle.delete(seat);
      return seat;
    }
    const mayOpen = this.#seats.size < mostSeats && [...this.#seats].every(({ age }) => age >= heldUpAfter);
    if (!mayOpen) return undefined;
    const seat = new Seat({ onFree: (end) => this.#onFree(end), onGone: (gone) => this.#onGone(gone) });
    this.#seats.add(seat);
    return seat;
  }

  /** Takes a batch of the owner's jobs. The rest goes to the end of the queue. */
  #takeJobs(owner: string): Job[] {
    const lane = this.#lanes.get(owner) ?? [];
    this.#lanes.delete(owner);
    const jobs = lane.splice(0, this.#slow.has(owner) ? 1 : mostJobs);
    if (lane.length > 0) this.#lanes.set(owner, lane);
    return jobs;
  }

  #onFree({ seat, owner, left, isGone }: BatchEnd): void {
    if (isGone || seat.age >= slowAfter) this.#slow.add(owner);
    else this.#slow.delete(owner);
    if (left.length > 0) this.#lanes.set(owner, [...left, ...(this.#lanes.get(owner) ?? [])]);
    if (!isGone) this.#idle.set(seat, setTimeout(() => this.#endIdle(seat), idleAfter).unref());
    this.#dispatch();
  }

  #endIdle(seat: Seat): void {
    this.#idle.delete(seat);
    seat.end();
  }

  #onGone(seat: Seat): void {
    clearTimeout(this.#idle.get(seat));
    this.#idle.delete(seat);
    this.#seats.delete(seat);
    this.#dispatch();
  }

  /** Looks at the threads at work, as long as there are any. */
  #watch(): void {
    if (this.#lanes.size > 0 || this.#idle.size < this.#seats.size) {
      this.#looking ??= setInterval(() => this.#look(), lookEvery);
    } else {
      clearInterval(this.#looking);
      this.#looking = undefined;
    }
  }

  #look(): void {
    for (const seat of this.#seats) if (seat.owner !== undefined) seat.look();
    this.#dispatch();
  }
}

const pool = new Pool();

/** Evaluates when the owner has its turn. An error is returned as an outcome too. */
export function evaluateInThread(job: Omit<Job, 'settle'>): Promise<Outcome> {
  return new Promise((settle) => pool.add({ ...job, settle }));
}
