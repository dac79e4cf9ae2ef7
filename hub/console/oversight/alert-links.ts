import type { Reason } from '../../../schemas/index.ts';
import type { ConditionName } from '../../alerts/conditions.ts';
import { toUuid } from '../../complaints/reading/read-operations.ts';
import { parseReceiptNumber } from '../../complaints/receipt-number.ts';

/** Where a condition is repaired, for the contact centre. The others are repaired at the page of their agency. */
const places: Partial<Record<ConditionName, string>> = {
  'items-parked': '/parked',
  'mails-parked': '/parked',
  'links-parked': '/parked',
  'webhooks-parked': '/repairs/webhooks',
  'notices-failed': '/outbox?state=failed',
  'provider-failing': '/outbox?state=due',
  'texts-undelivered': '/outbox?state=undelivered',
  'deadline-passed': '/?deadline=overdue',
  'registration-late': '/parked',
  'handing-late': '/?deadline=fresh',
  'ledger-difference': '/ledger',
};
const ofItems: ReadonlySet<ConditionName> = new Set(['items-parked', 'mails-parked', 'registration-late']);

/** The page on which an alert is dealt with. Null: the reader may see none. */
export function toAlertPlace(condition: ConditionName, seesOperations: boolean): string | null {
  const place = places[condition];
  if (place === undefined) return null;
  return seesOperations || place.startsWith('/?') || place === '/ledger' ? place : null;
}

/** The page of what an item of an alert names: a complaint, or a parked item. Null: it names neither. */
export function toItemPlace(condition: ConditionName, { said = '' }: Reason, seesOperations: boolean) {
  const receiptNumber = parseReceiptNumber(said);
  if (receiptNumber) return `/complaints/${receiptNumber}`;
  return seesOperations && ofItems.has(condition) && toUuid(said) ? `/parked/items/${said}` : null;
}
