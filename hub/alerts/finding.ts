import type { Reason } from '../../schemas/reason.ts';
import type { Store } from '../store/database.ts';

/** A condition found on something. */
export interface Finding {
  /** Code of the agency, a channel of notices, or signing in. */
  subject: string;
  /** How many things it concerns; where looking is limited, at least so many. */
  count: number;
  /** The first of them by name: ids, logins, receipt numbers, kinds of error; never a text, a name or an address. */
  items: Reason[];
}

export interface FindDependencies {
  store: Store;
  /** Agencies whose board is reached by an agent. */
  listAgents(): string[];
  /** Agencies that have a board. */
  listBoards(): string[];
  /** Agencies whose board can be read, or whose configuration cannot be used. */
  listPolled(): string[];
}
