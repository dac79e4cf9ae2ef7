import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { toRollback } from '../../../configuration/changes/apply.ts';
import { type PlannedChange, planChange, planRollback } from '../../../configuration/changes/plan-change.ts';
import type { DocumentKey } from '../../../configuration/document.ts';
import { toShownSource } from '../../../configuration/secrecy/shown-source.ts';
import { findVersion, listVersions } from '../../../configuration/versions.ts';
import { Refusal } from '../../../http/problem.ts';
import type { AdminDoorDependencies } from './admin-dependencies.ts';
import { examples } from './admin-examples.ts';
import { toPlace } from './admin-problem.ts';
import * as shapes from './admin-schemas.ts';
import { answerChange, linkNext, toKey } from './answer-change.ts';
import { describeAdmin } from './describe-admin.ts';

const pageSize = 100;
type VersionPath = DocumentKey & { version: string };
const toTarget = (params: VersionPath) => ({ ...toKey(params), version: Number(params.version) });
const planned = {
  200: {
    description: 'What it would do, and what stands against it',
    media: { 'application/json': { schema: shapes.Plan, example: examples.plan } },
  },
};

/** Routes that tell what a change would do, and of the versions of a document. */
export function versionRoutes(app: FastifyInstance, dependencies: AdminDoorDependencies): void {
  planRoute(app, dependencies);
  readRoutes(app, dependencies);
  rollbackRoutes(app, dependencies);
}

function planRoute(app: FastifyInstance, { store, rules }: AdminDoorDependencies): void {
  const options = describeAdmin({
    operation: 'planDocument',
    tag: 'documents',
    summary: 'Tell what a text would do; nothing is changed',
    description:
      'Every problem with its line, the places and lines that change, and who changed it since `base`.',
    params: shapes.DocumentParams,
    body: { 'application/json': { schema: shapes.PlanOrder, example: examples.planOrder } },
    replies: planned,
  });
  app.post<{ Params: DocumentKey; Body: { source: string | null; base?: number } }>(
    '/documents/:kind/:name/plan',
    options,
    async ({ params, body }) => {
      const key = toKey(params);
      return toPlan(key, await planChange(store, { ...key, ...body }, rules));
    },
  );
}

/** As replies have it: the text in force is not said again. */
function toPlan(key: DocumentKey, { problems, inForce, moved, ...plan }: PlannedChange) {
  const merged = moved?.merged;
  return {
    ...plan,
    problems: problems.map(toPlace),
    ...(inForce && {
      inForce: { version: inForce.version, author: inForce.author, appliedAt: inForce.appliedAt },
    }),
    ...(moved && {
      moved: {
        ...moved,
        merged: merged === undefined ? undefined : toShownSource({ ...key, source: merged }),
      },
    }),
  };
}

function readRoutes(app: FastifyInstance, { store }: AdminDoorDependencies): void {
  const listed = describeAdmin({
    operation: 'listVersions',
    tag: 'documents',
    summary: 'The versions of a document, newest first',
    description: `${pageSize} on a page.`,
    params: shapes.DocumentParams,
    query: Type.Object({
      before: Type.Optional(
        Type.String({ pattern: '^[1-9][0-9]{0,17}$', description: 'From the link of the page before' }),
      ),
    }),
    replies: {
      200: {
        description: 'A page; empty: there never was such a document',
        headers: ['Link'],
        media: { 'application/json': { schema: shapes.VersionList, example: examples.versions } },
      },
    },
  });
  app.get<{ Params: DocumentKey; Querystring: { before?: string } }>(
    '/documents/:kind/:name/versions',
    listed,
    async (request, reply) => {
      const found = await listVersions(
        store.db,
        { ...toKey(request.params), ...request.query },
        pageSize + 1,
      );
      const page = found.slice(0, pageSize);
      const last = page.at(-1);
      if (found.length > pageSize && last) linkNext(request, reply, { before: last.mark });
      return { versions: page.map(({ mark: _, ...version }) => version) };
    },
  );
  const one = describeAdmin({
    operation: 'getVersion',
    tag: 'documents',
    summary: 'One version of a document',
    params: shapes.VersionParams,
    replies: {
      200: {
        description: 'The version',
        media: { 'application/json': { schema: shapes.OneVersion, example: examples.version } },
      },
    },
    problems: [404],
  });
  app.get<{ Params: VersionPath }>('/documents/:kind/:name/versions/:version', one, async ({ params }) => {
    const found = await findVersion(store.db, toTarget(params));
    if (!found) throw new Refusal('not-found', 'there is no such version');
    const { kind, name, version, author, appliedAt, body } = found;
    const source = body === null ? null : toShownSource(found);
    return { kind, name, version, author, appliedAt, source };
  });
}

function rollbackRoutes(app: FastifyInstance, dependencies: AdminDoorDependencies): void {
  const { store, rules } = dependencies;
  const plan = describeAdmin({
    operation: 'planRollback',
    tag: 'documents',
    summary: 'Tell what going back to a version would undo; nothing is changed',
    params: shapes.VersionParams,
    replies: planned,
    problems: [404],
  });
  app.get<{ Params: VersionPath }>(
    '/documents/:kind/:name/versions/:version/plan',
    plan,
    async ({ params }) => toPlan(toKey(params), await planRollback(store, toTarget(params), rules)),
  );
  const options = describeAdmin({
    operation: 'rollBack',
    tag: 'documents',
    summary: 'Bring a version into force again, as a new version',
    description: 'With If-Match, as any change.',
    params: shapes.VersionParams,
    headers: shapes.PutHeaders,
    body: { 'application/json': { schema: shapes.NoteOnly, example: examples.note } },
    replies: {
      200: {
        description: 'It is in force',
        headers: ['ETag'],
        media: { 'application/json': { schema: shapes.Changed, example: examples.changed } },
      },
      202: {
        description: 'It waits for a second person',
        headers: ['Location'],
        media: { 'application/json': { schema: shapes.Changed, example: examples.proposed } },
      },
    },
    problems: [404, 409, 412, 428],
  });
  app.post<{ Params: VersionPath; Body: { note?: string } }>(
    '/documents/:kind/:name/versions/:version/rollback',
    options,
    async (request, reply) => {
      const change = await toRollback(store, toTarget(request.params));
      return answerChange(dependencies, request, reply, change, request.body.note);
    },
  );
}
