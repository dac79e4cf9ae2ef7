import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import type { AgentSettings } from '../../../adapters/agent/settings.ts';
import { ownNames } from '../../../adapters/kinds.ts';
import { spawnTied } from './tied-process.ts';

const main = fileURLToPath(new URL('../../../adapters/agent/main.ts', import.meta.url));

/** An agent in its own process. It can be killed at any time and started again on the same folder. */
export interface AgentProcess {
  /** The folder of this agent alone, with agent.yaml and data/. */
  folder: string;
  start(): void;
  /** Sends SIGKILL. */
  kill(): Promise<void>;
  /** Sends SIGTERM and returns the exit code. */
  stop(): Promise<number | null>;
  /** Runs one of its commands to the end. */
  command(...args: string[]): Promise<{ code: number | null; output: string }>;
  /** The log of all agents of this folder so far. */
  log(): string;
  pid(): number | undefined;
  remove(): Promise<void>;
}

export interface AgentOptions {
  hub: string;
  token?: string;
  environment?: Record<string, string>;
  /**
   * Further settings in agent.yaml besides hub, data and token. `allow` absent: everything that a test runs on
   * loopback.
   */
  settings?: Partial<AgentSettings>;
  /** The parent of its folder. Absent: the system's temporary folder. */
  under?: string;
  /** The program to run. Absent: that of this repository. */
  program?: string[];
}

export async function createAgentProcess(options: AgentOptions): Promise<AgentProcess> {
  const folder = await mkdtemp(join(options.under ?? tmpdir(), 'minwon-agent-'));
  const { hub, token, environment = {}, program = [process.execPath, main] } = options;
  if (token) writeFileSync(join(folder, 'token'), token);
  const reference = token === undefined ? {} : { token: `file:${join(folder, 'token')}` };
  const allow = {
    adapters: [...ownNames, 'jsonl'],
    hosts: ['127.0.0.1', 'localhost'],
    paths: ['/'],
    secrets: Object.keys(environment).flatMap((name) =>
      /^[A-Z][A-Z0-9_]*$/.test(name) ? `env:${name}` : [],
    ),
  };
  const settings = { hub, data: 'data', allow, ...reference, ...options.settings };
  writeFileSync(join(folder, 'agent.yaml'), stringify(settings));
  const [node = '', ...before] = program;
  const run = (args: string[]) => {
    const child = spawnTied(node, [...before, '--config', join(folder, 'agent.yaml'), ...args], {
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return child;
  };
  let child: ChildProcess | undefined;
  let text = '';
  async function end(signal: NodeJS.Signals): Promise<number | null> {
    const ending = child;
    child = undefined;
    if (!ending) return null;
    if (ending.exitCode === null && ending.signalCode === null) {
      ending.kill(signal);
      await once(ending, 'exit');
    }
    return ending.exitCode;
  }

  return {
    folder,
    start() {
      child = run([]);
      for (const stream of [child.stdout, child.stderr])
        stream?.on('data', (chunk: Buffer) => {
          text += chunk;
        });
    },
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    async command(...args) {
      const ran = run(args);
      let output = '';
      for (const stream of [ran.stdout, ran.stderr])
        stream?.on('data', (chunk: Buffer) => {
          output += chunk;
        });
      const [code] = (await once(ran, 'close')) as [number | null];
      return { code, output };
    },
    log: () => text,
    pid: () => child?.pid,
    async remove() {
      await end('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
