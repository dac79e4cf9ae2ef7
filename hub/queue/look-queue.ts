import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { createOutage } from '../observe/outage.ts';
import { type EndsOptions, openQueueEnds, type QueueEnds } from './queue-ends.ts';
import type { Topic } from './topics.ts';

/**
 * Tells the workers of all processes to look at something again. A job is a wake-up job: it carries a topic (topics.ts)
 * and nothing else. State and retry times are in tables, so a job that is lost, doubled or late changes no result.
 */
export interface LookQueue {
  /** Returns at once. Looks at one topic within a tenth of a second become one job. */
  look(topic: Topic): void;
  close(): Promise<void>;
}

/** Milliseconds in which further looks at the same topic join the next job. */
const gatherFor = 100;
/** Milliseconds to wait for a queue that may be away. */
const patience = 3000;

/** Resolves when looks can be sent, or after some seconds without the queue. Then this process looks by itself. */
export async function openLookQueue(options: EndsOptions & { log: Logger }): Promise<LookQueue> {
  const { log, handle } = options;
  const ends = keepOpen(options, log);
  await Promise.race([ends.ready, pause(patience, undefined, { ref: false })]);
  const gathering = new Map<Topic, { again: boolean }>();

  async function send(topic: Topic): Promise<void> {
    if (await ends.add(topic)) return;
    // The database knows what is due. Without the queue, at least this process looks by itself.
    log.debug({ topic }, 'looking without the queue');
    handle?.(topic);
  }

  function look(topic: Topic): void {
    const gathered = gathering.get(topic);
    if (gathered) {
      gathered.again = true;
      return;
    }
    const mark = { again: false };
    gathering.set(topic, mark);
    void send(topic);
    setTimeout(() => {
      gathering.delete(topic);
      if (mark.again) look(topic);
    }, gatherFor).unref();
  }

  return { look, close: () => ends.close() };
}

/** Milliseconds from a failure to the next opening, and milliseconds without a failure before it counts as repaired. */
const pauses = { first: 250, longest: 5_000 };
const steadyAfter = 10_000;

/**
 * Opens the ends of the queue again, after a pause, whenever something about them failed. BullMQ alone is not enough.
 * Its backend for PostgreSQL never retries a first connection that was refused. Its worker retries at once after most
 * errors, such as a refusal for want of connections; it pauses only if it sees a lost connection.
 */
function keepOpen(options: EndsOptions, log: Logger) {
  const outage = createOutage(log, 'the queue');
  const opened = Promise.withResolvers<void>();
  let current: { ends: QueueEnds; isReady: boolean; fail(error: unknown): void } | undefined;
  let wait = pauses.first;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const later = (milliseconds: number, work: () => void) => {
    clearTimeout(timer);
    timer = setTimeout(work, milliseconds);
    timer.unref();
  };
  function open(): void {
    const fail = (error: unknown) => {
      if (current !== mine || closed) return;
      current = undefined;
      outage.failed(error);
      // The others that hear of this failure run first. It is a microtask, because a worker that asks again at once
      // leaves time for nothing else.
      queueMicrotask(() => void mine.ends.close(true));
      later(wait, open);
      wait = Math.min(2 * wait, pauses.longest);
    };
    const mine = { ends: openQueueEnds(options, fail), isReady: false, fail };
    current = mine;
    mine.ends.ready.then(() => {
      if (current !== mine || closed) return;
      mine.isReady = true;
      opened.resolve();
      later(steadyAfter, () => {
        wait = pauses.first;
        outage.ended();
      });
    }, fail);
  }

  open();
  return {
    ready: opened.promise,
    /** False: the job is not in the queue. */
    async add(topic: Topic): Promise<boolean> {
      const to = current;
      if (!to?.isReady) return false;
      try {
        await to.ends.add(topic);
        return true;
      } catch (error) {
        to.fail(error);
        return false;
      }
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await current?.ends.close(false);
    },
  };
}
