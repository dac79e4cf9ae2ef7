import { type Static, type TSchema, Type } from 'typebox';
import { Answer, type Checked, Complaint, compile, FollowUp } from '../../../schemas/index.ts';
import { type AgencyCalls, mustPass, Receipt, Registration } from '../agency-calls.ts';
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
  perform(calls: AgencyCalls, agency: string, element: XmlElement): Promise<string>;
}

function define<Request extends TSchema, Response extends TSchema>(
  request: Request,
  response: Response,
  call: (calls: AgencyCalls, agency: string, value: Static<Request>) => Promise<Static<Response>>,
): Operation {
  const check = compile(request);
  return {
    request,
    response,
    async perform(calls, agency, element) {
      const value = mustPass(checkElement(element, request, check));
      return toXmlChildren(await call(calls, agency, value), response);
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
  RegisterComplaint: define(Registration, Receipt, (calls, agency, registration) =>
    calls.register(agency, registration),
  ),
  AddAnswer: define(Type.Object({ receiptNumber, answer: Answer }, closed), Receipt, (calls, agency, value) =>
    calls.addAnswer(agency, value.receiptNumber, value.answer),
  ),
  AddFollowUp: define(
    Type.Object({ receiptNumber, followUp: FollowUp }, closed),
    Receipt,
    (calls, agency, value) => calls.addFollowUp(agency, value.receiptNumber, value.followUp),
  ),
  GetComplaint: define(
    Type.Object({ receiptNumber }, closed),
    Type.Object({ complaint: Complaint }, closed),
    async (calls, agency, value) => ({ complaint: await calls.getComplaint(agency, value.receiptNumber) }),
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
