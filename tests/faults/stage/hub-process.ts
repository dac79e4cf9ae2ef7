import { type ChildProcess, execFile } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { spawnTied, tie } from '../../support/processes/tied-process.ts';
import { type Stretch, TimeOver } from '../machine.ts';

/** One hub, started as an operator starts it. */
export interface HubProcess {
  url: string;
  /** True if it has ended by itself. */
  readonly hasFallen: boolean;
  /** Stops the process: it does nothing more until it is killed. */
  freeze(): void;
  /** Kills it (kill -9). */
  kill(): Promise<void>;
  /** Sends SIGTERM, as at a rolling restart. If the hub does not end, it is killed. */
  stop(): Promise<void>;
  /** Starts it again at the same address. Resolves when it is ready. */
  start(): Promise<void>;
}

const readyWithin = 60_000;
const stopWithin = 20_000;
const answerWithin = 5_000;
const lookEvery = 50;
const main = fileURLToPath(new URL('../../../hub/main.ts', import.meta.url));

const commandWithin = 60_000;
const toHub = (environment: Record<string, string>) => ({
  NODE_ENV: 'production',
  PATH: process.env.PATH,
  ...environment,
});

/** Runs one command of the hub, as an operator does. If it fails, rejects with its output. */
export async function runHubCommand(
  args: string[],
  environment: Record<string, string>,
  stretch: Stretch,
): Promise<void> {
  await promisify(execFile)(...tie(process.execPath, [main, ...args]), {
    env: toHub(environment),
    timeout: stretch(commandWithin),
  });
}

export async function startHubProcess(
  port: number,
  environment: Record<string, string>,
  log: string,
  stretch: Stretch,
): Promise<HubProcess> {
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  let ending = false;

  async function start(): Promise<void> {
    ending = false;
    const output = openSync(log, 'a');
    child = spawnTied(process.execPath, ['--max-semi-space-size=4', main, 'serve'], {
      env: { ...toHub(environment), PORT: String(port) },
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    const until = Date.now() + stretch(readyWithin);
    while (!(await isReady(url, stretch(answerWithin)))) {
      const said = () => `it said:\n${readFileSync(log, 'utf8').slice(-2000)}`;
      if (hasEnded(child)) throw new Error(`the hub did not start; ${said()}`);
      if (Date.now() > until) throw new TimeOver(`the hub to start; ${said()}`);
      await pause(lookEvery);
    }
  }

  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    ending = true;
    if (!child || hasEnded(child)) return;
    const exited = once(child, 'exit');
    const force = setTimeout(() => child?.kill('SIGKILL'), stretch(stopWithin));
    child.kill(signal);
    await exited;
    clearTimeout(force);
  }

  await start().catch(async (error: unknown) => {
    await end('SIGKILL');
    throw error;
  });
  return {
    url,
    get hasFallen() {
      return !ending && child !== undefined && hasEnded(child);
    },
    freeze: () => void child?.kill('SIGSTOP'),
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    start,
  };
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;

async function isReady(url: string, within: number): Promise<boolean> {
  try {
    return (await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(within) })).ok;
  } catch {
    return false;
  }
}
