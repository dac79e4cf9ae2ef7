import type { FastifyReply } from 'fastify';
import { type Static, Type } from 'typebox';
import type { Problem } from '../../schemas/index.ts';
import { toPlainProblem } from '../../schemas/reason.ts';
import { EngineerError } from '../engineer/engineer-error.ts';
import { UnknownChange } from '../exchange/feed/feed-acknowledge.ts';
import { UnknownCursor } from '../exchange/feed/feed-cursor.ts';
import { longestAsking, tookTooLong } from '../store/asking.ts';
import { noteCall } from './noted-call.ts';
import { toRequestUri } from './request-id.ts';
import type { RequestLifetime } from './request-lifetime.ts';

/** The codes of refusals, the same at every door. */
export const refusalCodes = [
  'malformed',
  'invalid',
  'unauthenticated',
  'forbidden',
  'not-found',
  'method-not-allowed',
  'conflict',
  'changed-meanwhile',
  'key-reused',
  'unknown-cursor',
  'too-large',
  'unsupported-media-type',
  'unsupported-encoding',
  'too-many-requests',
  'too-slow',
  'unavailable',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

const refusals: Record<RefusalCode, { status: number; title: string }> = {
  malformed: { status: 400, title: 'The request cannot be read' },
  invalid: { status: 422, title: 'The request is not acceptable as it is' },
  unauthenticated: { status: 401, title: 'A valid API key is required' },
  forbidden: { status: 403, title: 'This is not open to the caller' },
  'not-found': { status: 404, title: 'There is nothing here for the caller' },
  'method-not-allowed': {
    status: 405,
    title: 'This is not done here with this method; Allow names those that are',
  },
  conflict: { status: 409, title: 'This does not go with how the agency is connected' },
  'changed-meanwhile': { status: 412, title: 'It was changed meanwhile: read it again' },
  'key-reused': { status: 422, title: 'This Idempotency-Key was used for another call' },
  'unknown-cursor': { status: 409, title: 'This cursor was never given out' },
  'too-large': { status: 413, title: 'The request is too large' },
  'unsupported-media-type': { status: 415, title: 'Send application/json' },
  'unsupported-encoding': {
    status: 415,
    title: 'This Content-Encoding is not taken here; Accept-Encoding names those that are',
  },
  'too-many-requests': { status: 429, title: 'Too many requests; wait as long as Retry-After says' },
  'too-slow': { status: 503, title: 'This asks for too much at once: narrow it' },
  unavailable: { status: 503, title: 'The hub cannot take this now; send it again' },
};

/** The most problems in a reply. More help nobody, and a small request must not cause a large reply. */
const mostProblems = 100;

/** Raised by a door. It ends as problem+json (RFC 9457) or as a SOAP fault with the same code. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  /** The HTTP status, which fastify and the console's pages use. */
  readonly statusCode: number;
  readonly problems: Problem[];
  /** Seconds after which the same request may succeed. */
  readonly retryAfter: number | undefined;
  /** Headers for the reply. */
  readonly headers: Record<string, string>;
  constructor(
    code: RefusalCode,
    detail?: string,
    problems: Problem[] = [],
    retryAfter?: number,
    headers: Record<string, string> = {},
  ) {
    super(detail ?? refusals[code].title);
    this.name = 'Refusal';
    this.code = code;
    this.statusCode = refusals[code].status;
    this.problems = problems.slice(0, mostProblems);
    this.retryAfter = retryAfter;
    this.headers = headers;
  }
}

/** Call it before work begins: without a caller, nobody waits for the reply. */
export function mustBeThere({ ended }: RequestLifetime): void {
  if (ended.aborted) throw new Refusal('unavailable', 'the caller has left');
}

/** RFC 9457: what is wrong, where (JSON pointers in `errors`) and what would be accepted. Never a stack. */
export const ProblemDetails = Type.Object(
  {
    type: Type.String({
      format: 'uri',
      description: `\`urn:minwon-hub:problem:\` and one of ${refusalCodes.join(', ')}; more may come`,
    }),
    title: Type.String({ description: 'The same for every problem of this type' }),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    detail: Type.Optional(Type.String({ description: 'What is wrong with this request' })),
    instance: Type.Optional(
      Type.String({
        format: 'uri',
        description: 'Names this request, as X-Request-Id does: quote it to the operator of the hub',
      }),
    ),
    errors: Type.Optional(
      Type.Array(
        Type.Object(
          {
            pointer: Type.String({ description: 'JSON pointer (RFC 6901) to the field' }),
            message: Type.String({ description: 'What is wrong there, and what would be accepted' }),
          },
          { additionalProperties: false },
        ),
        { maxItems: mostProblems },
      ),
    ),
  },
  { additionalProperties: false },
);
export type ProblemDetails = Static<typeof ProblemDetails>;

/** `instance`: the URI of this one request. */
export function toProblemDetails(refusal: Refusal, instance?: string): ProblemDetails {
  const { status, title } = refusals[refusal.code];
  return {
    type: `urn:minwon-hub:problem:${refusal.code}`,
    title,
    status,
    ...(refusal.message !== title && { detail: refusal.message }),
    ...(instance !== undefined && { instance }),
    ...(refusal.problems.length > 0 && { errors: refusal.problems.map(toPlainProblem) }),
  };
}

export function sendProblem(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const details = toProblemDetails(refusal, toRequestUri(reply.request.id));
  noteCall(reply.request, { problem: refusal.code });
  if (refusal.code === 'unauthenticated') reply.header('www-authenticate', 'Bearer');
  if (refusal.retryAfter !== undefined) reply.header('retry-after', Math.ceil(refusal.retryAfter));
  return reply.headers(refusal.headers).status(details.status).type('application/problem+json').send(details);
}

const byFastify: Record<string, RefusalCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed',
};

const ofEngineer: Record<EngineerError['kind'], RefusalCode> = {
  not_found: 'not-found',
  invalid: 'invalid',
  forbidden: 'forbidden',
  conflict: 'conflict',
  changed: 'changed-meanwhile',
  key_reused: 'key-reused',
};

/** Turns whatever was thrown into a refusal that reveals nothing internal. `undefined`: an error of the hub. */
export function toRefusal(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (error instanceof UnknownCursor) return new Refusal('unknown-cursor', error.message);
  if (error instanceof UnknownChange) return new Refusal('invalid', undefined, error.problems);
  if (error instanceof EngineerError)
    return new Refusal(
      ofEngineer[error.kind],
      error.message === error.kind ? undefined : error.message,
      error.problems,
    );
  if (tookTooLong(error))
    return new Refusal(
      'too-slow',
      `looking for it took more than ${longestAsking} s: ask for one status or agency, or in longer words`,
    );
  const { code, statusCode } = error as { code?: string; statusCode?: number };
  const known = code ? byFastify[code] : undefined;
  if (known) return new Refusal(known);
  // Fastify's parsers mark the caller's errors with 400; their messages name the place in the JSON.
  if (statusCode === 400)
    return new Refusal('malformed', 'the body is not JSON as RFC 8259 describes it (UTF-8)');
  return undefined;
}
