import { Type } from 'typebox';
import {
  Acknowledged,
  Acknowledgement,
  AgencyEvent,
  Answer,
  Changes,
  ChangesRequest,
  Complaint,
  ComplaintContent,
  Contribution,
  FollowUp,
  InterimAnswer,
  OwedContribution,
  Search,
  SearchResult,
  Status,
  StatutoryClock,
  Step,
  Transfer,
  Withdrawal,
} from '../../../schemas/index.ts';
import { Refusal } from '../../http/problem.ts';
import { Registration } from '../calls/agency-calls.ts';
import { attachmentOperations } from './attachment-operations.ts';
import { runBatchOperation } from './batch-operation.ts';
import { consentOperations } from './consent-operations.ts';
import {
  closed,
  define,
  defineWrite,
  idempotencyKey,
  keyOf,
  type Operation,
  receipt,
  receiptNumber,
} from './define-operation.ts';
import { getLedgerOperation } from './ledger-operation.ts';
import type { XmlElement } from './read-xml.ts';
import { hubNamespace, isOurs } from './values.ts';

const registration = Type.Object({ ...Registration.properties, idempotencyKey }, closed);

export const operations: Record<string, Operation> = {
  RegisterComplaint: define(
    registration,
    receipt,
    async ({ externalId, content, takenInAt, consents, ...value }, call) => ({
      receipt: await call.calls.registerComplaint(
        call.caller,
        { externalId, content, ...(takenInAt && { takenInAt }), ...(consents && { consents }) },
        keyOf(value.idempotencyKey, call),
      ),
    }),
  ),
  UpdateComplaint: defineWrite('content', ComplaintContent, (calls) => calls.updateComplaint),
  AddAnswer: defineWrite('answer', Answer, (calls) => calls.addAnswer),
  AddInterimAnswer: defineWrite('answer', InterimAnswer, (calls) => calls.addInterimAnswer),
  AddFollowUp: defineWrite('followUp', FollowUp, (calls) => calls.addFollowUp),
  ChangeStatus: defineWrite(
    'status',
    Status,
    (calls) => (caller, number, status, options) => calls.changeStatus(caller, number, { status }, options),
  ),
  TransferComplaint: defineWrite('transfer', Transfer, (calls) => calls.transferComplaint),
  WithdrawComplaint: defineWrite('withdrawal', Withdrawal, (calls) => calls.withdrawComplaint),
  TakeStep: defineWrite('step', Step, (calls) => calls.takeStep),
  GetComplaint: define(
    Type.Object({ receiptNumber }, closed),
    Type.Object({ complaint: Complaint }, closed),
    async (value, { calls, caller }) => ({
      complaint: await calls.getComplaint(caller, value.receiptNumber),
    }),
  ),
  GetClock: define(
    Type.Object({ receiptNumber }, closed),
    Type.Object({ clock: StatutoryClock }, closed),
    async (value, { calls, caller }) => ({ clock: await calls.getClock(caller, value.receiptNumber) }),
  ),
  ListContributions: define(
    Type.Object({ receiptNumber }, closed),
    Type.Object({ contributions: Type.Array(Contribution) }, closed),
    async (value, { calls, caller }) => ({
      contributions: await calls.listContributions(caller, value.receiptNumber),
    }),
  ),
  ListOwedContributions: define(
    Type.Object({}, closed),
    Type.Object({ contributions: Type.Array(OwedContribution) }, closed),
    async (_value, { calls, caller }) => ({ contributions: await calls.listOwedContributions(caller) }),
  ),
  ListEvents: define(
    Type.Object({ receiptNumber }, closed),
    Type.Object({ events: Type.Array(AgencyEvent) }, closed),
    async (value, { calls, caller }) => ({ events: await calls.listEvents(caller, value.receiptNumber) }),
  ),
  SearchComplaints: define(
    Type.Object({ search: Search }, closed),
    Type.Object({ result: SearchResult }, closed),
    async ({ search }, { calls, caller }) => ({ result: await calls.searchComplaints(caller, search) }),
  ),
  FetchChanges: define(
    Type.Object({ request: ChangesRequest }, closed),
    Type.Object({ result: Changes }, closed),
    async ({ request }, { calls, caller, signal }) => ({
      result: await calls.fetchChanges(caller, request, signal),
    }),
  ),
  AcknowledgeChanges: define(
    Type.Object({ acknowledgement: Acknowledgement }, closed),
    Type.Object({ result: Acknowledged }, closed),
    async ({ acknowledgement }, { calls, caller }) => ({
      result: await calls.acknowledgeChanges(caller, acknowledgement),
    }),
  ),
  ...consentOperations,
  ...attachmentOperations,
  RunBatch: runBatchOperation,
  GetLedger: getLedgerOperation,
};

export function findOperation(element: XmlElement): Operation | undefined {
  const { name } = element;
  return isOurs(element) && Object.hasOwn(operations, name) ? operations[name] : undefined;
}

/** The operation that a body's element names. Errors: Refusal with the names that exist. */
export function mustFindOperation(element: XmlElement): Operation {
  const { name, namespace } = element;
  const operation = findOperation(element);
  if (!operation)
    throw new Refusal(
      'malformed',
      `there is no operation ${name.slice(0, 100)} in the namespace ${namespace.slice(0, 200) || '(none)'}; ` +
        `in ${hubNamespace} there are ${Object.keys(operations).join(', ')}`,
    );
  return operation;
}
