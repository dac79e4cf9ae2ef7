import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { type AuditFilter, listAudit } from '../../../access/audit/audit.ts';
import type { AdminDoorDependencies } from './admin-dependencies.ts';
import { examples } from './admin-examples.ts';
import { AuditList } from './admin-schemas.ts';
import { linkNext } from './answer-change.ts';
import { describeAdmin } from './describe-admin.ts';

const pageSize = 50;
const word = (description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: 100, description }));

/** Route of the audit log: who changed what, whichever way it came. */
export function auditRoute(app: FastifyInstance, { store }: AdminDoorDependencies): void {
  const options = describeAdmin({
    operation: 'listAudit',
    tag: 'audit',
    summary: 'Who changed what, newest first',
    description: `${pageSize} on a page.`,
    query: Type.Object({
      agency: word('Only what concerns this agency'),
      actor: word('Only what this person did, also by programs'),
      action: word('Only this, for example configuration.changed'),
      before: Type.Optional(
        Type.String({ pattern: '^[1-9][0-9]{0,17}$', description: 'The id of the last one that you have' }),
      ),
    }),
    replies: {
      200: {
        description: 'A page',
        headers: ['Link'],
        media: { 'application/json': { schema: AuditList, example: examples.audit } },
      },
    },
  });
  app.get<{ Querystring: AuditFilter }>('/audit', options, async (request, reply) => {
    const found = await listAudit(store, request.query, pageSize + 1);
    const entries = found.slice(0, pageSize);
    const last = entries.at(-1);
    if (found.length > pageSize && last) linkNext(request, reply, { before: last.id });
    return { entries };
  });
}
