import type { Machine } from './machine.ts';
import type { DatabaseServer } from './stage/database.ts';

/** Options that all scenarios of a run share. */
export interface RunOptions {
  seed: number;
  full: boolean;
  machine: Machine;
  folder: string;
  shared: DatabaseServer;
  /** The deadline of the whole suite. */
  deadline: AbortSignal;
}
