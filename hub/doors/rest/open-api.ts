import swagger from '@fastify/swagger';
import swaggerPage from '@fastify/swagger-ui';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { stringify } from 'yaml';
import { toDescribedUrl } from '../../http/base-url.ts';
import { restVersions } from '../../words/rest-changes.ts';
import { nameComponents } from './name-components.ts';
import { webhookDescription } from './webhook-description.ts';

const intro = `공공기관 민원 시스템을 민원 허브에 연결하는 API입니다. / For the systems of public agencies.

- **인증 / Credentials**: \`Authorization: Bearer mwk_…\`. Or sign requests (RFC 9421) and send no key: see adapters/README.md.
- **시험 / Try**: \`POST self-test\` says exactly what is wrong with credentials, clock, charset and signature.
- **시각 / Times**: RFC 3339 with offset. **문자 / Text**: UTF-8. **파일 / Files**: a body is the file itself.
- **오류 / Problems**: \`application/problem+json\` (RFC 9457); \`errors[].pointer\` names the field, \`instance\` the request.
- **재전송 / Sending again** is safe: with the same Idempotency-Key nothing happens twice. Without one, what is so already changes nothing, and what came back after something else (A, B, A) counts.
- **요청 이름 / Naming a request**: send \`X-Request-Id\` or \`traceparent\` (W3C Trace Context); every reply has both.
- **압축 / Compression**: JSON may be sent with \`Content-Encoding: gzip\`, and comes so to those who send \`Accept-Encoding: gzip\`.
- **메서드 / Methods**: HEAD goes where GET does; OPTIONS and 405 tell by \`Allow\` what goes.
- **변경 예고 / Changes**: fields and values are added at any time: ignore what you do not know. What is given up says so by \`Deprecation\` (RFC 9745) and \`Sunset\` (RFC 8594). All of it stands in docs/rest-changes.md.`;

/** Of the document; docs/rest-changes.md tells what each brought. */
export const apiVersion = restVersions[0].version;

/** A signed request carries both headers of RFC 9421 and no key. */
const securitySchemes = {
  key: { type: 'http', scheme: 'bearer', description: 'API key mwk_…' },
  signatureInput: {
    type: 'apiKey',
    in: 'header',
    name: 'Signature-Input',
    description:
      'RFC 9421, 4.1: what is signed, `created`, and `keyid` (the id of the API key). To be covered: `@method`, the target (`@request-target`, `@target-uri`, or `@path` and `@query`), and with a body `content-digest`.',
  },
  signature: {
    type: 'apiKey',
    in: 'header',
    name: 'Signature',
    description: 'RFC 9421, 4.2: hmac-sha256 with the signing secret of the key.',
  },
  boardBasic: {
    type: 'http',
    scheme: 'basic',
    description: 'What `received.proof` of the agency names (`basic`); only where a board sends posts.',
  },
  boardHubSignature: {
    type: 'apiKey',
    in: 'header',
    name: 'X-Hub-Signature-256',
    description:
      '`sha256=` and the HMAC of the body (`received.proof`: `github`); only where a board sends posts.',
  },
  boardWebhookSignature: {
    type: 'apiKey',
    in: 'header',
    name: 'webhook-signature',
    description:
      'Standard Webhooks 1.0 (`received.proof`: `standardWebhooks`); only where a board sends posts.',
  },
} as const;

/** The page loads no script, style or picture from elsewhere. */
const pagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

/**
 * The door's description: OpenAPI 3.1 at `/openapi.json`, made from the schemas that validate, and a page at `/docs`.
 */
export async function describeDoor(app: FastifyInstance, publicUrl: string | undefined): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: '민원 허브 REST API / minwon-hub REST',
        version: apiVersion,
        description: intro,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      tags: [
        { name: 'complaints', description: '민원 / Complaints' },
        { name: 'attachments', description: '첨부 / Files' },
        { name: 'changes', description: '변경 수신 / The exchange feed' },
        { name: 'boards', description: '게시판이 직접 보내는 글 / Posts that boards send by themselves' },
        { name: 'ledger', description: '대사 / Accounts' },
        {
          name: 'subject-requests',
          description: '개인정보 열람 등 요구 / What persons ask about their own data; not at SOAP',
        },
        {
          name: 'self',
          description:
            '연계 관리 / Your own connection: keys, webhooks, calls, agent, what is parked, repeated deliveries. For keys with the scope `manage`; not at SOAP',
        },
        { name: 'connection', description: '연결 시험 / Trying the connection' },
      ],
      components: { securitySchemes },
      security: [{ key: [] }, { signatureInput: [], signature: [] }],
    },
    transformObject: (document) =>
      'openapiObject' in document
        ? nameComponents(document.openapiObject, webhookDescription)
        : document.swaggerObject,
  });
  const describeTo = (request: FastifyRequest) => toDocument(app, toDescribedUrl(publicUrl, request));
  await app.register(swaggerPage, {
    routePrefix: '/docs',
    // Serves the address without a slash at its end too; with one, the page's own addresses are relative.
    indexPrefix: app.prefix,
    staticCSP: pagePolicy,
    transformSpecification: (_document, request) => describeTo(request),
    uiConfig: { docExpansion: 'list', deepLinking: true },
    theme: {
      title: '민원 허브 REST API',
      css: [{ filename: 'plain.css', content: '.swagger-ui .topbar { display: none; }' }],
    },
  });
  const schema = { hide: true } as object;
  app.get('/openapi.json', { schema }, async (request) => describeTo(request));
  // RFC 9512.
  app.get('/openapi.yaml', { schema }, async (request, reply) =>
    reply.type('application/yaml').send(stringify(describeTo(request), { aliasDuplicateObjects: false })),
  );
}

/** The document with the addresses by which this caller reaches the hub. Clients are generated with them. */
function toDocument(app: FastifyInstance, base: string) {
  const document = app.swagger() as { info: object };
  return {
    ...document,
    info: {
      ...document.info,
      contact: { name: '민원 허브 운영자 / The operator of this hub', url: `${base}/api/v1/docs/` },
    },
    servers: [{ url: base, description: '이 허브 / This hub' }],
  };
}
