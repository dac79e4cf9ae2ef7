import type { FastifySchema } from 'fastify';
import { type TSchema, Type } from 'typebox';
import { type ScopedOperation, scopeOf } from '../../access/keys/scopes.ts';
import { type Deprecation, deprecationKey } from './deprecation.ts';
import { counted, everywhere, type ReplyHeader } from './reply-headers.ts';

interface Description {
  operation: ScopedOperation | 'runBatch' | 'sendPosts' | 'selfTest' | 'listEventTypes';
  summary: string;
  description?: string;
  tag: string;
  params?: TSchema;
  query?: TSchema;
  headers?: TSchema;
  body?: { schema: TSchema; example: unknown } | 'file';
  /** By status. `headers`: those beside the ones that every reply has. */
  replies: Record<number, { description: string; headers?: ReplyHeader[] } & Replied>;
  deprecated?: Deprecation;
  /** Statuses of problems beyond those that every operation has. */
  problems?: number[];
}

/** `file`: the bytes of a file of any media type. */
type Replied = { schema: TSchema; example: unknown } | { file: true } | { nothing: true };

const always = [400, 401, 403, 422, 429, 503];
/** The bytes of a file. Generators of clients make a stream, a blob or a file of this, and no JSON. */
const binary = { schema: { type: 'string', format: 'binary' } };

const toMedia = (schema: TSchema, example: unknown) => ({
  'application/json': { schema: { ...schema, examples: [example] } },
});

function toReply(
  { description, headers = [], ...replied }: Description['replies'][number],
  deprecated: Deprecation | undefined,
) {
  const announced: ReplyHeader[] = deprecated ? ['Deprecation', 'Sunset', 'Link'] : [];
  const own = { description, headers: toSchemas([...everywhere, ...counted, ...headers, ...announced]) };
  if ('nothing' in replied) return { ...own, type: 'null' };
  return {
    ...own,
    content: 'file' in replied ? { '*/*': binary } : toMedia(replied.schema, replied.example),
  };
}

/** Names matter only: the document refers to the headers by them. */
const toSchemas = (headers: ReplyHeader[]) =>
  Object.fromEntries(headers.map((name) => [name, { type: 'string' }]));

/** Describes one operation for OpenAPI and for validation, by the same schemas. */
export function describe(of: Description): FastifySchema {
  const { operation, summary, tag, params, query, headers, body } = of;
  const isOpen = operation === 'selfTest' || operation === 'listEventTypes';
  const scope = operation in scopeOf ? scopeOf[operation as ScopedOperation] : undefined;
  const notes = [of.description, scope && `Scope: \`${scope}\`.`].filter(Boolean).join('\n\n');
  const withBody = body ? [413, 415] : [];
  const statuses = [...new Set([...always, ...withBody, ...(of.problems ?? [])])].filter(
    (status) => !isOpen || ![401, 403, 422].includes(status),
  );
  return {
    operationId: operation,
    summary,
    tags: [tag],
    ...(notes && { description: notes }),
    ...(isOpen && { security: [] }),
    ...(of.deprecated && { deprecated: true, [deprecationKey]: of.deprecated }),
    ...(params && { params }),
    ...(query && { querystring: query }),
    ...(headers && { headers }),
    ...(body === 'file' && { body: { content: { 'application/octet-stream': binary } } }),
    ...(body && body !== 'file' && { body: { ...body.schema, examples: [body.example] } }),
    response: Object.fromEntries([
      ...Object.entries(of.replies).map(([status, reply]) => [status, toReply(reply, of.deprecated)]),
      // The document refers to problemReplies by the status.
      ...statuses.map((status) => [status, { description: `${status}`, type: 'null' }]),
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
