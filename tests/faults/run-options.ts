import type { Machine } from './machine.ts';
import type { DatabaseServer } from './stage/database.ts';

/** What all scenarios of one run share. */
export interface RunOptions {
  seed: number;
  full: boolean;
  machine: Machine;
  folder: string;
  shared: DatabaseServer;
  /** The time of the whole suite. */
  deadline: AbortSignal;
}
