import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import {
  OwnWebhook,
  PlaceQuery,
  pageOf,
  ResendWish,
  Resent,
  WebhookCall,
  WebhookTest,
} from '../../../../schemas/calls/self-calls.ts';
import type { EndpointAttemptEntry } from '../../../engineer/attempts.ts';
import type { Engineer } from '../../../engineer/engineer.ts';
import type { OwnEndpoint, ResendWish as Wish } from '../../../engineer/own-endpoints.ts';
import { lifetimeOf } from '../../../http/request-lifetime.ts';
import { KeyHeader } from '../../json/write-headers.ts';
import { describe } from '../describe.ts';
import { webhookCallExample, webhookExample, webhookTestExample } from './self-examples.ts';
import { sendTagged, tagged } from './tagged.ts';
import { type Body, type PlaceAsked, toActor, toOnce, toPageReply, toPlace, toReason } from './to-self.ts';

export const WebhookParams = Type.Object({
  name: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,31}$', examples: ['statistics'] }),
});
type OfWebhook = { Params: { name: string } };

/** The agency's endpoints: how each fares, a test, each call, telling again, holding back. */
export function webhookRoutes(app: FastifyInstance, engineer: Engineer): void {
  const list = describe({
    operation: 'listWebhooks',
    tag: 'self',
    summary: 'Your webhooks and how each fares: 웹훅',
    headers: tagged.headers,
    replies: {
      200: {
        description: 'By name.',
        headers: ['ETag'],
        schema: pageOf(OwnWebhook),
        example: { items: [webhookExample] },
      },
      ...tagged.notModified,
    },
  });
  app.get('/self/webhooks', { schema: list }, async (request, reply) => {
    const endpoints = await engineer.endpoints.list(toActor(request, 'listWebhooks').agency);
    return sendTagged(request, reply, { items: endpoints.map(toOwnWebhook) });
  });
  testRoute(app, engineer);
  callsRoute(app, engineer);
  resendRoute(app, engineer);
  pauseRoutes(app, engineer);
}

function testRoute(app: FastifyInstance, engineer: Engineer): void {
  const schema = describe({
    operation: 'testWebhook',
    tag: 'self',
    summary: 'Send a test: 시험 전송',
    description:
      'A signed delivery of a CloudEvent `….ping.v1` that says nothing of any complaint. The call is held until your program has answered or the time-out is over.',
    params: WebhookParams,
    replies: {
      200: { description: 'How it ended.', schema: WebhookTest, example: webhookTestExample },
    },
    problems: [404, 409, 413, 415],
  });
  app.post<OfWebhook>('/self/webhooks/:name/test', { schema }, async (request, reply) => {
    const actor = toActor(request, 'testWebhook');
    const test = await engineer.endpoints.test(actor, request.params.name, lifetimeOf(reply).ended);
    return { ...test, reason: toReason(test.reason) };
  });
}

function callsRoute(app: FastifyInstance, engineer: Engineer): void {
  const schema = describe({
    operation: 'listWebhookCalls',
    tag: 'self',
    summary: 'Each call to a webhook: 전달 기록',
    description: 'Newest first, for 90 days; tests too.',
    params: WebhookParams,
    query: Type.Object({ ...PlaceQuery, failed: Type.Optional(Type.Literal('true')) }),
    replies: {
      200: {
        description: 'One page.',
        schema: pageOf(WebhookCall),
        example: { items: [webhookCallExample] },
      },
    },
    problems: [404],
  });
  app.get<OfWebhook & { Querystring: PlaceAsked & { failed?: 'true' } }>(
    '/self/webhooks/:name/calls',
    { schema },
    async (request) => {
      const { agency } = toActor(request, 'listWebhookCalls');
      const filter = { failed: request.query.failed === 'true' };
      const page = await engineer.endpoints.attempts(
        agency,
        request.params.name,
        filter,
        toPlace(request.query),
      );
      return toPageReply(page, toWebhookCall);
    },
  );
}

function resendRoute(app: FastifyInstance, engineer: Engineer): void {
  const schema = describe({
    operation: 'resendWebhook',
    tag: 'self',
    summary: 'Tell a webhook again: 다시 보내기',
    description: 'Under the same `webhook-id`, so that a receiver takes nothing twice.',
    params: WebhookParams,
    headers: KeyHeader,
    body: { schema: ResendWish, example: { failedSince: '2026-11-20T09:00:00+09:00' } },
    replies: {
      200: { description: 'How many events are told again.', schema: Resent, example: { events: 12 } },
    },
    problems: [404],
  });
  app.post<OfWebhook & Body<typeof ResendWish>>(
    '/self/webhooks/:name/resend',
    { schema },
    async (request) => {
      const actor = toActor(request, 'resendWebhook');
      const { name: endpoint } = request.params;
      const what = toWish(request.body);
      const { result } = await engineer.change(
        actor,
        { action: 'webhook_resend', subject: endpoint },
        (client) => engineer.endpoints.resend(client, actor, { endpoint, what }),
        toOnce(request, 'resendWebhook', (events: number) => events),
      );
      engineer.endpoints.look(actor.agency, endpoint);
      return { events: result };
    },
  );
}

function toWish({ delivery, failedSince, allSince }: Body<typeof ResendWish>['Body']): Wish {
  if (delivery !== undefined) return { delivery };
  return failedSince !== undefined
    ? { failedSince: new Date(failedSince) }
    : { allSince: new Date(allSince ?? 0) };
}

function pauseRoutes(app: FastifyInstance, engineer: Engineer): void {
  const rows = [
    ['PUT', 'pauseWebhook', 'pause', 'Hold a webhook back: 일시 중지'],
    ['DELETE', 'resumeWebhook', 'resume', 'Go on with a webhook: 재개'],
  ] as const;
  for (const [method, operation, action, summary] of rows)
    app.route<OfWebhook>({
      method,
      url: '/self/webhooks/:name/pause',
      schema: describe({
        operation,
        tag: 'self',
        summary,
        description: 'What happens meanwhile waits, and is told in order afterwards.',
        params: WebhookParams,
        replies: { 204: { description: 'So it is now.', nothing: true } },
        problems: [404, 413, 415],
      }),
      handler: async (request, reply) => {
        const actor = toActor(request, operation);
        const { name: endpoint } = request.params;
        await engineer.change(actor, { action: `webhook_${action}`, subject: endpoint }, (client) =>
          engineer.endpoints[action](client, actor, { endpoint }),
        );
        engineer.endpoints.look(actor.agency, endpoint);
        return reply.status(204).send();
      },
    });
}

const toOwnWebhook = ({ agency: _own, endpoint, closedUntil, lastError, ...row }: OwnEndpoint) => ({
  name: endpoint,
  ...row,
  leftAloneUntil: closedUntil,
  lastError: toReason(lastError),
});

const toWebhookCall = ({ askedBy, reason, ...call }: EndpointAttemptEntry) => ({
  ...call,
  testBy: askedBy,
  reason: toReason(reason),
});
