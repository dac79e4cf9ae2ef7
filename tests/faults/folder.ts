import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { mkdtemp, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const name = /^minwon-hub-faults-(\d+)-/;

/**
 * Creates a folder for this process. It removes the folders of earlier runs that were killed before they could clean
 * up.
 */
export async function makeFolder(): Promise<string> {
  for (const folder of readdirSync(tmpdir())) {
    const [, pid] = name.exec(folder) ?? [];
    if (pid !== undefined && !isAlive(Number(pid))) clear(join(tmpdir(), folder));
  }
  return mkdtemp(join(tmpdir(), `minwon-hub-faults-${process.pid}-`));
}

/** Moves a folder to where {@link makeFolder} does not remove it. Returns its new path. */
export async function keep(folder: string): Promise<string> {
  const kept = folder.replace('minwon-hub-faults-', 'minwon-hub-faults-kept-');
  await rename(folder, kept);
  return kept;
}

function clear(folder: string): void {
  for (const stage of readdirSync(folder)) {
    // The mount point of a scenario's small disk.
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
