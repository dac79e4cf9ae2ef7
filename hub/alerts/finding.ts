import type { Reason } from '../../schemas/reason.ts';
import type { Certificate } from '../access/sign-on/provider.ts';
import { parseReceiptNumber } from '../complaints/receipt-number.ts';
import type { Unregistered } from '../insight/limits/read-limits.ts';
import type { Store } from '../store/database.ts';
import { type ConditionName, getCondition } from './conditions.ts';

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

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What an item of a finding names: a complaint by its receipt number, a parked item by its id. Undefined: neither. */
export function toNamed(
  condition: ConditionName,
  { said = '' }: Reason,
): { receiptNumber: string } | { rawItem: string } | undefined {
  const receiptNumber = parseReceiptNumber(said);
  if (receiptNumber) return { receiptNumber };
  return getCondition(condition).namesItems && uuid.test(said) ? { rawItem: said } : undefined;
}

/** The page of what an item of a finding names. */
export function toItemPlace(condition: ConditionName, item: Reason): string | undefined {
  const named = toNamed(condition, item);
  if (!named) return undefined;
  return 'rawItem' in named ? `/parked/items/${named.rawItem}` : `/complaints/${named.receiptNumber}`;
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
