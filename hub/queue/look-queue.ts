import { createPostgresBackend, Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';

/**
 * Tells the workers of all processes to look at something again. A job carries a topic (`deliver:<agency>`,
 * `notify:<channel>`) and nothing else: state and retry times live in tables, so a job that is lost, doubled or
 * late changes no result.
 */
export interface LookQueue {
  /** Returns at once. Looks at one topic within a few hundredths of a second become one job. */
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
const gatherFor = 25;
const jobOptions = { removeOnComplete: true, removeOnFail: true, attempts: 1 };

export async function openLookQueue(options: LookQueueOptions): Promise<LookQueue> {
  const { log, handle } = options;
  const { queue, worker, disconnect } = options.redisUrl
    ? onRedis(options, options.redisUrl)
    : onPostgres(options);
  queue.on('error', (err) => log.warn({ err }, 'the queue is out of reach'));
  worker?.on('error', (err) => log.warn({ err }, 'the queue is out of reach'));
  if (!options.redisUrl) await queue.waitUntilReady();
  const gathering = new Map<string, { again: boolean }>();

  function send(topic: string): void {
    queue.add('look', { topic }, jobOptions).catch((err) => {
      // The database knows what is due; without the queue this process at least looks itself.
      log.debug({ topic, err }, 'looking without the queue');
      handle?.(topic);
    });
  }

  function look(topic: string): void {
    const gathered = gathering.get(topic);
    if (gathered) {
      gathered.again = true;
      return;
    }
    const mark = { again: false };
    gathering.set(topic, mark);
    send(topic);
    setTimeout(() => {
      gathering.delete(topic);
      if (mark.again) look(topic);
    }, gatherFor).unref();
  }

  return {
    look,
    async close() {
      await worker?.close();
      await queue.close();
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
  return { queue, worker, disconnect: () => undefined };
}

function onRedis({ handle }: LookQueueOptions, url: string) {
  // The adding side fails at once while Redis is away; the working side waits for it to come back.
  const adding = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1 });
  const working = new Redis(url, { maxRetriesPerRequest: null });
  const queue = new Queue(queueName, { connection: adding, skipWaitingForReady: true });
  const worker = handle
    ? new Worker(queueName, processor(handle), { connection: working, concurrency: 4 })
    : undefined;
  return {
    queue,
    worker,
    disconnect: () => {
      adding.disconnect();
      working.disconnect();
    },
  };
}
