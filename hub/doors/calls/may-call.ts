import { type Caller, type Scope, type ScopedOperation, scopeOf } from '../../access/keys/scopes.ts';
import { parsePartNumber } from '../../complaints/contributions/part-number.ts';
import { type Disclosure, disclosureOf } from '../../complaints/disclosure/disclosure.ts';
import { findComplaintFor, findPartFor } from '../../complaints/reading/find-complaint-for.ts';
import { parseReceiptNumber } from '../../complaints/receipt-number.ts';
import type { Directory } from '../../configuration/directory.ts';
import { Refusal } from '../../http/problem.ts';
import type { Store } from '../../store/database.ts';

/** Errors: Refusal `forbidden` with the scope that the key lacks. */
export function mustBeOpen(
  caller: Caller,
  operation: ScopedOperation,
  needed: Scope = scopeOf[operation],
): void {
  if (!caller.scopes.includes(needed))
    throw new Refusal(
      'forbidden',
      `${operation} needs a key with the scope ${needed}; this one has ${caller.scopes.join(', ')}`,
    );
}

/** Which complaint of the caller's it is, without what it says. Errors: Refusal `not-found`. */
export async function mustFind(store: Store, caller: Caller, text: string) {
  const found = await findPartFor(store, caller.agency, mustBeNumber(text));
  if (!found) throw new Refusal('not-found');
  return found;
}

/** An agency that asks, with what its copies hold of complainants. */
interface Asking {
  agency: string;
  disclosure: Disclosure;
}

export const toAsking = (directory: Pick<Directory, 'findAgency'>, { agency }: Caller): Asking => ({
  agency,
  disclosure: disclosureOf(directory.findAgency(agency)),
});

/** The caller's complaint, and its part in it: for what hub/personal opens. Errors: Refusal `not-found`. */
export async function mustFindPart(opened: Store, asking: Asking, text: string) {
  const found = await findComplaintFor(opened, asking, mustBeNumber(text));
  if (!found) throw new Refusal('not-found');
  return found;
}

function mustBeNumber(text: string): string {
  const receiptNumber = parseReceiptNumber(text);
  if (receiptNumber) return receiptNumber;
  if (parsePartNumber(text))
    throw new Refusal(
      'not-found',
      `${text.slice(0, 40)} is the number of a part: it can be answered; everything else is said about its complaint`,
    );
  throw new Refusal('not-found', `${text.slice(0, 40)} is not a receipt number: its check digit is wrong`);
}
