import * as schemas from '../../../schemas/index.ts';
import { ProblemDetails } from '../../http/problem.ts';
import { Check } from '../self-test/line.ts';
import { Batch, Item, Result } from './batch-route.ts';
import { EventTypes } from './event-types-route.ts';
import { LedgerDays } from './ledger-route.ts';
import { PostsTaken } from './posts-description.ts';
import { problemComponents, problemReplies } from './problem-replies.ts';
import { headerComponents, toHeaderReferences } from './reply-headers.ts';
import { Report } from './self-test-route.ts';

/** Schemas that generated clients should know by name. */
const named: Record<string, object> = {
  Complaint: schemas.Complaint,
  ComplaintContent: schemas.ComplaintContent,
  Complainant: schemas.Complainant,
  Registration: schemas.Registration,
  Receipt: schemas.Receipt,
  Answer: schemas.Answer,
  InterimAnswer: schemas.InterimAnswer,
  FollowUp: schemas.FollowUp,
  StatusChange: schemas.StatusChange,
  Transfer: schemas.Transfer,
  Withdrawal: schemas.Withdrawal,
  ComplaintSummary: schemas.ComplaintSummary,
  SearchResult: schemas.SearchResult,
  Upload: schemas.Upload,
  AttachmentSummary: schemas.AttachmentSummary,
  AgencyEvent: schemas.AgencyEvent,
  AgencyChange: schemas.AgencyChange,
  PushedChange: schemas.PushedChange,
  WebhookEvent: schemas.WebhookEvent,
  WebhookPing: schemas.WebhookPing,
  Changes: schemas.Changes,
  Acknowledgement: schemas.Acknowledgement,
  Acknowledged: schemas.Acknowledged,
  Batch,
  BatchItem: Item,
  BatchResult: Result,
  LedgerDays,
  PostsTaken,
  EventTypes,
  SelfTestReport: Report,
  SelfTestCheck: Check,
  Problem: ProblemDetails,
};
const names = new Map(Object.entries(named).map(([name, schema]) => [JSON.stringify(schema), name]));

interface Response {
  description: string;
  headers?: Record<string, unknown>;
  content?: Record<string, unknown>;
}
type Operation = { responses: Record<string, Response> };
interface Document {
  components?: object | undefined;
  paths?: object | undefined;
}

/** Replaces each named schema, header and problem by a reference, and moves examples beside their schemas. */
export function nameComponents<D extends Document>(document: D, webhooks: object): Partial<D> {
  const plain = (value: object): object => JSON.parse(JSON.stringify(value)) as object;
  const components = Object.entries(named).map(([name, schema]) => [name, replace(plain(schema), true)]);
  const problems = Object.entries(problemComponents).map(([name, { description, headers, content }]) => [
    name,
    { description, headers: toHeaderReferences(headers), content: replace(plain(content)) },
  ]);
  const paths = replace(nameReplies((document.paths ?? {}) as Record<string, Record<string, Operation>>));
  // Deprecation and Sunset are named only while something is given up.
  const used = JSON.stringify([paths, problems]);
  const headers = Object.entries(headerComponents).filter(([name]) =>
    used.includes(`"#/components/headers/${name}"`),
  );
  return {
    ...document,
    paths,
    webhooks: replace(webhooks),
    components: {
      ...document.components,
      schemas: Object.fromEntries(components),
      responses: Object.fromEntries(problems),
      headers: Object.fromEntries(headers),
    },
  };
}

function nameReplies(paths: Record<string, Record<string, Operation>>): object {
  const nameReply = ([status, reply]: [string, Response]) => {
    const problem = problemReplies[Number(status)];
    if (problem && !reply.content) return [status, { $ref: `#/components/responses/${problem.name}` }];
    if (problem) return [status, addContent(problem.name, reply)];
    return [status, { ...reply, headers: toHeaderReferences(Object.keys(reply.headers ?? {})) }];
  };
  const nameOperation = ([method, operation]: [string, Operation]) => [
    method,
    { ...operation, responses: Object.fromEntries(Object.entries(operation.responses).map(nameReply)) },
  ];
  return Object.fromEntries(
    Object.entries(paths).map(([path, methods]) => [
      path,
      Object.fromEntries(Object.entries(methods).map(nameOperation)),
    ]),
  );
}

/** A problem that may also come in other media types. */
function addContent(name: string, { content: other }: Response) {
  const { description, headers, content } = problemComponents[name] ?? { headers: [] };
  return { description, headers: toHeaderReferences(headers), content: { ...content, ...other } };
}

/** A media type whose example is still in its schema. */
function isMedia(value: object): value is { schema: { examples: unknown[] } } {
  const { schema } = value as { schema?: { examples?: unknown } };
  return !('in' in value) && Array.isArray(schema?.examples);
}

function replace(value: unknown, isRoot = false): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const name = isRoot ? undefined : names.get(JSON.stringify(value));
  if (name) return { $ref: `#/components/schemas/${name}` };
  if (Array.isArray(value)) return value.map((part) => replace(part));
  if (isMedia(value)) {
    const { examples, ...schema } = value.schema;
    return { schema: replace(schema), example: examples[0] };
  }
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, replace(part)]));
}
