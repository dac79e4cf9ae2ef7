import limitCalls from 'p-limit';
import type { Receipt, Registration } from '../../../schemas/index.ts';
import { toReason } from '../../../schemas/reason.ts';
import { parseReceiptNumber } from '../../complaints/receipt-number.ts';
import { Refusal, toRefusal } from '../../http/problem.ts';
import type { AgencyCalls, Caller } from './agency-calls.ts';

const atOnce = 64;

/** The writes that a batch may hold. */
export type BatchOperation =
  | 'registerComplaint'
  | 'updateComplaint'
  | 'addAnswer'
  | 'addInterimAnswer'
  | 'addFollowUp'
  | 'changeStatus'
  | 'transferComplaint'
  | 'withdrawComplaint'
  | 'takeStep';

export interface BatchItem {
  operation: BatchOperation;
  receiptNumber?: string | undefined;
  /** As the caller wrote it. */
  value: unknown;
  idempotencyKey?: string | undefined;
  expectedSeq?: number | undefined;
}

/** How one item ended. */
export type BatchResult = { receipt: Receipt } | { refusal: Refusal };

/** Returns a value that the operation can take. Errors: Refusal. */
type MustPass = (item: BatchItem) => unknown;

/**
 * Does many writes, each with its own result. A failed one does not affect the others. Items of one complaint keep their
 * order. An item that the door could not read is given as its refusal. Errors: those of the hub, which concern all items.
 */
export async function runBatch(
  calls: AgencyCalls,
  caller: Caller,
  items: readonly (BatchItem | Refusal)[],
  mustPass: MustPass,
): Promise<BatchResult[]> {
  const results: BatchResult[] = [];
  const chains = new Map<string, number[]>();
  items.forEach((item, index) => {
    const subject = subjectOf(item, index);
    chains.set(subject, [...(chains.get(subject) ?? []), index]);
  });
  const limit = limitCalls(atOnce);
  const runChain = async (indexes: number[]) => {
    for (const index of indexes)
      results[index] = await runItem(calls, caller, items[index] as BatchItem | Refusal, mustPass);
  };
  await Promise.all([...chains.values()].map((indexes) => limit(runChain, indexes)));
  return results;
}

/**
 * Items about the same complaint keep their order, however its number is written. An item without one is refused by
 * itself.
 */
function subjectOf(item: BatchItem | Refusal, index: number): string {
  if (item instanceof Refusal) return `item ${index}`;
  const { receiptNumber, value } = item;
  const { externalId } = (value ?? {}) as { externalId?: unknown };
  if (receiptNumber) return `number ${parseReceiptNumber(receiptNumber) ?? receiptNumber}`;
  return typeof externalId === 'string' ? `id ${externalId}` : `item ${index}`;
}

async function runItem(
  calls: AgencyCalls,
  caller: Caller,
  item: BatchItem | Refusal,
  mustPass: MustPass,
): Promise<BatchResult> {
  if (item instanceof Refusal) return { refusal: item };
  try {
    return { receipt: await perform(calls, caller, item, mustPass(item)) };
  } catch (error) {
    const refusal = toRefusal(error);
    // An error of the hub concerns all items: the whole batch is refused, and may be sent again.
    if (!refusal) throw error;
    return { refusal };
  }
}

function perform(calls: AgencyCalls, caller: Caller, item: BatchItem, value: unknown): Promise<Receipt> {
  const { operation, receiptNumber, idempotencyKey: key, expectedSeq } = item;
  if (operation === 'registerComplaint')
    return calls.registerComplaint(caller, value as Registration, { key });
  if (receiptNumber === undefined)
    throw new Refusal('invalid', undefined, [{ pointer: '/receiptNumber', reason: toReason('required') }]);
  return calls[operation](caller, receiptNumber, value as never, { key, expectedSeq });
}
