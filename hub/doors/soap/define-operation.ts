import { type Static, type TSchema, Type } from 'typebox';
import { type Checked, compile } from '../../../schemas/index.ts';
import type { Caller } from '../../access/keys/scopes.ts';
import { Refusal } from '../../http/problem.ts';
import type { Store } from '../../store/database.ts';
import { type AgencyCalls, mustPass, Receipt, type WriteOptions } from '../calls/agency-calls.ts';
import type { AttachmentCalls } from '../calls/attachment-calls.ts';
import { longestKey } from '../calls/idempotency-key.ts';
import type { Enclosed } from './message.ts';
import type { XmlElement } from './read-xml.ts';
import type { Answer } from './reply.ts';
import { fromXml, toXmlChildren } from './values.ts';

export const closed = { additionalProperties: false } as const;

/** The text that names a complaint. The check digit decides whether the number is right. */
export const receiptNumber = Type.String({ minLength: 1, maxLength: 40 });
export const expectedSeq = Type.Optional(Type.Integer({ minimum: 1 }));
export const idempotencyKey = Type.Optional(Type.String({ minLength: 1, maxLength: longestKey }));

/** One call of an operation, let in. */
export interface Call {
  store: Store;
  calls: AgencyCalls;
  files: AttachmentCalls;
  caller: Caller;
  element: XmlElement;
  /** Counts so many more requests towards the limits. Errors: Refusal `too-many-requests`. */
  spend(requests: number): Promise<void>;
  /** HTTP's header Idempotency-Key, for toolkits that can send a header more easily than an element. */
  idempotencyKey: string | undefined;
  /** The files beside the envelope. Absent: the call did not come by MTOM. */
  enclosed: Enclosed | undefined;
  /** Whether the caller reads a file beside the envelope. */
  takesXop: boolean;
  /** Aborts when the caller has gone. */
  signal: AbortSignal;
}

/** An operation of schemas/hub.wsdl. */
export interface Operation {
  request: TSchema;
  response: TSchema;
  /** Bytes of a whole envelope, if it may be larger than others. */
  bodyLimit?: number;
  /** The reply's content. Errors: Refusal. */
  perform(call: Call): Promise<Answer>;
}

export function define<Request extends TSchema, Response extends TSchema>(
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
      const said = await answer(value, call);
      return { toXml: () => toXmlChildren(said, response) };
    },
  };
}

/** Returns all problems together: elements without a place, and what the schema says of the rest. */
export function checkElement<S extends TSchema>(
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

export const receipt = Type.Object({ receipt: Receipt }, closed);

/** The element's key, otherwise the header's. Errors: Refusal, if they differ. */
export function keyOf(
  element: string | undefined,
  { idempotencyKey: header }: Call,
): Pick<WriteOptions, 'key'> {
  if (element !== undefined && header !== undefined && element !== header)
    throw new Refusal('malformed', 'the element idempotencyKey and the header Idempotency-Key differ');
  return { key: element ?? header };
}

/** Defines a write to one complaint: its number, one element with the content, and the two ways to make it safe. */
export function defineWrite<Name extends string, S extends TSchema>(
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
    const options = {
      ...keyOf(value.idempotencyKey, call),
      expectedSeq: value.expectedSeq,
      // A status is an element by itself.
      ...(name !== 'status' && { place: `/${name}` }),
    };
    return { receipt: await write(call.calls)(call.caller, value.receiptNumber, said, options) };
  });
}
