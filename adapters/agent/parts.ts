import type { Logger } from 'pino';
import type { InstalledBoard } from './board/board.ts';
import type { Bell } from './hub/bell.ts';
import type { HubCalls } from './hub/hub-calls.ts';
import type { Allowed } from './settings.ts';
import type { Situation } from './situation.ts';
import type { SpoolDatabase } from './spool/database.ts';

/** What the agent's loops share. Each loop goes on until `stop`; bells tell one loop what another one did. */
export interface AgentParts {
  spool: SpoolDatabase;
  hub: HubCalls;
  board: InstalledBoard;
  /** What a configuration may use of this machine. */
  allowed: Allowed;
  situation: Situation;
  log: Logger;
  stop: AbortSignal;
  bells: {
    /** Posts were read. */
    posts: Bell;
    /** Changes were taken from the hub, or are due again. */
    changes: Bell;
    files: Bell;
    /** Something ended, and the hub is to be told. */
    outcomes: Bell;
    /** Another board is at work, or it is to be read now. */
    board: Bell;
    /** There may be another configuration than the one at work. */
    configuration: Bell;
    /** The hub answered again after it was away. */
    hub: Bell[];
  };
}
