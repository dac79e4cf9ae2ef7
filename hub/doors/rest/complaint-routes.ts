import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type TSchema, Type } from 'typebox';
import {
  AgencyEvent,
  Answer,
  Complaint,
  ComplaintContent,
  FollowUp,
  InterimAnswer,
  Receipt,
  Registration,
  Search,
  SearchResult,
  StatusChange,
  StatutoryClock,
  Step,
  Transfer,
  Withdrawal,
} from '../../../schemas/index.ts';
import type { AgencyCalls } from '../calls/agency-calls.ts';
import { isHeld, readTags, toETag } from '../json/entity-tags.ts';
import { KeyHeader, ReadHeaders, sendReceipt, toWriteOptions, WriteHeaders } from '../json/write-headers.ts';
import { consentRoutes } from './consent-routes.ts';
import { contributionRoutes } from './contribution-routes.ts';
import { describe, ReceiptParams } from './describe.ts';
import * as examples from './examples.ts';
import type { ReplyHeader } from './reply-headers.ts';
import { stepsDescription } from './steps-description.ts';

type OfComplaint = { Params: { receiptNumber: string } };
interface WriteRoute {
  operation:
    | 'updateComplaint'
    | 'addAnswer'
    | 'addInterimAnswer'
    | 'addFollowUp'
    | 'changeStatus'
    | 'transferComplaint'
    | 'withdrawComplaint'
    | 'takeStep';
  method: 'POST' | 'PUT';
  path: string;
  schema: TSchema;
  example: unknown;
  summary: string;
  description?: string;
}

/** The writes to one complaint, one row each. */
export const writeRoutes: WriteRoute[] = [
  {
    operation: 'updateComplaint',
    method: 'PUT',
    path: 'content',
    schema: ComplaintContent,
    example: examples.contentOnlyExample,
    summary: 'Say the whole content anew (the origin)',
    description: '`filedAt` stays what it was when the complaint was registered.',
  },
  {
    operation: 'addAnswer',
    method: 'POST',
    path: 'answers',
    schema: Answer,
    example: examples.answerExample,
    summary: 'Answer (the assignee): 답변',
  },
  {
    operation: 'addInterimAnswer',
    method: 'POST',
    path: 'interim-answers',
    schema: InterimAnswer,
    example: examples.interimAnswerExample,
    summary: 'Answer for the time being (the assignee): 중간 회신',
  },
  {
    operation: 'addFollowUp',
    method: 'POST',
    path: 'follow-ups',
    schema: FollowUp,
    example: examples.followUpExample,
    summary: 'Pass on a further question of the complainant (the origin): 추가 질의',
  },
  {
    operation: 'changeStatus',
    method: 'PUT',
    path: 'status',
    schema: StatusChange,
    example: examples.statusExample,
    summary: 'Say where it stands (the assignee): 처리상태',
  },
  {
    operation: 'transferComplaint',
    method: 'POST',
    path: 'transfer',
    schema: Transfer,
    example: examples.transferExample,
    summary: 'Move it to the agency that is right (the assignee): 이송',
  },
  {
    operation: 'withdrawComplaint',
    method: 'POST',
    path: 'withdrawal',
    schema: Withdrawal,
    example: examples.withdrawalExample,
    summary: 'Take it back for the complainant (the origin): 취하',
  },
  {
    operation: 'takeStep',
    method: 'POST',
    path: 'steps',
    schema: Step,
    example: examples.stepExample,
    summary: 'Take a step of the procedure (the assignee, or the origin for the complainant): 처리 절차',
    description: stepsDescription,
  },
];

/** Routes to register, read and search, and for every write to a complaint. */
export function complaintRoutes(app: FastifyInstance, calls: AgencyCalls): void {
  registerRoute(app, calls);
  for (const route of writeRoutes) writeRoute(app, calls, route);
  readRoutes(app, calls);
  searchRoute(app, calls);
}

const receipt = (description: string, headers: ReplyHeader[] = []) => ({
  description,
  headers: ['ETag', ...headers] satisfies ReplyHeader[],
  schema: Receipt,
  example: examples.receiptExample,
});
const repeated = receipt(
  'It is so already, or was taken in before; nothing changed. Or, of a change: it was made.',
);

function registerRoute(app: FastifyInstance, calls: AgencyCalls): void {
  const schema = describe({
    operation: 'registerComplaint',
    tag: 'complaints',
    summary: 'Register a complaint: 접수',
    description:
      'The hub routes it to the agency that must answer. Registered again with the same `externalId`, it is changed to what is said now, whatever was said in between.',
    headers: KeyHeader,
    body: { schema: Registration, example: examples.registrationExample },
    replies: {
      201: receipt('Registered, durably.', ['Location']),
      200: { ...repeated, headers: [...repeated.headers, 'Location'] },
    },
  });
  app.post<{ Body: Registration }>('/complaints', { schema }, async (request, reply) => {
    const made = await calls.registerComplaint(request.entry.caller, request.body, toWriteOptions(request));
    // The door's own path, with its prefix.
    reply.header('location', `${request.routeOptions.url}/${made.receiptNumber}`);
    return sendReceipt(reply, made, 201);
  });
}

function writeRoute(app: FastifyInstance, calls: AgencyCalls, route: WriteRoute): void {
  const { operation, method, path, schema, example, summary, description } = route;
  const made = method === 'POST' ? 201 : 200;
  app.route<OfComplaint>({
    method,
    url: `/complaints/:receiptNumber/${path}`,
    schema: describe({
      operation,
      summary,
      tag: 'complaints',
      params: ReceiptParams,
      headers: WriteHeaders,
      ...(description && { description }),
      body: { schema, example },
      replies: { 200: repeated, ...(made === 201 && { 201: receipt('Taken in, durably.') }) },
      problems: [404, 412],
    }),
    handler: async (request, reply) => {
      const { receiptNumber } = request.params;
      const { caller } = request.entry;
      const done = await calls[operation](
        caller,
        receiptNumber,
        request.body as never,
        toWriteOptions(request),
      );
      return sendReceipt(reply, done, made);
    },
  });
}

function readRoutes(app: FastifyInstance, calls: AgencyCalls): void {
  const get = describe({
    operation: 'getComplaint',
    tag: 'complaints',
    summary: 'Read a complaint',
    params: ReceiptParams,
    headers: ReadHeaders,
    replies: {
      200: {
        description: 'As it stands now. Its ETag is for If-Match and If-None-Match.',
        headers: ['ETag'],
        schema: Complaint,
        example: examples.complaintExample,
      },
      304: { description: 'You have it as it stands now.', headers: ['ETag'], nothing: true },
    },
    problems: [404],
  });
  app.get<OfComplaint>('/complaints/:receiptNumber', { schema: get }, async (request, reply) => {
    const complaint = await calls.getComplaint(request.entry.caller, request.params.receiptNumber);
    const known = readTags('If-None-Match', request.headers['if-none-match']);
    reply.header('etag', toETag(complaint.lastSeq));
    return isHeld(known, complaint.lastSeq) ? reply.status(304).send() : complaint;
  });

  clockRoute(app, calls);
  contributionRoutes(app, calls);
  consentRoutes(app, calls);
  const list = describe({
    operation: 'listEvents',
    tag: 'complaints',
    params: ReceiptParams,
    summary: 'Everything that happened to a complaint, with its answers and follow-ups',
    replies: {
      200: {
        description: 'Oldest first.',
        schema: Type.Object({ events: Type.Array(AgencyEvent) }, { additionalProperties: false }),
        example: examples.eventsExample,
      },
    },
    problems: [404],
  });
  app.get<OfComplaint>('/complaints/:receiptNumber/events', { schema: list }, async (request) => ({
    events: await calls.listEvents(request.entry.caller, request.params.receiptNumber),
  }));
}

function clockRoute(app: FastifyInstance, calls: AgencyCalls): void {
  const schema = describe({
    operation: 'getClock',
    tag: 'complaints',
    params: ReceiptParams,
    summary: 'Where its statutory clock stands now, and why: 처리기간',
    description:
      'Counted from the history, by the calendar, the periods and the office hours in force at the agency that answers. Each line is a step, with what it did to the deadline and the article that says so.',
    replies: {
      200: { description: 'As of now.', schema: StatutoryClock, example: examples.clockExample },
    },
    problems: [404],
  });
  app.get<OfComplaint>('/complaints/:receiptNumber/clock', { schema }, (request) =>
    calls.getClock(request.entry.caller, request.params.receiptNumber),
  );
}

function searchRoute(app: FastifyInstance, calls: AgencyCalls): void {
  const schema = describe({
    operation: 'searchComplaints',
    tag: 'complaints',
    query: Search,
    summary: 'Search among the complaints that your agency has a part in',
    description: 'Newest first. The next and the previous page are named by Link headers (RFC 8288).',
    replies: {
      200: {
        description: 'One page.',
        headers: ['Link'],
        schema: SearchResult,
        example: examples.searchExample,
      },
    },
  });
  app.get<{ Querystring: Search }>('/complaints', { schema }, async (request, reply) => {
    const found = await calls.searchComplaints(request.entry.caller, request.query);
    sendLinks(request, reply, [
      ['next', found.next && { after: found.next }],
      ['prev', found.previous && { before: found.previous }],
    ]);
    return found;
  });
}

/** Links to the same search at another place (RFC 8288). */
export function sendLinks(
  request: FastifyRequest,
  reply: FastifyReply,
  links: [rel: string, place: Record<string, string> | '' | undefined][],
): void {
  const { after: _after, before: _before, ...rest } = request.query as Record<string, unknown>;
  const targets = links.flatMap(([rel, place]) => {
    if (!place) return [];
    const query = new URLSearchParams(Object.entries({ ...rest, ...place }).map(([k, v]) => [k, String(v)]));
    return [`<${request.routeOptions.url}?${query}>; rel="${rel}"`];
  });
  if (targets.length > 0) reply.header('link', targets.join(', '));
}
