import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import type { Question, Reply } from './child-protocol.ts';

export interface Child<Ready> {
  ready: Ready;
  ask<T>(question: string): Promise<T>;
  /** Ends the process in its own way, after a while by force. */
  stop(): Promise<void>;
}

const answerWithin = 60_000;
const stopWithin = 20_000;

/** Runs a module as a process of its own, with a clean environment; what it prints goes to `log`. */
export async function startChild<Ready>(
  module: URL,
  given: unknown,
  { log, nodeFlags = [] }: { log: string; nodeFlags?: string[] },
): Promise<Child<Ready>> {
  const output = openSync(log, 'w');
  const child = fork(module, [JSON.stringify(given)], {
    env: { NODE_ENV: 'production', PATH: process.env.PATH },
    execArgv: nodeFlags,
    stdio: ['ignore', output, output, 'ipc'],
  });
  closeSync(output);
  const hear = async () => (await nextReply(child, log)) as Record<string, unknown>;
  try {
    const { ready } = await hear();
    return {
      ready: ready as Ready,
      async ask<T>(question: string) {
        const heard = hear();
        child.send({ ask: question } satisfies Question);
        return (await heard).answer as T;
      },
      stop: () => stop(child),
    };
  } catch (error) {
    await stop(child);
    throw error;
  }
}

async function nextReply(child: ChildProcess, log: string): Promise<Reply> {
  const listening = new AbortController();
  const signal = AbortSignal.any([listening.signal, AbortSignal.timeout(answerWithin)]);
  const exited = once(child, 'exit', { signal }).then(() => {
    throw new Error(`a process of the bench ended; it said:\n${readFileSync(log, 'utf8').slice(-3000)}`);
  });
  try {
    const [reply] = await Promise.race([once(child, 'message', { signal }), exited]);
    return reply as Reply;
  } finally {
    listening.abort();
    exited.catch(() => undefined);
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopWithin);
  if (child.connected) child.send({ ask: 'stop' } satisfies Question, () => undefined);
  else child.kill();
  await exited;
  clearTimeout(timer);
}
