import { existsSync, readFileSync } from 'node:fs';

export interface Usage {
  /** Milliseconds of user and system time of the process so far. */
  cpu: number;
  /** The most resident memory so far, in MB. */
  peakMemory: number;
}

const status = '/proc/self/status';

export function readUsage(): Usage {
  const { user, system } = process.cpuUsage();
  const [, highWater] = existsSync(status)
    ? (/VmHWM:\s+(\d+) kB/.exec(readFileSync(status, 'utf8')) ?? [])
    : [];
  return {
    cpu: (user + system) / 1000,
    peakMemory: Number(highWater ?? process.resourceUsage().maxRSS) / 1024,
  };
}
