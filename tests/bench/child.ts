import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import type { Question, Reply } from './child-protocol.ts';

export interface Child<Ready> {
  ready: Ready;
  /** `given`: the parameters of the question, as JSON. */
  ask<T>(question: string, given?: unknown): Promise<T>;
  /** Asks the process to end. After a while it is killed. */
  stop(): Promise<void>;
}

const answerWithin = 60_000;
const stopWithin = 20_000;

interface ChildOptions {
  log: string;
  nodeFlags?: string[];
  environment?: Record<string, string>;
}

/** Runs a module in its own process with a clean environment. Its output goes to `log`. */
export async function startChild<Ready>(
  module: URL,
  given: unknown,
  { log, nodeFlags = [], environment = {} }: ChildOptions,
): Promise<Child<Ready>> {
  const output = openSync(log, 'w');
  const child = fork(module, [JSON.stringify(given)], {
    env: { NODE_ENV: 'production', PATH: process.env.PATH, ...environment },
    execArgv: nodeFlags,
    stdio: ['ignore', output, output, 'ipc'],
  });
  closeSync(output);
  // Every open question has a listener for its answer.
  child.setMaxListeners(0);
  let asked = 0;
  try {
    const { ready } = (await hear(child, log, (reply) => 'ready' in reply)) as { ready: unknown };
    return {
      ready: ready as Ready,
      async ask<T>(question: string, given?: unknown) {
        const id = ++asked;
        const heard = hear(child, log, (reply) => 'id' in reply && reply.id === id);
        child.send({ ask: question, id, given } satisfies Question, () => undefined);
        return ((await heard) as { answer: unknown }).answer as T;
      },
      stop: () => stop(child),
    };
  } catch (error) {
    await stop(child);
    throw error;
  }
}

function hear(child: ChildProcess, log: string, isWanted: (reply: Reply) => boolean): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      child.off('message', listen).off('exit', fail);
    };
    const fail = () => {
      end();
      reject(
        new Error(`a process ended or fell silent; it said:\n${readFileSync(log, 'utf8').slice(-3000)}`),
      );
    };
    const listen = (reply: Reply) => {
      if (!isWanted(reply)) return;
      end();
      resolve(reply);
    };
    const timer = setTimeout(fail, answerWithin);
    child.on('message', listen).once('exit', fail);
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopWithin);
  if (child.connected) child.send({ ask: 'stop', id: 0 } satisfies Question, () => undefined);
  else child.kill();
  await exited;
  clearTimeout(timer);
}
