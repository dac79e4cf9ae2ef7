import { type Static, Type } from 'typebox';
import {
  Answer,
  ComplaintContent,
  compile,
  FollowUp,
  InterimAnswer,
  Receipt,
  Registration,
  Status,
  Step,
  Transfer,
  Withdrawal,
} from '../../../schemas/index.ts';
import { toReason } from '../../../schemas/reason.ts';
import { Refusal } from '../../http/problem.ts';
import { mustPass } from '../calls/agency-calls.ts';
import { type BatchItem, type BatchOperation, runBatch } from '../calls/batch.ts';
import {
  checkElement,
  closed,
  expectedSeq,
  idempotencyKey,
  type Operation,
  receiptNumber,
} from './define-operation.ts';
import { RefusalDetail, toRefusalDetail } from './fault.ts';
import type { XmlElement } from './read-xml.ts';
import { isOurs, toXmlChildren } from './values.ts';

/** Fewer than at the REST door: a whole envelope is read before anything is done. */
const mostItems = 200;
const bodyLimit = 8 * 1024 * 1024;

const Item = Type.Object(
  {
    registration: Type.Optional(Registration),
    receiptNumber: Type.Optional(receiptNumber),
    content: Type.Optional(ComplaintContent),
    answer: Type.Optional(Answer),
    interimAnswer: Type.Optional(InterimAnswer),
    followUp: Type.Optional(FollowUp),
    status: Type.Optional(Status),
    transfer: Type.Optional(Transfer),
    withdrawal: Type.Optional(Withdrawal),
    step: Type.Optional(Step),
    expectedSeq,
    idempotencyKey,
  },
  closed,
);
type Item = Static<typeof Item>;
const checkItem = compile(Item);

const request = Type.Object({ items: Type.Array(Item, { minItems: 1, maxItems: mostItems }) }, closed);
const Result = Type.Object(
  { receipt: Type.Optional(Receipt), refusal: Type.Optional(RefusalDetail) },
  closed,
);
const response = Type.Object({ results: Type.Array(Result) }, closed);

/** The operation that each element of an item means. */
const operationOf = {
  registration: 'registerComplaint',
  content: 'updateComplaint',
  answer: 'addAnswer',
  interimAnswer: 'addInterimAnswer',
  followUp: 'addFollowUp',
  status: 'changeStatus',
  transfer: 'transferComplaint',
  withdrawal: 'withdrawComplaint',
  step: 'takeStep',
} as const satisfies Partial<Record<keyof Item, BatchOperation>>;
const writes = Object.keys(operationOf) as (keyof typeof operationOf)[];

/** Many writes in one call. Each item is judged by itself, so a wrong one does not stop the others. */
export const runBatchOperation: Operation = {
  request,
  response,
  bodyLimit,
  async perform({ calls, caller, element, spend }) {
    const items = listItems(element);
    await spend(items.length - 1);
    const read = items.map(toItem);
    const results = await runBatch(calls, caller, read, ({ value }) => value);
    const said = results.map((one) =>
      'receipt' in one ? { receipt: one.receipt } : { refusal: toRefusalDetail(one.refusal) },
    );
    return { toXml: () => toXmlChildren({ results: said }, response) };
  },
};

/** Errors: Refusal. */
function listItems({ elements, text }: XmlElement): XmlElement[] {
  const items = elements.filter((one) => one.name === 'items' && isOurs(one));
  if (items.length === elements.length && text.trim() === '' && items.length > 0 && items.length <= mostItems)
    return items;
  const reason = toReason('batch_items', { n: mostItems });
  throw new Refusal('invalid', undefined, [{ pointer: '/items', reason }]);
}

function toItem(element: XmlElement): BatchItem | Refusal {
  try {
    const item = mustPass(checkElement(element, Item, checkItem));
    const named = writes.filter((name) => item[name] !== undefined);
    const [name, ...others] = named;
    if (!name || others.length > 0)
      throw new Refusal('invalid', undefined, [
        { pointer: '', reason: toReason('batch_one_write', { expected: writes.join(', ') }) },
      ]);
    const { receiptNumber, expectedSeq, idempotencyKey } = item;
    const value = name === 'status' ? { status: item.status } : item[name];
    return { operation: operationOf[name], receiptNumber, value, expectedSeq, idempotencyKey };
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
