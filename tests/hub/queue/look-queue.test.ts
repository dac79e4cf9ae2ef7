import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import pino from 'pino';
import { describe, expect, it } from 'vitest';
import { openLookQueue } from '../../../hub/queue/look-queue.ts';
import { openStore } from '../../../hub/store/database.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';
import { waitFor } from '../../support/wait-for.ts';

const log = pino({ level: 'silent' });

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** A real redis-server; undefined, and said loudly, where there is none. */
async function startRedis(): Promise<{ url: string; stop(): void } | undefined> {
  const port = await freePort();
  const child = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '']);
  const started = await new Promise<boolean>((resolve) => {
    child.once('error', () => resolve(false));
    child.stdout.on('data', (text) => String(text).includes('Ready to accept connections') && resolve(true));
  });
  if (started) return { url: `redis://127.0.0.1:${port}`, stop: () => void child.kill() };
  if (process.env.REQUIRE_SERVICES === '1') throw new Error('redis-server is required and not installed');
  console.warn('redis-server is not installed: the queue on Redis is NOT tested here');
  return undefined;
}

async function looksArrive(redisUrl: string | undefined): Promise<void> {
  const databaseUrl = await createFreshDatabase();
  const seen: string[] = [];
  const worker = await openLookQueue({ redisUrl, databaseUrl, log, handle: (topic) => seen.push(topic) });
  const adder = await openLookQueue({ redisUrl, databaseUrl, log });
  for (let n = 0; n < 50; n++) adder.look('deliver:a');
  adder.look('notify:email');
  await waitFor('both topics', () => new Set(seen).size === 2);
  // Fifty looks of one moment are one job and the one that says "again".
  expect(seen.filter((topic) => topic === 'deliver:a').length).toBeLessThanOrEqual(2);
  await Promise.all([adder.close(), worker.close()]);
}

it('a topic waits once while no worker runs', async () => {
  const databaseUrl = await createFreshDatabase();
  const adder = await openLookQueue({ redisUrl: undefined, databaseUrl, log });
  const store = openStore(databaseUrl, 1);
  const countJobs = async () => {
    const { rows } = await store.pool.query(
      "select count(*)::int as n from queue.job where state = 'waiting'",
    );
    return Number(rows[0].n);
  };
  adder.look('deliver:a');
  await waitFor('the job', async () => (await countJobs()) === 1);
  for (let n = 0; n < 5; n++) {
    adder.look('deliver:a');
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  adder.look('deliver:b');
  await waitFor('the other topic', async () => (await countJobs()) === 2);
  await adder.close();
  await store.close();
});

describe('looks reach the worker of another process', () => {
  it('on PostgreSQL', () => looksArrive(undefined));

  it('on Redis', async () => {
    const redis = await startRedis();
    if (!redis) return;
    await looksArrive(redis.url).finally(redis.stop);
  });

  it('and without a queue this process looks itself', async () => {
    const databaseUrl = await createFreshDatabase();
    const seen: string[] = [];
    const redisUrl = `redis://127.0.0.1:${await freePort()}`;
    const queue = await openLookQueue({ redisUrl, databaseUrl, log, handle: (topic) => seen.push(topic) });
    queue.look('deliver:a');
    await waitFor('the look', () => seen.includes('deliver:a'));
    await queue.close();
  });
});
