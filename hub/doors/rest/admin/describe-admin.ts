import type { FastifySchema } from 'fastify';
import type { TSchema } from 'typebox';
import { type AdminOperation, type AdminScope, adminScopeOf } from '../../../access/keys/admin-scopes.ts';
import { type AdminHeader, counted, everywhere } from './admin-headers.ts';

/** A body or a reply, in one or more media types. */
type Media = Partial<Record<'application/json' | 'application/yaml' | 'text/plain', Shown>>;
interface Shown {
  schema: TSchema;
  example: unknown;
}

interface AdminDescription {
  /** Its scope stands in the table `adminScopeOf`. */
  operation: AdminOperation;
  tag: 'documents' | 'configuration' | 'proposals' | 'audit' | 'boards' | 'users' | 'key';
  summary: string;
  description?: string;
  params?: TSchema;
  query?: TSchema;
  headers?: TSchema;
  body?: Media;
  replies: Record<number, { description: string; headers?: AdminHeader[]; media?: Media }>;
  /** Statuses of problems beyond those that every operation has. */
  problems?: number[];
}

const always = [401, 403, 422, 429, 503];

/** Describes one operation for OpenAPI and for validation, by the same schemas; with its scope for the door. */
export function describeAdmin(of: AdminDescription): {
  schema: FastifySchema;
  config: { adminScope?: AdminScope };
} {
  const { operation, summary, tag, params, query, headers, body } = of;
  const scope: AdminScope | 'any' = adminScopeOf[operation];
  const statuses = [...new Set([...always, ...(body ? [400, 413, 415] : []), ...(of.problems ?? [])])];
  const schema = {
    operationId: operation,
    summary,
    tags: [tag],
    description: [of.description, scope === 'any' ? 'For every key.' : `Scope: \`${scope}\`.`]
      .filter(Boolean)
      .join('\n\n'),
    ...(params && { params }),
    ...(query && { querystring: query }),
    ...(headers && { headers }),
    ...(body && { body: toBody(body) }),
    response: Object.fromEntries([
      ...Object.entries(of.replies).map(([status, reply]) => [status, toReply(reply)]),
      // The document refers to adminProblemReplies by the status.
      ...statuses.map((status) => [status, { description: `${status}`, type: 'null' }]),
    ]),
  };
  return { schema: schema as FastifySchema, config: scope === 'any' ? {} : { adminScope: scope } };
}

/** A schema for JSON alone holds for whatever arrives: one by media type is passed by for other types. */
function toBody(media: Media): object {
  const { 'application/json': json, ...others } = media;
  const isAlone = json !== undefined && Object.keys(others).length === 0;
  return isAlone ? { ...json.schema, examples: [json.example] } : { content: toContent(media) };
}

const toContent = (media: Media) =>
  Object.fromEntries(
    Object.entries(media).map(([type, { schema, example }]) => [
      type,
      { schema: { ...schema, examples: [example] } },
    ]),
  );

function toReply({ description, headers = [], media }: AdminDescription['replies'][number]) {
  // Names matter only: the document refers to the headers by them.
  const names = [...everywhere, ...counted, ...headers].map((name) => [name, { type: 'string' }]);
  const own = { description, headers: Object.fromEntries(names) as object };
  return media ? { ...own, content: toContent(media) } : { ...own, type: 'null' };
}
