import { EventEmitter, once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { createPostgresBackend, type PostgresConnection, Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { queueConnections } from '../store/connections.ts';
import { parseTopic, type Topic } from './topics.ts';

/** The two ends of the queue in this process, on their own connections. Neither repairs itself. */
export interface QueueEnds {
  add(topic: Topic): Promise<unknown>;
  /** Resolves when looks can be added and taken. Rejects if that is impossible. */
  ready: Promise<unknown>;
  /**
   * Closes within some seconds and never rejects; a failed close loses nothing. `byForce`: without a word to the
   * server.
   */
  close(byForce: boolean): Promise<void>;
}

/** The options of an end. `failed` may be called several times, also while the end closes. */
export interface EndsOptions {
  /** BullMQ on Redis. Unset: on PostgreSQL, in its own schema. */
  redisUrl?: string | undefined;
  databaseUrl: string;
  /** Does the looks, and must return at once. Unset: this process has not the role `worker`. */
  handle?: ((topic: Topic) => void) | undefined;
}

const queueName = 'hub-looks';
const jobOptions = { removeOnComplete: true, removeOnFail: true, attempts: 1 };
/** The worker starts when both ends are connected: see `ready`. */
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
  // A caller that waits for `ready` gets the error.
  ready.catch(() => undefined);
  const end = async (byForce: boolean) => {
    // A worker that asks again and again is closed at once. One that is still connecting would not notice that it was
    // closed.
    if (worker?.isRunning()) await worker.close(byForce);
    await ready.catch(() => undefined);
    await Promise.all([worker?.close(byForce), queue.close()]);
  };
  return {
    ready,
    // While no worker runs, one waiting job of a topic says as much as a thousand.
    add: (topic) => queue.add('look', { topic }, { ...jobOptions, deduplication: { id: topic } }),
    async close(byForce) {
      // A server out of reach never confirms the close.
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

/**
 * If a connection breaks while BullMQ has it lent, as in its migrations, the error would end the process without a
 * listener.
 */
class ListeningClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}

/**
 * Before BullMQ ends the connection that waits for jobs, it removes all its listeners. If the server ends it at that
 * moment, the process would end.
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
  // Both are awaited, even if one has failed.
  const connected = async () => {
    const ends = await Promise.allSettled([queue.waitUntilReady(), worker?.waitUntilReady()]);
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  };
  return { queue, worker, connected, disconnect: () => undefined };
}

function onRedis({ handle }: EndsOptions, url: string, failed: (error: Error) => void) {
  // The client never reconnects by itself: one place opens the ends anew, whatever failed.
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
