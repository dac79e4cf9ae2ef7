import type { Logger } from 'pino';
import type { InstalledBoard } from './board/board.ts';
import type { Bell } from './hub/bell.ts';
import type { HubCalls } from './hub/hub-calls.ts';
import type { RecentLog } from './recent-log.ts';
import type { Allowed } from './settings.ts';
import type { Situation } from './situation.ts';
import type { SpoolDatabase } from './spool/database.ts';

/** What the agent's loops share. Each loop runs until `stop`. Bells tell one loop what another has done. */
export interface AgentParts {
  spool: SpoolDatabase;
  hub: HubCalls;
  board: InstalledBoard;
  /** What a configuration may use of this machine. */
  allowed: Allowed;
  situation: Situation;
  log: Logger;
  /** The newest lines of that log, for the hub when it asks. */
  recentLog: RecentLog;
  stop: AbortSignal;
  bells: {
    /** Rings when posts were read. */
    posts: Bell;
    /** Rings when changes were taken from the hub, or are due again. */
    changes: Bell;
    files: Bell;
    /** Rings when there is an outcome to report to the hub. */
    outcomes: Bell;
    /** Rings when another board is in use, or the board must be read now. */
    board: Bell;
    /** Rings when there may be a newer configuration. */
    configuration: Bell;
    /** Ring when the hub answers again after it was away. */
    hub: Bell[];
  };
}
