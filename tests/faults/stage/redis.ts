import { type ChildProcess, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { findFreePort } from '../../bench/free-port.ts';
import { spawnTied } from '../../support/processes/tied-process.ts';
import { type Stretch, TimeOver } from '../machine.ts';

/** A Redis that stores nothing on disk. */
export interface RedisProcess {
  url: string;
  flush(): Promise<void>;
  kill(): Promise<void>;
  /** Starts it again at the same port, empty. */
  start(): Promise<void>;
}

const readyWithin = 10_000;

/** The program's path. Undefined: no Redis is installed. */
export function findRedis(): string | undefined {
  try {
    return execFileSync('redis-server', ['--version'], { encoding: 'utf8' });
  } catch {
    return undefined;
  }
}

export async function startRedisProcess(folder: string, stretch: Stretch): Promise<RedisProcess> {
  const port = await findFreePort();
  const url = `redis://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;

  async function send(command: 'ping' | 'flushall'): Promise<void> {
    const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await (command === 'ping' ? client.ping() : client.flushall());
    } finally {
      client.disconnect();
    }
  }

  async function start(): Promise<void> {
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
    child = spawnTied('redis-server', args, { stdio: 'ignore' });
    for (const until = Date.now() + stretch(readyWithin); ; await pause(30)) {
      const error = await send('ping').catch((failure: unknown) => failure);
      if (!error) return;
      if (Date.now() > until) throw new TimeOver('Redis to start', { cause: error });
    }
  }

  await start();
  return {
    url,
    flush: () => send('flushall'),
    async kill() {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
    start,
  };
}
