import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

const setpriv = '/usr/bin/setpriv';
const canTie = process.platform === 'linux' && existsSync(setpriv);
const running = new Set<ChildProcess>();

/**
 * Changes a command so that the system kills it when this process ends in any way (PR_SET_PDEATHSIG, prctl(2)). The
 * process id stays that of the command. This works only on Linux.
 */
export const tie = (command: string, args: string[]): [string, string[]] =>
  canTie ? [setpriv, ['--pdeathsig', 'KILL', command, ...args]] : [command, args];

/** Starts a child that does not outlive this process. */
export function spawnTied(command: string, args: string[], options: SpawnOptions): ChildProcess {
  const child = spawn(...tie(command, args), options);
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** Kills all children that still run (kill -9). Whoever waits for them learns at once that they have ended. */
export function killTied(): void {
  for (const child of running) child.kill('SIGKILL');
}
