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
import { SubjectRequest, SubjectRequestStanding } from './subject-request-routes.ts';

/** Schemas that generated clients should know by name. */
const named: Record<string, object> = {
  Complaint: schemas.Complaint,
  ClockFace: schemas.ClockFace,
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
  Step: schemas.Step,
  StatutoryClock: schemas.StatutoryClock,
  Contribution: schemas.Contribution,
  OwedContribution: schemas.OwedContribution,
  ClockLine: schemas.ClockLine,
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
  SubjectRequest,
  SubjectRequestStanding,
  PostsTaken,
  EventTypes,
  SelfTestReport: Report,
  SelfTestCheck: Check,
  Problem: ProblemDetails,
};

/** What a document refers to by name. */
interface Naming {
  /** Schemas that generated clients should know by name. */
  schemas: Record<string, object>;
  /** The problems by status, and each as components/responses has it; `headers` are names. */
  problemReplies: Record<number, { name: string }>;
  problemComponents: Record<string, { description: string; headers: readonly string[]; content: object }>;
  headerComponents: Record<string, object>;
}

const namingOfRest: Naming = { schemas: named, problemReplies, problemComponents, headerComponents };
type Names = ReadonlyMap<string, string>;

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
export function nameComponents<D extends Document>(
  document: D,
  webhooks: object | undefined,
  naming = namingOfRest,
): Partial<D> {
  const { problemComponents, headerComponents } = naming;
  const names: Names = new Map(
    Object.entries(naming.schemas).map(([name, schema]) => [JSON.stringify(schema), name]),
  );
  const plain = (value: object): object => JSON.parse(JSON.stringify(value)) as object;
  const components = Object.entries(naming.schemas).map(([name, schema]) => [
    name,
    replace(plain(schema), names, true),
  ]);
  const problems = Object.entries(problemComponents).map(([name, { description, headers, content }]) => [
    name,
    { description, headers: toHeaderReferences(headers), content: replace(plain(content), names) },
  ]);
  const described = (document.paths ?? {}) as Record<string, Record<string, Operation>>;
  const paths = replace(nameReplies(described, naming), names);
  // Deprecation and Sunset are named only while something is given up.
  const used = JSON.stringify([paths, problems]);
  const headers = Object.entries(headerComponents).filter(([name]) =>
    used.includes(`"#/components/headers/${name}"`),
  );
  return {
    ...document,
    paths,
    ...(webhooks && { webhooks: replace(webhooks, names) }),
    components: {
      ...document.components,
      schemas: Object.fromEntries(components),
      responses: Object.fromEntries(problems),
      headers: Object.fromEntries(headers),
    },
  };
}

function nameReplies(
  paths: Record<string, Record<string, Operation>>,
  { problemReplies, problemComponents }: Naming,
): object {
  const nameReply = ([status, reply]: [string, Response]) => {
    const problem = problemReplies[Number(status)];
    if (problem && !reply.content) return [status, { $ref: `#/components/responses/${problem.name}` }];
    if (problem) return [status, addContent(problemComponents[problem.name], reply)];
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
function addContent(problem: Naming['problemComponents'][string] | undefined, { content: other }: Response) {
  const { description, headers, content } = problem ?? { headers: [] };
  return { description, headers: toHeaderReferences(headers), content: { ...content, ...other } };
}

/** A media type whose example is still in its schema. */
function isMedia(value: object): value is { schema: { examples: unknown[] } } {
  const { schema } = value as { schema?: { examples?: unknown } };
  return !('in' in value) && Array.isArray(schema?.examples);
}

function replace(value: unknown, names: Names, isRoot = false): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const name = isRoot ? undefined : names.get(JSON.stringify(value));
  if (name) return { $ref: `#/components/schemas/${name}` };
  if (Array.isArray(value)) return value.map((part) => replace(part, names));
  if (isMedia(value)) {
    const { examples, ...schema } = value.schema;
    return { schema: replace(schema, names), example: examples[0] };
  }
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, replace(part, names)]));
}
