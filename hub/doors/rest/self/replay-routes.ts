import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import {
  OneReplay,
  OwnReplay,
  OwnReplayPreview,
  PlaceQuery,
  pageOf,
  ReplayOrder,
  ReplayQuery,
  ReplayState,
  Started,
} from '../../../../schemas/calls/self-calls.ts';
import type { Engineer } from '../../../engineer/engineer.ts';
import { toOwnFilter } from '../../../engineer/own-replays.ts';
import type { ReplayEntry } from '../../../exchange/replay/read-replays.ts';
import { KeyHeader } from '../../json/write-headers.ts';
import { describe } from '../describe.ts';
import { KeyParams } from './key-routes.ts';
import { oneReplayExample, replayExample } from './self-examples.ts';
import { MatchHeaders, sendTagged, tagged, toExpect } from './tagged.ts';
import { type Body, type PlaceAsked, toActor, toOnce, toPageReply, toPlace } from './to-self.ts';

const usualPace = 60;
type Filter = Parameters<typeof toOwnFilter>[0];

/** Deliveries to the agency's own board, repeated. */
export function replayRoutes(app: FastifyInstance, engineer: Engineer): void {
  const preview = describe({
    operation: 'previewReplay',
    tag: 'self',
    summary: 'What a replay would bring your board: 재전송 미리 보기',
    query: Type.Object(ReplayQuery),
    replies: {
      200: {
        description: 'Nothing is sent.',
        schema: OwnReplayPreview,
        example: { complaints: 3, events: 7, mayDouble: false },
      },
    },
  });
  app.get<{ Querystring: Filter }>('/self/replays/preview', { schema: preview }, async (request) => {
    const { agency } = toActor(request, 'previewReplay');
    const found = await engineer.replays.preview(agency, toOwnFilter(request.query), {});
    const mayDouble = found.agencies.some((one) => one.mayDouble);
    return { complaints: found.links, events: found.events, mayDouble };
  });

  const list = describe({
    operation: 'listReplays',
    tag: 'self',
    summary: 'Replays to your board and how far they are',
    query: Type.Object(PlaceQuery),
    headers: tagged.headers,
    replies: {
      200: {
        description: 'Newest first.',
        headers: ['ETag'],
        schema: pageOf(OwnReplay),
        example: { items: [replayExample] },
      },
      ...tagged.notModified,
    },
  });
  app.get<{ Querystring: PlaceAsked }>('/self/replays', { schema: list }, async (request, reply) => {
    const { agency } = toActor(request, 'listReplays');
    const page = await engineer.replays.list(agency, toPlace(request.query));
    return sendTagged(request, reply, toPageReply(page, toOwnReplay));
  });
  getRoute(app, engineer);
  startRoute(app, engineer);
  stateRoute(app, engineer);
}

function getRoute(app: FastifyInstance, engineer: Engineer): void {
  const schema = describe({
    operation: 'getReplay',
    tag: 'self',
    summary: 'One of your replays: 재전송 하나',
    description:
      'Without how far it is, which stands in `listReplays`. Its ETag is for If-Match of `changeReplay`.',
    params: KeyParams,
    headers: tagged.headers,
    replies: {
      200: { description: 'The replay.', headers: ['ETag'], schema: OneReplay, example: oneReplayExample },
      ...tagged.notModified,
    },
    problems: [404],
  });
  app.get<{ Params: { id: string } }>('/self/replays/:id', { schema }, async (request, reply) => {
    const { agency } = toActor(request, 'getReplay');
    return sendTagged(request, reply, await engineer.replays.find(agency, request.params.id));
  });
}

function startRoute(app: FastifyInstance, engineer: Engineer): void {
  const schema = describe({
    operation: 'startReplay',
    tag: 'self',
    summary: 'Bring your board again what it lost: 재전송',
    description:
      'Preview it first. `mayDouble` accepts that a board which cannot be asked may hold it twice.',
    headers: KeyHeader,
    body: { schema: ReplayOrder, example: { from: '2026-11-20T00:00:00+09:00', perMinute: 60 } },
    replies: {
      201: { description: 'It is under way.', schema: Started, example: { id: replayExample.id } },
      200: {
        description: 'It was started under this Idempotency-Key before.',
        schema: Started,
        example: { id: replayExample.id },
      },
    },
    problems: [409],
  });
  app.post<Body<typeof ReplayOrder>>('/self/replays', { schema }, async (request, reply) => {
    const actor = toActor(request, 'startReplay');
    const { perMinute = usualPace, mayDouble = false, ...filter } = request.body;
    const order = { filter: toOwnFilter(filter), perMinute, mayDouble };
    const done = await engineer.change(
      actor,
      { action: 'replay_start', subject: actor.agency },
      async () => ({ id: await engineer.replays.start(actor, order) }),
      toOnce(request, 'startReplay', (started: { id: string }) => started),
    );
    return reply.status(done.isRepeated ? 200 : 201).send(done.result);
  });
}

const actions = { paused: 'pause', running: 'resume', cancelled: 'cancel' } as const;

function stateRoute(app: FastifyInstance, engineer: Engineer): void {
  const schema = describe({
    operation: 'changeReplay',
    tag: 'self',
    summary: 'Pause it, go on, or end it',
    params: KeyParams,
    headers: MatchHeaders,
    body: { schema: ReplayState, example: { state: 'paused' } },
    replies: { 204: { description: 'So it is now.', nothing: true } },
    problems: [404, 409, 412],
  });
  app.put<{ Params: { id: string } } & Body<typeof ReplayState>>(
    '/self/replays/:id/state',
    { schema },
    async (request, reply) => {
      const actor = toActor(request, 'changeReplay');
      const { id } = request.params;
      const action = actions[request.body.state];
      await engineer.change(actor, { action: `replay_${action}`, subject: id }, () =>
        engineer.replays.change(actor, id, action, toExpect(request)),
      );
      return reply.status(204).send();
    },
  );
}

const toOwnReplay = ({ filter: _own, links, ...replay }: ReplayEntry) => ({ ...replay, complaints: links });
