import type { FastifyReply } from 'fastify';
import type { Problem } from '../../schemas/index.ts';

/** Codes of what a door refuses; the same words at every door. */
export const refusalCodes = [
  'malformed',
  'invalid',
  'unauthenticated',
  'forbidden',
  'not-found',
  'too-large',
  'unsupported-media-type',
  'unavailable',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

const refusals: Record<RefusalCode, { status: number; title: string }> = {
  malformed: { status: 400, title: 'The request cannot be read' },
  invalid: { status: 422, title: 'The request is not acceptable as it is' },
  unauthenticated: { status: 401, title: 'A valid API key is required' },
  forbidden: { status: 403, title: 'This is not open to the caller' },
  'not-found': { status: 404, title: 'There is nothing here for the caller' },
  'too-large': { status: 413, title: 'The request is too large' },
  'unsupported-media-type': { status: 415, title: 'Send application/json' },
  unavailable: { status: 503, title: 'The hub cannot take this now; send it again' },
};

/** More than these help nobody, and a small request must not cause a large reply. */
const mostProblems = 100;

/** Raised by a door; ends as problem+json (RFC 9457) or as a SOAP fault with the same code. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly problems: Problem[];
  constructor(code: RefusalCode, detail?: string, problems: Problem[] = []) {
    super(detail ?? refusals[code].title);
    this.name = 'Refusal';
    this.code = code;
    this.problems = problems.slice(0, mostProblems);
  }
}

/** RFC 9457: what is wrong, where (JSON pointers in `errors`) and what would be accepted. Never a stack. */
export function sendProblem(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { status, title } = refusals[refusal.code];
  if (refusal.code === 'unauthenticated') reply.header('www-authenticate', 'Bearer');
  return reply
    .status(status)
    .type('application/problem+json')
    .send({
      type: `urn:minwon-hub:problem:${refusal.code}`,
      title,
      status,
      ...(refusal.message !== title && { detail: refusal.message }),
      ...(refusal.problems.length > 0 && { errors: refusal.problems }),
    });
}

const byFastify: Record<string, RefusalCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed',
};

/** Whatever was thrown, as a refusal that gives nothing away; `undefined`: a fault of ours. */
export function toRefusal(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  const { code, statusCode } = error as { code?: string; statusCode?: number };
  const known = code ? byFastify[code] : undefined;
  if (known) return new Refusal(known);
  // Fastify's parsers mark what the caller did wrong with 400; their words name the place in the JSON.
  if (statusCode === 400)
    return new Refusal('malformed', 'the body is not JSON as RFC 8259 describes it (UTF-8)');
  return undefined;
}
