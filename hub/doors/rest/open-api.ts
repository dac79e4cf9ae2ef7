import swagger from '@fastify/swagger';
import swaggerPage from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import * as schemas from '../../../schemas/index.ts';
import { ProblemDetails } from '../../http/problem.ts';
import { webhookDescription } from './webhook-description.ts';

const intro = `공공기관 민원 시스템을 민원 허브에 연결하는 API입니다. / For the systems of public agencies.

- **인증 / Credentials**: \`Authorization: Bearer mwk_…\`. Or sign requests (RFC 9421) and send no key: see adapters/README.md.
- **시험 / Try**: \`POST self-test\` says exactly what is wrong with credentials, clock, charset and signature.
- **시각 / Times**: RFC 3339 with offset. **문자 / Text**: UTF-8.
- **오류 / Problems**: \`application/problem+json\` (RFC 9457); \`errors[].pointer\` names the field.
- **재전송 / Sending again** is safe: with the same Idempotency-Key nothing happens twice. Without one, what is so already changes nothing, and what came back after something else (A, B, A) counts.`;

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
  Problem: ProblemDetails,
};

/** The page loads no script, style or picture from elsewhere. */
const pagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

/**
 * The door's description: OpenAPI 3.1 at `/openapi.json`, made from the schemas that validate, and a page at `/docs`.
 */
export async function describeDoor(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: '민원 허브 REST API / minwon-hub REST', version: '1.0.0', description: intro },
      tags: [
        { name: 'complaints', description: '민원 / Complaints' },
        { name: 'attachments', description: '첨부 / Files' },
        { name: 'changes', description: '변경 수신 / The exchange feed' },
        { name: 'ledger', description: '대사 / Accounts' },
        { name: 'connection', description: '연결 시험 / Trying the connection' },
      ],
      components: {
        securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'API key mwk_…' } },
      },
      security: [{ key: [] }],
    },
    transformObject: (document) =>
      'openapiObject' in document ? nameSchemas(document.openapiObject) : document.swaggerObject,
  });
  await app.register(swaggerPage, {
    routePrefix: '/docs',
    // Serves the address without a slash at its end too; with one, the page's own addresses are relative.
    indexPrefix: app.prefix,
    staticCSP: pagePolicy,
    uiConfig: { docExpansion: 'list', deepLinking: true },
    theme: {
      title: '민원 허브 REST API',
      css: [{ filename: 'plain.css', content: '.swagger-ui .topbar { display: none; }' }],
    },
  });
  app.get('/openapi.json', { schema: { hide: true } as object }, async () => app.swagger());
}

/** A media type whose example is still in its schema. */
function isMedia(value: object): value is { schema: { examples: unknown[] } } {
  const { schema } = value as { schema?: { examples?: unknown } };
  return !('in' in value) && Array.isArray(schema?.examples);
}

/** Replaces each named schema by a reference, and moves examples beside them. */
function nameSchemas<D extends { components?: object; paths?: object }>(document: D): Partial<D> {
  const names = new Map(Object.entries(named).map(([name, schema]) => [JSON.stringify(schema), name]));
  const replace = (value: unknown, isRoot = false): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const name = isRoot ? undefined : names.get(JSON.stringify(value));
    if (name) return { $ref: `#/components/schemas/${name}` };
    if (Array.isArray(value)) return value.map((part) => replace(part));
    if (isMedia(value)) {
      const { examples, ...schema } = value.schema;
      return { schema: replace(schema), example: examples[0] };
    }
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, replace(part)]));
  };
  const components = Object.fromEntries(
    Object.entries(named).map(([name, schema]) => [name, replace(JSON.parse(JSON.stringify(schema)), true)]),
  );
  return {
    ...document,
    paths: replace(document.paths),
    webhooks: replace(webhookDescription),
    components: { ...document.components, schemas: components },
  };
}
