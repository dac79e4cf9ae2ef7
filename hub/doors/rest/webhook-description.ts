import { WebhookEvent, WebhookPing } from '../../../schemas/index.ts';
import { webhookEventExample } from './examples.ts';

const header = (name: string, description: string) => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string' },
});

/** What an agency with the webhook has to serve itself: OpenAPI 3.1, "webhooks". */
export const webhookDescription = {
  event: {
    post: {
      operationId: 'receiveEvent',
      summary: '사건 수신 (변경 수신 대신) / An event of a complaint, or a ping: instead of the feed',
      description:
        '민원별 순서대로 옵니다. webhook-id가 같으면 같은 사건입니다. / In order per complaint; the same webhook-id is the same event. ' +
        'Signed by Standard Webhooks (standardwebhooks.com): check it before anything else. See adapters/webhook/README.md; GET /api/v1/event-types lists the kinds of event.',
      security: [],
      parameters: [
        header('webhook-id', 'the same each time that the event is sent; equal to `id`'),
        header('webhook-timestamp', 'seconds since 1970, of this attempt'),
        header(
          'webhook-signature',
          '`v1,` and the signature in base64; two with a space while secrets change',
        ),
      ],
      requestBody: {
        required: true,
        content: {
          'application/cloudevents+json': {
            schema: { anyOf: [WebhookEvent, WebhookPing], examples: [webhookEventExample] },
          },
        },
      },
      responses: {
        '2XX': {
          description: 'durably taken; `externalId`: your own id of the complaint, quoted with later events',
          content: {
            'application/json': {
              schema: {
                type: 'object',
                properties: { externalId: { type: 'string', minLength: 1, maxLength: 200 } },
              },
            },
          },
        },
        '429': { description: 'later: `Retry-After` is heeded; likewise 503' },
        '4XX': {
          description: 'refused: parked until a person has looked; the reason as application/problem+json',
        },
        '5XX': { description: 'sent again, after pauses that grow' },
      },
    },
  },
};
