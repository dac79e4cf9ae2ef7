import type { Reason } from '../../schemas/reason.ts';
import type { Certificate } from '../access/sign-on/provider.ts';
import type { Unregistered } from '../insight/limits/read-limits.ts';
import type { Store } from '../store/database.ts';

/** A condition found on something. */
export interface Finding {
  /** Code of the agency, a channel of notices, or signing in. */
  subject: string;
  /** How many things it concerns. If the look is limited, there are at least so many. */
  count: number;
  /**
   * The first ones by name: ids, logins, receipt numbers, kinds of error. It never holds a text, a name or an address.
   */
  items: Reason[];
}

export interface FindDependencies {
  store: Store;
  /** Agencies with an agent beside their board. */
  listAgents(): string[];
  /** Agencies that have a board. */
  listBoards(): string[];
  /** Agencies whose board can be read, or whose configuration cannot be used. */
  listPolled(): string[];
  /** What came in and waits to be registered, by agency. */
  listUnregistered(store: Store): Promise<Unregistered[]>;
  /** Identity providers, each with what signing in there depends on. A provider that does not answer names nothing. */
  listSignOns(): { name: string; listCertificates(): Promise<Certificate[]> }[];
  /** Agencies whose kind of board this process has not, and why. */
  listUnserved(): { agency: string; reason: Reason }[];
}
