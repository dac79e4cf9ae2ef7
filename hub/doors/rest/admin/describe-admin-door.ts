import swagger from '@fastify/swagger';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { toDescribedUrl } from '../../../http/base-url.ts';
import { nameComponents } from '../name-components.ts';
import { adminHeaders } from './admin-headers.ts';
import { AdminProblemDetails } from './admin-problem.ts';
import { adminProblemComponents, adminProblemReplies } from './admin-problem-replies.ts';
import * as shapes from './admin-schemas.ts';
import { adminPath } from './answer-change.ts';
import { Invitation, OneUser, UserList } from './people/user-schemas.ts';

const intro = `민원 허브의 구성을 프로그램으로 관리하는 API입니다. / For pipelines of the hub's administrators.

- **인증 / Credentials**: \`Authorization: Bearer mwa_…\`, made by \`hub user key\`. It acts in the name of its account and ends with it.
- **동시 변경 / Two at once**: a change says by If-Match which version it changes; 412 means that somebody was faster, 428 that nothing was said.
- **재전송 / Sending again** is safe: what is so already makes no version.
- **두 사람 확인 / Four eyes**: where the hub asks for a second person, a change is answered by 202 and waits as a proposal.
- **오류 / Problems**: \`application/problem+json\` (RFC 9457); \`errors[]\` names document, line and JSON pointer.`;

/** Schemas that generated clients should know by name. */
const named = {
  DocumentSummary: shapes.DocumentSummary,
  DocumentList: shapes.DocumentList,
  Document: shapes.Document,
  DocumentText: shapes.DocumentText,
  DocumentChanged: shapes.DocumentChanged,
  Changed: shapes.Changed,
  PlanOrder: shapes.PlanOrder,
  Plan: shapes.Plan,
  VersionSummary: shapes.VersionSummary,
  VersionList: shapes.VersionList,
  Version: shapes.OneVersion,
  Note: shapes.NoteOnly,
  Configuration: shapes.WholeConfiguration,
  ConfigurationOrder: shapes.WholeOrder,
  ProposalList: shapes.ProposalList,
  Proposal: shapes.OneProposal,
  AuditList: shapes.AuditList,
  BoardList: shapes.BoardList,
  BoardCheck: shapes.BoardCheck,
  User: OneUser,
  UserList,
  Invitation,
  OwnKey: shapes.OwnKey,
  Problem: AdminProblemDetails,
};

const naming = {
  schemas: named,
  problemReplies: adminProblemReplies,
  problemComponents: adminProblemComponents,
  headerComponents: adminHeaders,
};

/** Makes the door's own OpenAPI 3.1 document. Agencies have no use for it: it is served to callers with a key. */
export async function describeAdminDoor(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: '민원 허브 관리 API / minwon-hub administration',
        version: '1.0.0',
        description: intro,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      tags: [
        { name: 'documents', description: '구성 문서 / Agencies, routing, clock and templates, one by one' },
        { name: 'configuration', description: '구성 전체 / All of them at once' },
        { name: 'proposals', description: '두 사람 확인 / Changes that wait for a second person' },
        { name: 'audit', description: '변경 기록 / Who changed what' },
        { name: 'boards', description: '게시판 상태 / How the boards are doing' },
        { name: 'users', description: '사용자 / The people who may sign in' },
        { name: 'key', description: '키 / The key that calls' },
      ],
      components: {
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer', description: "An administrator's key mwa_…" },
        },
      },
      security: [{ key: [] }],
    },
    transformObject: (document) =>
      'openapiObject' in document
        ? nameComponents(document.openapiObject, undefined, naming)
        : document.swaggerObject,
  });
}

/** Serves the document. Call it where only callers with a key come. */
export function documentRoute(app: FastifyInstance, publicUrl: string | undefined): void {
  const schema = { hide: true } as object;
  app.get('/openapi.json', { schema }, async (request: FastifyRequest) => {
    const document = app.swagger() as { info: object };
    const base = toDescribedUrl(publicUrl, request);
    const contact = { name: '민원 허브 운영자 / The operator of this hub', url: `${base}${adminPath}` };
    return {
      ...document,
      info: { ...document.info, contact },
      servers: [{ url: base, description: '이 허브 / This hub' }],
    };
  });
}
