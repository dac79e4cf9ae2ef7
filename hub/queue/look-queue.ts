import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { createOutage } from '../observe/outage.ts';
import { type EndsOptions, openQueueEnds, type QueueEnds } from './queue-ends.ts';
import type { Topic } from './topics.ts';

/**
 * Tells the workers of all processes to look at something again. A job carries a topic (topics.ts) and nothing else: state
 * and retry times live in tables, so a job that is lost, doubled or late changes no result.
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

/** Resolves when looks can be sent, or after some seconds without the queue: then this process looks itself. */
export async function openLookQueue(options: EndsOptions & { log: Logger }): Promise<LookQueue> {
  const { log, handle } = options;
  const ends = keepOpen(options, log);
  await Promise.race([ends.ready, pause(patience, undefined, { ref: false })]);
  const gathering = new Map<Topic, { again: boolean }>();

  async function send(topic: Topic): Promise<void> {
    if (await ends.add(topic)) return;
    // The database knows what is due; without the queue this process at least looks itself.
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

/** Milliseconds: from a failure to the next opening, and how long it must hold to count as mended. */
const pauses = { first: 250, longest: 5_000 };
const steadyAfter = 10_000;

/**
 * The ends of the queue, opened anew after a pause whenever something about them failed. BullMQ's own ways are not
 * enough: its backend for PostgreSQL keeps a first connection that was refused for ever, and its worker asks again at once
 * after any error that it does not take for a lost connection, such as a refusal for want of connections.
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
      // After the others who hear of this failure; and in a microtask, because a worker that asks again at once leaves
      // room for nothing else.
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
    /** False: it is not in the queue. */
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
