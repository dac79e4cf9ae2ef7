import { EventEmitter, once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { createPostgresBackend, type PostgresConnection, Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { queueConnections } from '../store/connections.ts';
import { parseTopic, type Topic } from './topics.ts';

/** The two ends of the queue in this process, on connections of their own; none of it mends itself. */
export interface QueueEnds {
  add(topic: Topic): Promise<unknown>;
  /** Resolves when looks can be added and taken; rejects when that cannot be. */
  ready: Promise<unknown>;
  /** Within some seconds; never rejects, and nothing in it is needed. By force: without a word to the other side. */
  close(byForce: boolean): Promise<void>;
}

/** What an end needs. `failed` may be told several times, also while it closes. */
export interface EndsOptions {
  /** BullMQ on Redis; unset: on PostgreSQL, in a schema of its own. */
  redisUrl?: string | undefined;
  databaseUrl: string;
  /** Does the looking; unset in a process without the role worker. Must return at once. */
  handle?: ((topic: Topic) => void) | undefined;
}

const queueName = 'hub-looks';
const jobOptions = { removeOnComplete: true, removeOnFail: true, attempts: 1 };
/** It runs when both ends are connected: see `ready`. */
const settings = { concurrency: 4, autorun: false };
/** Milliseconds. */
const connectWithin = 10_000;
const answerWithin = 10_000;
const closeWithin = 3_000;

export function openQueueEnds(options: EndsOptions, failed: (error: Error) => void): QueueEnds {
  const { queue, worker, connected, disconnect } = options.redisUrl
    ? onRedis(options, options.redisUrl, failed)
    : onPostgres(options);
  queue.on('error', failed);
  worker?.on('error', failed);
  const ready = connected().then(() => void worker?.run().catch(failed));
  // Told to whoever waits for it.
  ready.catch(() => undefined);
  const end = async (byForce: boolean) => {
    // At once, for a worker that asks again and again. One that is still connecting would not know that it was closed.
    if (worker?.isRunning()) await worker.close(byForce);
    await ready.catch(() => undefined);
    await Promise.all([worker?.close(byForce), queue.close()]);
  };
  return {
    ready,
    // While no worker runs, one waiting look at a topic says as much as a thousand.
    add: (topic) => queue.add('look', { topic }, { ...jobOptions, deduplication: { id: topic } }),
    async close(byForce) {
      // What is out of reach never closes politely.
      await Promise.race([
        end(byForce).catch(() => undefined),
        pause(closeWithin, undefined, { ref: false }),
      ]);
      disconnect();
    },
  };
}

const processor = (handle: (topic: Topic) => void) => async (job: { data: { topic: string } }) => {
  const known = parseTopic(job.data.topic);
  if (known) handle(known.topic);
};

/** A connection that breaks while BullMQ has it lent, as in its migrations, would end the process without a listener. */
class ListeningClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}

/**
 * BullMQ takes all listeners from the connection that waits for jobs before it ends it: a server that ends it in that
 * moment would end the process.
 */
function keepListening(worker: { getBackend(): unknown }): void {
  const { connection } = worker.getBackend() as { connection: PostgresConnection };
  const open = connection.getListenClient.bind(connection);
  connection.getListenClient = async () => {
    const client = await open();
    const emitter = client as unknown as EventEmitter;
    emitter.removeAllListeners = (...names) =>
      EventEmitter.prototype.removeAllListeners.call(emitter, ...names).on('error', () => undefined);
    return client;
  };
}

function onPostgres({ databaseUrl, handle }: EndsOptions) {
  const connection = {
    connectionString: databaseUrl,
    schema: 'queue',
    migrate: true,
    application_name: 'minwon-hub queue',
    connectionTimeoutMillis: connectWithin,
    Client: ListeningClient,
  };
  const adding = { connection: { ...connection, max: queueConnections.adding } };
  const working = { connection: { ...connection, max: queueConnections.working } };
  const queue = new Queue(queueName, adding, createPostgresBackend);
  const worker =
    handle && new Worker(queueName, processor(handle), { ...working, ...settings }, createPostgresBackend);
  if (worker) keepListening(worker);
  // Both are waited for, also where one has failed.
  const connected = async () => {
    const ends = await Promise.allSettled([queue.waitUntilReady(), worker?.waitUntilReady()]);
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  };
  return { queue, worker, connected, disconnect: () => undefined };
}

function onRedis({ handle }: EndsOptions, url: string, failed: (error: Error) => void) {
  // Never again by itself: there is one who opens anew, whatever failed.
  const alone = { retryStrategy: () => null };
  const adding = new Redis(url, { ...alone, maxRetriesPerRequest: 1, commandTimeout: answerWithin });
  const working = handle && new Redis(url, { ...alone, maxRetriesPerRequest: null });
  for (const client of [adding, working])
    client?.on('error', failed).on('end', () => failed(new Error('Redis ended the connection')));
  const queue = new Queue(queueName, { connection: adding, skipWaitingForReady: true });
  const worker =
    handle && working && new Worker(queueName, processor(handle), { connection: working, ...settings });
  return {
    queue,
    worker,
    connected: async () => {
      if (adding.status !== 'ready') await once(adding, 'ready');
    },
    disconnect: () => {
      void worker?.disconnect().catch(() => undefined);
      adding.disconnect();
      working?.disconnect();
    },
  };
}
