import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { mkdtemp, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const name = /^minwon-hub-faults-(\d+)-/;

/** A new folder of this process; those of runs that were killed before they could clear up are removed. */
export async function makeFolder(): Promise<string> {
  for (const folder of readdirSync(tmpdir())) {
    const [, pid] = name.exec(folder) ?? [];
    if (pid !== undefined && !isAlive(Number(pid))) clear(join(tmpdir(), folder));
  }
  return mkdtemp(join(tmpdir(), `minwon-hub-faults-${process.pid}-`));
}

/** Where it lies from now on: out of the way of {@link makeFolder}. */
export async function keep(folder: string): Promise<string> {
  const kept = folder.replace('minwon-hub-faults-', 'minwon-hub-faults-kept-');
  await rename(folder, kept);
  return kept;
}

function clear(folder: string): void {
  for (const stage of readdirSync(folder)) {
    // Where the small disk of a scenario is mounted.
    const disk = join(folder, stage, 'disk');
    if (existsSync(disk)) spawnSync('umount', ['--lazy', disk]);
  }
  rmSync(folder, { recursive: true, force: true });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
