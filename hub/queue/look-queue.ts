import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { createPostgresBackend, Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';

/**
 * Tells the workers of all processes to look at something again. A job carries a topic (`deliver:<agency>`,
 * `notify:<channel>`) and nothing else: state and retry times live in tables, so a job that is lost, doubled or
 * late changes no result.
 */
export interface LookQueue {
  /** Returns at once. Looks at one topic within a tenth of a second become one job. */
  look(topic: string): void;
  close(): Promise<void>;
}

export interface LookQueueOptions {
  /** BullMQ on Redis; unset: on PostgreSQL, in a schema of its own. */
  redisUrl?: string | undefined;
  databaseUrl: string;
  log: Logger;
  /** Does the looking; unset in a process without the role worker. Must return at once. */
  handle?: (topic: string) => void;
}

const queueName = 'hub-looks';
/** Milliseconds in which further looks at the same topic join the next job. */
const gatherFor = 100;
/** Milliseconds to wait for a queue that may be away. */
const patience = 3000;
const jobOptions = { removeOnComplete: true, removeOnFail: true, attempts: 1 };

/** Resolves when looks can be sent, or after some seconds without the queue: then this process looks itself. */
export async function openLookQueue(options: LookQueueOptions): Promise<LookQueue> {
  const { log, handle } = options;
  const { queue, worker, ready, isReady, disconnect } = options.redisUrl
    ? onRedis(options, options.redisUrl)
    : onPostgres(options);
  queue.on('error', (err) => log.warn({ err }, 'the queue is out of reach'));
  worker?.on('error', (err) => log.warn({ err }, 'the queue is out of reach'));
  await Promise.race([ready(), pause(patience, undefined, { ref: false })]);
  const gathering = new Map<string, { again: boolean }>();

  async function send(topic: string): Promise<void> {
    try {
      if (!isReady()) throw new Error('the queue is out of reach');
      // While no worker runs, one waiting look at a topic says as much as a thousand.
      await queue.add('look', { topic }, { ...jobOptions, deduplication: { id: topic } });
    } catch (err) {
      // The database knows what is due; without the queue this process at least looks itself.
      log.debug({ topic, err }, 'looking without the queue');
      handle?.(topic);
    }
  }

  function look(topic: string): void {
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

  return {
    look,
    async close() {
      // A queue that is out of reach never closes politely, and nothing in it is needed.
      const closed = Promise.all([worker?.close(), queue.close()]).catch(() => undefined);
      await Promise.race([closed, pause(patience, undefined, { ref: false })]);
      disconnect();
    },
  };
}

const processor = (handle: (topic: string) => void) => async (job: { data: { topic: string } }) => {
  handle(job.data.topic);
};

function onPostgres({ databaseUrl, handle }: LookQueueOptions) {
  const connection = { connectionString: databaseUrl, schema: 'queue', migrate: true, max: 2 };
  const queue = new Queue(queueName, { connection }, createPostgresBackend);
  const worker = handle
    ? new Worker(queueName, processor(handle), { connection, concurrency: 4 }, createPostgresBackend)
    : undefined;
  const ready = async () => void (await queue.waitUntilReady());
  return { queue, worker, ready, isReady: () => true, disconnect: () => undefined };
}

function onRedis({ handle, log }: LookQueueOptions, url: string) {
  // The adding side gives up soon while Redis is away; the working side waits for it to come back.
  const adding = new Redis(url, { maxRetriesPerRequest: 1 });
  const working = handle && new Redis(url, { maxRetriesPerRequest: null });
  for (const client of [adding, working])
    client?.on('error', (err) => log.debug({ err }, 'Redis is out of reach'));
  const queue = new Queue(queueName, { connection: adding, skipWaitingForReady: true });
  const worker =
    handle && working
      ? new Worker(queueName, processor(handle), { connection: working, concurrency: 4 })
      : undefined;
  return {
    queue,
    worker,
    ready: async () => {
      if (adding.status !== 'ready') await once(adding, 'ready').catch(() => undefined);
    },
    isReady: () => adding.status === 'ready',
    disconnect: () => {
      void worker?.disconnect().catch(() => undefined);
      adding.disconnect();
      working?.disconnect();
    },
  };
}
