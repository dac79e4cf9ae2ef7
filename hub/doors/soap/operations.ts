import { type Static, type TSchema, Type } from 'typebox';
import { Answer, type Checked, Complaint, compile, FollowUp } from '../../../schemas/index.ts';
import { type AgencyCalls, type Caller, mustPass, Receipt, Registration } from '../agency-calls.ts';
import { Refusal } from '../problem.ts';
import type { XmlElement } from './read-xml.ts';
import { fromXml, hubNamespace, toXmlChildren } from './values.ts';

const closed = { additionalProperties: false } as const;

/** What is sent where a complaint is named; the number itself is judged by its check digit. */
const receiptNumber = Type.String({ minLength: 1, maxLength: 40 });

/** An operation of schemas/hub.wsdl. */
export interface Operation {
  request: TSchema;
  response: TSchema;
  /** The reply's content. Errors: Refusal. */
  perform(calls: AgencyCalls, caller: Caller, element: XmlElement): Promise<string>;
}

function define<Request extends TSchema, Response extends TSchema>(
  request: Request,
  response: Response,
  call: (calls: AgencyCalls, caller: Caller, value: Static<Request>) => Promise<Static<Response>>,
): Operation {
  const check = compile(request);
  return {
    request,
    response,
    async perform(calls, caller, element) {
      const value = mustPass(checkElement(element, request, check));
      return toXmlChildren(await call(calls, caller, value), response);
    },
  };
}

/** All that is wrong together: what has no place, and what the schema says of the rest. */
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

export const operations: Record<string, Operation> = {
  RegisterComplaint: define(Registration, Receipt, (calls, caller, registration) =>
    calls.registerComplaint(caller, registration),
  ),
  AddAnswer: define(Type.Object({ receiptNumber, answer: Answer }, closed), Receipt, (calls, caller, value) =>
    calls.addAnswer(caller, value.receiptNumber, value.answer),
  ),
  AddFollowUp: define(
    Type.Object({ receiptNumber, followUp: FollowUp }, closed),
    Receipt,
    (calls, caller, value) => calls.addFollowUp(caller, value.receiptNumber, value.followUp),
  ),
  GetComplaint: define(
    Type.Object({ receiptNumber }, closed),
    Type.Object({ complaint: Complaint }, closed),
    async (calls, caller, value) => ({ complaint: await calls.getComplaint(caller, value.receiptNumber) }),
  ),
};

/** The operation that a body's element names. Errors: Refusal with the names that there are. */
export function mustFindOperation({ name, namespace }: XmlElement): Operation {
  const isOurs = namespace === hubNamespace || namespace === '';
  const operation = isOurs && Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (!operation)
    throw new Refusal(
      'malformed',
      `there is no operation ${name} in the namespace ${namespace || '(none)'}; ` +
        `in ${hubNamespace} there are ${Object.keys(operations).join(', ')}`,
    );
  return operation;
}
