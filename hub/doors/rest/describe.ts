import type { FastifySchema } from 'fastify';
import { type TSchema, Type } from 'typebox';
import { type ScopedOperation, scopeOf } from '../../access/keys/scopes.ts';
import { ProblemDetails } from '../../http/problem.ts';

interface Description {
  operation: ScopedOperation | 'runBatch' | 'selfTest';
  summary: string;
  description?: string;
  tag: string;
  params?: TSchema;
  query?: TSchema;
  headers?: TSchema;
  body?: { schema: TSchema; example: unknown } | 'file';
  /** By status. */
  replies: Record<number, { description: string } & Replied>;
  /** Statuses of problems beyond those that every operation has. */
  problems?: number[];
}

/** `file`: the bytes of a file of any media type. */
type Replied = { schema: TSchema; example: unknown } | { file: true } | { nothing: true };

const problemWords: Record<number, string> = {
  400: 'The request cannot be read.',
  401: 'No valid API key or signature was sent.',
  403: "The key's scope, the network or the certificate does not allow this.",
  404: 'There is no such complaint for this agency.',
  409: 'This does not go with how the agency is connected.',
  412: 'The complaint was changed since the ETag in If-Match was read.',
  413: 'The body is too large.',
  415: 'The body is not application/json.',
  422: 'Something in the request is not acceptable; `errors` names the places (JSON pointers, RFC 6901).',
  429: 'A limit is reached; wait as many seconds as Retry-After says.',
  503: 'The hub cannot take this now; send the same again.',
};
const always = [401, 403, 422, 429, 503];

const problemExample = (status: number) => ({
  type: 'urn:minwon-hub:problem:invalid',
  title: 'The request is not acceptable as it is',
  status,
  errors: [{ pointer: '/content/title', message: 'is required' }],
});

const file = { '*/*': { schema: Type.Unknown() } };
const toMedia = (schema: TSchema, example: unknown) => ({
  'application/json': { schema: { ...schema, examples: [example] } },
});

function toReply({ description, ...replied }: Description['replies'][number]) {
  if ('nothing' in replied) return { description, type: 'null' };
  return { description, content: 'file' in replied ? file : toMedia(replied.schema, replied.example) };
}

/** Describes one operation for OpenAPI and for validation, by the same schemas. */
export function describe(of: Description): FastifySchema {
  const { operation, summary, tag, params, query, headers, body } = of;
  const isOpen = operation === 'selfTest';
  const scope = operation in scopeOf ? scopeOf[operation as ScopedOperation] : undefined;
  const notes = [of.description, scope && `Scope: \`${scope}\`.`].filter(Boolean).join('\n\n');
  const withBody = body === 'file' ? [400, 413] : body ? [400, 413, 415] : [];
  const statuses = [...new Set([...always, ...withBody, ...(of.problems ?? [])])].filter(
    (status) => !isOpen || ![401, 403, 422].includes(status),
  );
  return {
    operationId: operation,
    summary,
    tags: [tag],
    ...(notes && { description: notes }),
    ...(isOpen && { security: [] }),
    ...(params && { params }),
    ...(query && { querystring: query }),
    ...(headers && { headers }),
    ...(body === 'file' && { body: { content: file } }),
    ...(body && body !== 'file' && { body: { ...body.schema, examples: [body.example] } }),
    response: Object.fromEntries([
      ...Object.entries(of.replies).map(([status, reply]) => [status, toReply(reply)]),
      ...statuses.map((status) => [
        status,
        {
          description: problemWords[status] ?? '',
          content: {
            'application/problem+json': {
              schema:
                status === 422 ? { ...ProblemDetails, examples: [problemExample(422)] } : ProblemDetails,
            },
          },
        },
      ]),
    ]),
  } as FastifySchema;
}

export const ReceiptParams = Type.Object({
  receiptNumber: Type.String({
    minLength: 1,
    maxLength: 40,
    description: 'The receipt number (접수번호)',
    examples: ['26-0000-0001-5'],
  }),
});
