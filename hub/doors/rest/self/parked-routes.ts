import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import {
  ItemRetried,
  ItemRetry,
  OwnParkedEvent,
  OwnParkedItem,
  PlaceQuery,
  pageOf,
} from '../../../../schemas/calls/self-calls.ts';
import type { ParkedItem, ParkedLink } from '../../../complaints/reading/read-operations.ts';
import type { Engineer } from '../../../engineer/engineer.ts';
import { describe } from '../describe.ts';
import { KeyParams } from './key-routes.ts';
import { parkedEventExample, parkedItemExample } from './self-examples.ts';
import { sendTagged, tagged } from './tagged.ts';
import {
  type Body,
  type PlaceAsked,
  toActor,
  toPageReply,
  toPlace,
  toProblems,
  toReason,
} from './to-self.ts';

type OfItem = { Params: { id: string } };
type Asked = { Querystring: PlaceAsked };
const query = Type.Object(PlaceQuery);

/** What could not be taken in from the agency's board, and what its board refuses. */
export function parkedRoutes(app: FastifyInstance, engineer: Engineer): void {
  itemRoutes(app, engineer);
  retryRoute(app, engineer);

  const list = describe({
    operation: 'listParkedEvents',
    tag: 'self',
    summary: 'Events that your board refuses: 게시판이 거절한 사건',
    description: 'The oldest complaint first; `seq` is the event that waits.',
    query,
    headers: tagged.headers,
    replies: {
      ...tagged.notModified,
      200: {
        description: 'One page.',
        headers: ['ETag'],
        schema: pageOf(OwnParkedEvent),
        example: { items: [parkedEventExample] },
      },
    },
  });
  app.get<Asked>('/self/parked/events', { schema: list }, async (request, reply) => {
    const { agency } = toActor(request, 'listParkedEvents');
    const page = await engineer.parked.links(agency, toPlace(request.query));
    return sendTagged(request, reply, toPageReply(page, toParkedEvent));
  });

  const retry = describe({
    operation: 'retryParkedEvent',
    tag: 'self',
    summary: 'Deliver it again: 다시 전달',
    params: KeyParams,
    replies: { 204: { description: 'It is delivered again.', nothing: true } },
    problems: [404, 409, 413, 415],
  });
  app.post<OfItem>('/self/parked/events/:id/retry', { schema: retry }, async (request, reply) => {
    const actor = toActor(request, 'retryParkedEvent');
    const { id } = request.params;
    await engineer.change(actor, { action: 'parked_retry', subject: id }, () =>
      engineer.parked.retryLink(actor, id),
    );
    return reply.status(204).send();
  });
}

function itemRoutes(app: FastifyInstance, engineer: Engineer): void {
  const list = describe({
    operation: 'listParkedItems',
    tag: 'self',
    summary: 'What came from your board and cannot be applied: 보류된 글',
    description: 'Newest first.',
    query,
    headers: tagged.headers,
    replies: {
      ...tagged.notModified,
      200: {
        description: 'One page.',
        headers: ['ETag'],
        schema: pageOf(OwnParkedItem),
        example: { items: [parkedItemExample] },
      },
    },
  });
  app.get<Asked>('/self/parked/items', { schema: list }, async (request, reply) => {
    const { agency } = toActor(request, 'listParkedItems');
    const page = await engineer.parked.items(agency, toPlace(request.query));
    return sendTagged(request, reply, toPageReply(page, toParkedItem));
  });

  const get = describe({
    operation: 'getParkedItem',
    tag: 'self',
    summary: 'One of them, with persons masked',
    params: KeyParams,
    replies: {
      200: {
        description: 'As it came in. Words are masked; codes, dates and what the problems name stay.',
        schema: OwnParkedItem,
        example: { ...parkedItemExample, body: { no: 1187, title: '가가 가가가', state: '이관대기' } },
      },
    },
    problems: [404],
  });
  app.get<OfItem>('/self/parked/items/:id', { schema: get }, async (request) => {
    const { agency } = toActor(request, 'getParkedItem');
    const item = await engineer.parked.item(agency, request.params.id);
    return { ...toParkedItem(item), body: item.body };
  });
}

function retryRoute(app: FastifyInstance, engineer: Engineer): void {
  const schema = describe({
    operation: 'retryParkedItem',
    tag: 'self',
    summary: 'Judge it again, perhaps corrected: 다시 판정',
    description: "With today's mapping. Without `body`, it is judged as it came in.",
    params: KeyParams,
    body: { schema: ItemRetry, example: {} },
    replies: {
      200: {
        description: 'Applied, or still parked and why.',
        schema: ItemRetried,
        example: { applied: true, receiptNumber: '26-0000-4711-1', problems: [] },
      },
    },
    problems: [404, 409],
  });
  app.post<OfItem & Body<typeof ItemRetry>>('/self/parked/items/:id/retry', { schema }, async (request) => {
    const actor = toActor(request, 'retryParkedItem');
    const { id } = request.params;
    const { result } = await engineer.change(actor, { action: 'parked_retry', subject: id }, () =>
      engineer.parked.retryItem(actor, id, request.body.body),
    );
    return result.applied
      ? { ...result, problems: [] }
      : { applied: false, problems: toProblems(result.problems) };
  });
}

const toParkedItem = ({ id, source, externalId, receivedAt, problems }: ParkedItem) => ({
  ...{ id, source, externalId, receivedAt },
  problems: toProblems(problems),
});

const toParkedEvent = ({ id, receiptNumber, externalId, held, tries, lastError }: ParkedLink) => ({
  ...{ id, receiptNumber, externalId, tries },
  seq: held + 1,
  reason: toReason(lastError),
});
