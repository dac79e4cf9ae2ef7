import type { FastifyReply } from 'fastify';
import { type Static, Type } from 'typebox';
import { OneOf } from '../../../../schemas/index.ts';
import { said, toPlainProblem } from '../../../../schemas/reason.ts';
import { AccountProposalError } from '../../../access/accounts/account-proposals.ts';
import { UserError } from '../../../access/people/user-error.ts';
import { AttachmentError } from '../../../attachments/attachment-error.ts';
import { ConfigurationError, type ConfigurationProblem } from '../../../configuration/configuration-error.ts';
import { documentKinds } from '../../../configuration/document.ts';
import { PublicUrlMissing } from '../../../http/base-url.ts';
import {
  Refusal,
  type RefusalCode,
  sendProblem,
  toProblemDetails,
  toRefusal,
} from '../../../http/problem.ts';
import { toRequestUri } from '../../../http/request-id.ts';
import { toFileRefusal } from '../../calls/attachment-calls.ts';

/** The codes of problems that only this door has, beside those of {@link RefusalCode}. */
const adminProblems = {
  'invalid-configuration': { status: 422, title: 'The configuration would not be usable' },
  'changed-meanwhile': { status: 412, title: 'Somebody changed it meanwhile: read it again' },
  'precondition-required': {
    status: 428,
    title: 'Say by If-Match what you change, or by If-None-Match: * that there is nothing yet',
  },
  'in-use': { status: 409, title: 'The agency still has work' },
  conflict: { status: 409, title: 'It cannot be done as things stand' },
  'same-person': { status: 409, title: 'A second person has to decide what somebody proposes' },
} as const;
export type AdminProblemCode = keyof typeof adminProblems;

/** More would help nobody at once. What is left out is told of by `detail`. */
const mostProblems = 1_000;

/** A refusal of the administration API. */
export class AdminProblem extends Error {
  readonly code: AdminProblemCode;
  readonly problems: ConfigurationProblem[];
  constructor(code: AdminProblemCode, detail?: string, problems: ConfigurationProblem[] = []) {
    super(detail ?? adminProblems[code].title);
    this.name = 'AdminProblem';
    this.code = code;
    this.problems = problems;
  }
}

const closed = { additionalProperties: false } as const;
export const Place = Type.Object(
  {
    pointer: Type.String({ description: 'JSON pointer (RFC 6901) to the field' }),
    message: Type.String({ description: 'What is wrong there, and what would be accepted' }),
    document: Type.Optional(
      Type.Object(
        { kind: OneOf(documentKinds), name: Type.String() },
        { description: 'The document', ...closed },
      ),
    ),
    line: Type.Optional(Type.Integer({ minimum: 1, description: 'In the text of the document, from 1' })),
    column: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  closed,
);
/** RFC 9457, with the place in a text where a document of the configuration is wrong. */
export const AdminProblemDetails = Type.Object(
  {
    type: Type.String({ format: 'uri', description: '`urn:minwon-hub:problem:` and a code; more may come' }),
    title: Type.String({ description: 'The same for every problem of this type' }),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    detail: Type.Optional(Type.String({ description: 'What is wrong with this request' })),
    instance: Type.Optional(
      Type.String({ format: 'uri', description: 'Names this request, as X-Request-Id does' }),
    ),
    errors: Type.Optional(Type.Array(Place, { maxItems: mostProblems })),
  },
  closed,
);
export type AdminProblemDetails = Static<typeof AdminProblemDetails>;

export function toAdminDetails(problem: AdminProblem | Refusal, instance?: string): AdminProblemDetails {
  if (problem instanceof Refusal) return toProblemDetails(problem, instance);
  const { code, message, problems } = problem;
  const { status, title } = adminProblems[code];
  return {
    type: `urn:minwon-hub:problem:${code}`,
    title,
    status,
    ...(message !== title && { detail: message }),
    ...(instance !== undefined && { instance }),
    ...(problems.length > 0 && { errors: problems.slice(0, mostProblems).map(toPlace) }),
  };
}

/** A problem of the configuration with its place, as replies have it. */
export function toPlace(problem: ConfigurationProblem): Static<typeof Place> {
  const { document, line, column } = problem;
  return {
    ...toPlainProblem(problem),
    ...(document && { document: { kind: document.kind, name: document.name } }),
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
  };
}

export function sendAdminProblem(reply: FastifyReply, problem: AdminProblem | Refusal): FastifyReply {
  if (problem instanceof Refusal) return sendProblem(reply, problem);
  const details = toAdminDetails(problem, toRequestUri(reply.request.id));
  return reply.status(details.status).type('application/problem+json').send(details);
}

/** Turns whatever was thrown into a problem that reveals nothing internal. `undefined`: an error of the hub. */
export function toAdminProblem(error: unknown): AdminProblem | Refusal | undefined {
  if (error instanceof AdminProblem) return error;
  if (error instanceof ConfigurationError) return fromConfiguration(error);
  if (error instanceof UserError) return fromAccount(error);
  if (error instanceof AccountProposalError)
    return error.kind === 'unknown'
      ? new Refusal('not-found', error.message)
      : new AdminProblem('same-person', error.message);
  if (error instanceof AttachmentError) return toFileRefusal(error);
  if (error instanceof PublicUrlMissing) return new AdminProblem('conflict', error.message);
  const refusal = toRefusal(error);
  // The words of the gate are for agencies.
  const isOwnWords = refusal?.code !== 'too-many-requests';
  if (!refusal || isOwnWords) return refusal;
  return new Refusal(refusal.code, undefined, [], refusal.retryAfter, refusal.headers);
}

function fromAccount({ kind, field, message }: UserError): AdminProblem | Refusal {
  if (kind === 'invalid' || kind === 'common')
    return new Refusal('invalid', undefined, [{ pointer: `/${field}`, reason: said(message) }]);
  return new AdminProblem('conflict', message);
}

const ofConfiguration = {
  invalid: 'invalid-configuration',
  'in-use': 'in-use',
  taken: 'changed-meanwhile',
  moved: 'changed-meanwhile',
  'same-person': 'same-person',
} as const satisfies Record<Exclude<ConfigurationError['kind'], 'unknown'>, AdminProblemCode>;

function fromConfiguration({ kind, message, problems }: ConfigurationError): AdminProblem | Refusal {
  if (kind === 'unknown') return new Refusal('not-found', message);
  return new AdminProblem(ofConfiguration[kind], message, problems);
}
