import type { FastifyInstance } from 'fastify';
import { OneWebhook, WebhookChanged, WebhookWish } from '../../../../schemas/calls/self-calls.ts';
import type { Engineer } from '../../../engineer/engineer.ts';
import { describe } from '../describe.ts';
import { oneWebhookExample } from './self-examples.ts';
import { MatchHeaders, sendTagged, tagged, toExpect } from './tagged.ts';
import { type Body, toActor } from './to-self.ts';
import { WebhookParams } from './webhook-routes.ts';

type OfWebhook = { Params: { name: string } };
const example = { secret: 'whsec_…', isProposed: false };
const changed = {
  200: { description: 'It is in force within seconds, or proposed.', schema: WebhookChanged, example },
};

/** The agency's endpoints as part of its configuration: made, moved, given a new secret, removed. */
export function webhookSettingsRoutes(app: FastifyInstance, { webhookSettings }: Engineer): void {
  getRoute(app, webhookSettings);

  const put = describe({
    operation: 'putWebhook',
    tag: 'self',
    summary: 'Make a webhook or change it: 웹훅 만들기',
    description:
      'The hub makes and keeps the secret of a new one. With another address, what an administrator allowed for the old one (networks, credentials) is gone. It is a version of your configuration, and administrators see who made it.',
    params: WebhookParams,
    headers: MatchHeaders,
    body: { schema: WebhookWish, example: { url: 'https://stats.example.kr/minwon', events: ['answered'] } },
    replies: changed,
    problems: [409, 412],
  });
  app.put<OfWebhook & Body<typeof WebhookWish>>('/self/webhooks/:name', { schema: put }, (request) =>
    webhookSettings.put(toActor(request, 'putWebhook'), request.params.name, request.body, toExpect(request)),
  );

  const renew = describe({
    operation: 'renewWebhookSecret',
    tag: 'self',
    summary: 'A new secret beside the newest one: 웹훅 비밀 교체',
    description: 'Both sign until the next renewal, so that your program can change over at any time.',
    params: WebhookParams,
    headers: MatchHeaders,
    replies: changed,
    problems: [404, 409, 412, 413, 415],
  });
  app.post<OfWebhook>('/self/webhooks/:name/secret', { schema: renew }, (request) =>
    webhookSettings.renewSecret(
      toActor(request, 'renewWebhookSecret'),
      request.params.name,
      toExpect(request),
    ),
  );

  const remove = describe({
    operation: 'removeWebhook',
    tag: 'self',
    summary: 'Remove a webhook: 웹훅 없애기',
    description: 'What waits for it is lost.',
    params: WebhookParams,
    headers: MatchHeaders,
    replies: { 200: { ...changed[200], example: { isProposed: false } } },
    problems: [404, 409, 412, 413, 415],
  });
  app.delete<OfWebhook>('/self/webhooks/:name', { schema: remove }, (request) =>
    webhookSettings.remove(toActor(request, 'removeWebhook'), request.params.name, toExpect(request)),
  );
}

function getRoute(app: FastifyInstance, webhookSettings: Engineer['webhookSettings']): void {
  const schema = describe({
    operation: 'getWebhook',
    tag: 'self',
    summary: 'What may be changed of a webhook: 웹훅 설정',
    description:
      'As it is in force now; how it fares stands in `listWebhooks`. Its ETag is for If-Match of the calls that change it.',
    params: WebhookParams,
    headers: tagged.headers,
    replies: {
      200: {
        description: 'Its settings.',
        headers: ['ETag'],
        schema: OneWebhook,
        example: oneWebhookExample,
      },
      ...tagged.notModified,
    },
    problems: [404],
  });
  app.get<OfWebhook>('/self/webhooks/:name', { schema }, async (request, reply) => {
    const { agency } = toActor(request, 'getWebhook');
    return sendTagged(request, reply, await webhookSettings.find(agency, request.params.name));
  });
}
