import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import { runCommandLine } from '../../../hub/command-line/run.ts';

const main = fileURLToPath(new URL('../../../hub/main.ts', import.meta.url));

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}
export interface Running {
  child: ChildProcess;
  /** What it has said so far. */
  said(): string;
  ended: Promise<Ended>;
}

/** Where Node keeps what it compiled (vitest.config.ts). It changes nothing but the time of the start. */
const { NODE_COMPILE_CACHE } = process.env;

/** The real command line, as a process of its own with nothing of this process's settings. */
export function startHubProcess(
  args: string[],
  { env = {}, input = '', cwd }: { env?: Record<string, string>; input?: string; cwd?: string } = {},
): Running {
  const child = spawn(process.execPath, [main, ...args], {
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE, ...env },
    ...(cwd !== undefined && { cwd }),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin.on('error', () => undefined).end(input);
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, said: () => stdout + stderr, ended };
}

export const runHub = (...args: Parameters<typeof startHubProcess>) => startHubProcess(...args).ended;

/** The command line inside this process: for what does not hang on the process itself, at a hundredth of the time. */
export async function callHub(args: string[], env: Record<string, string>): Promise<Ended> {
  const said = { stdout: '', stderr: '' };
  const keep = (stream: keyof typeof said) => (text: unknown) => {
    said[stream] += String(text);
    return true;
  };
  const spies = [
    vi.spyOn(console, 'log').mockImplementation((text) => void keep('stdout')(`${text}\n`)),
    vi.spyOn(console, 'error').mockImplementation((text) => void keep('stderr')(`${text}\n`)),
    vi.spyOn(process.stdout, 'write').mockImplementation(keep('stdout')),
    vi.spyOn(process.stderr, 'write').mockImplementation(keep('stderr')),
  ];
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  try {
    return { code: await runCommandLine(args), ...said };
  } finally {
    vi.unstubAllEnvs();
    for (const spy of spies) spy.mockRestore();
  }
}
