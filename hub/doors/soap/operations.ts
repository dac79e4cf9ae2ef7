import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type Static, type TSchema, Type } from 'typebox';
import {
  Acknowledged,
  Acknowledgement,
  AgencyEvent,
  Answer,
  AttachmentContent,
  AttachmentSummary,
  Changes,
  ChangesRequest,
  type Checked,
  Complaint,
  ComplaintContent,
  compile,
  EnclosedFile,
  FollowUp,
  InterimAnswer,
  Search,
  SearchResult,
  Status,
  Transfer,
  Upload,
  Withdrawal,
} from '../../../schemas/index.ts';
import { toReason } from '../../../schemas/reason.ts';
import type { Caller } from '../../access/keys/scopes.ts';
import { Refusal } from '../../http/problem.ts';
import {
  type AgencyCalls,
  mustPass,
  Receipt,
  Registration,
  type WriteOptions,
} from '../calls/agency-calls.ts';
import type { AttachmentCalls } from '../calls/attachment-calls.ts';
import { longestKey } from '../calls/idempotency-key.ts';
import type { XmlElement } from './read-xml.ts';
import { fromXml, hubNamespace, toXmlChildren } from './values.ts';

const closed = { additionalProperties: false } as const;

/** Bytes of the largest call: one that brings a file. */
export const largestCall = 8 * 1024 * 1024;
/**
 * Bytes of the largest file in a reply: in base64 it is as large as the largest call. Larger files go through the REST
 * door.
 */
const mostEnclosed = (largestCall / 4) * 3;

/** The text that names a complaint. The check digit decides whether the number is right. */
const receiptNumber = Type.String({ minLength: 1, maxLength: 40 });
const expectedSeq = Type.Optional(Type.Integer({ minimum: 1 }));
const idempotencyKey = Type.Optional(Type.String({ minLength: 1, maxLength: longestKey }));

/** One call of an operation, let in. */
interface Call {
  calls: AgencyCalls;
  files: AttachmentCalls;
  caller: Caller;
  element: XmlElement;
  /** HTTP's header Idempotency-Key, for toolkits that can send a header more easily than an element. */
  idempotencyKey: string | undefined;
  /** Aborts when the caller has gone. */
  signal: AbortSignal;
}

/** An operation of schemas/hub.wsdl. */
export interface Operation {
  request: TSchema;
  response: TSchema;
  /** Bytes of a whole call, if it may be larger than others. */
  bodyLimit?: number;
  /** The reply's content. Errors: Refusal. */
  perform(call: Call): Promise<string>;
}

function define<Request extends TSchema, Response extends TSchema>(
  request: Request,
  response: Response,
  answer: (value: Static<Request>, call: Call) => Promise<Static<Response>>,
): Operation {
  const check = compile(request);
  return {
    request,
    response,
    async perform(call) {
      const value = mustPass(checkElement(call.element, request, check));
      return toXmlChildren(await answer(value, call), response);
    },
  };
}

/** Returns all problems together: elements without a place, and what the schema says of the rest. */
function checkElement<S extends TSchema>(
  element: XmlElement,
  schema: S,
  check: (value: unknown) => Checked<Static<S>>,
): Checked<Static<S>> {
  const { value, problems } = fromXml(element, schema);
  const checked = check(value);
  if (checked.ok && problems.length === 0) return checked;
  const known = new Set(problems.map(({ pointer }) => pointer));
  const others = checked.ok ? [] : checked.problems.filter(({ pointer }) => !known.has(pointer));
  return { ok: false, problems: [...problems, ...others] };
}

const receipt = Type.Object({ receipt: Receipt }, closed);

/** The element's key, otherwise the header's. Errors: Refusal, if they differ. */
function keyOf(element: string | undefined, { idempotencyKey: header }: Call): Pick<WriteOptions, 'key'> {
  if (element !== undefined && header !== undefined && element !== header)
    throw new Refusal('malformed', 'the element idempotencyKey and the header Idempotency-Key differ');
  return { key: element ?? header };
}

/** Defines a write to one complaint: its number, one element with the content, and the two ways to make it safe. */
function defineWrite<Name extends string, S extends TSchema>(
  name: Name,
  schema: S,
  write: (
    calls: AgencyCalls,
  ) => (caller: Caller, number: string, value: Static<S>, options: WriteOptions) => Promise<Receipt>,
): Operation {
  const request = Type.Object(
    { receiptNumber, [name]: schema, expectedSeq, idempotencyKey } as {
      receiptNumber: typeof receiptNumber;
      expectedSeq: typeof expectedSeq;
      idempotencyKey: typeof idempotencyKey;
    },
    closed,
  );
  return define(request, receipt, async (value, call) => {
    const said = (value as unknown as Record<Name, Static<S>>)[name];
    const options = { ...keyOf(value.idempotencyKey, call), expectedSeq: value.expectedSeq };
    return { receipt: await write(call.calls)(call.caller, value.receiptNumber, said, options) };
  });
}

const registration = Type.Object({ ...Registration.properties, idempotencyKey }, closed);

/** Errors: Refusal. Buffer ignores characters that are no base64, so the bytes must encode to the same text. */
function fromBase64(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') === text) return bytes;
  throw new Refusal('invalid', undefined, [{ pointer: '/content', reason: toReason('base64') }]);
}

export const operations: Record<string, Operation> = {
  RegisterComplaint: define(registration, receipt, async ({ externalId, content, ...value }, call) => ({
    receipt: await call.calls.registerComplaint(
      call.caller,
      { externalId, content },
      keyOf(value.idempotencyKey, call),
    ),
  })),
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
  GetComplaint: define(
    Type.Object({ receiptNumber }, closed),
    Type.Object({ complaint: Complaint }, closed),
    async (value, { calls, caller }) => ({
      complaint: await calls.getComplaint(caller, value.receiptNumber),
    }),
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
  PutAttachment: {
    ...define(
      EnclosedFile,
      Type.Object({ upload: Upload }, closed),
      async ({ name, content, sha256 }, { files, caller }) => {
        const bytes = Readable.from([fromBase64(content)]);
        return { upload: await files.upload(caller, { name, content: bytes, sha256 }) };
      },
    ),
    bodyLimit: largestCall,
  },
  ListAttachments: define(
    Type.Object({ receiptNumber }, closed),
    Type.Object({ attachments: Type.Array(AttachmentSummary) }, closed),
    async (value, { files, caller }) => ({ attachments: await files.list(caller, value.receiptNumber) }),
  ),
  GetAttachment: define(
    Type.Object({ receiptNumber, id: Type.String({ minLength: 1, maxLength: 40 }) }, closed),
    Type.Object({ attachment: AttachmentContent }, closed),
    async ({ receiptNumber, id }, { files, caller }) => {
      const { attachment, content } = await files.open(caller, receiptNumber, id, mostEnclosed);
      const { name, mediaType, sha256 } = attachment;
      const bytes = await buffer(content);
      return {
        attachment: {
          name,
          mediaType: mediaType ?? '',
          size: bytes.length,
          sha256: sha256 ?? '',
          content: bytes.toString('base64'),
        },
      };
    },
  ),
};

export function findOperation({ name, namespace }: XmlElement): Operation | undefined {
  const isOurs = namespace === hubNamespace || namespace === '';
  return isOurs && Object.hasOwn(operations, name) ? operations[name] : undefined;
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
