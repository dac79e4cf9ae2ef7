import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { OneOf } from '../../../../schemas/index.ts';
import { changeWhole, type GivenDocument, planWhole } from '../../../configuration/changes/change-whole.ts';
import { toShownSource } from '../../../configuration/secrecy/shown-source.ts';
import { findNewestMark, listInForce } from '../../../configuration/versions.ts';
import { readTags } from '../../json/entity-tags.ts';
import type { AdminDoorDependencies } from './admin-dependencies.ts';
import { examples } from './admin-examples.ts';
import * as shapes from './admin-schemas.ts';
import { sendProposed, toChanged } from './answer-change.ts';
import { describeAdmin } from './describe-admin.ts';
import { mustOpen, toBy } from './let-admin-in.ts';

/** Bytes of a whole configuration, also of what a compressed one becomes. */
const bodyLimit = 16 * 1024 * 1024;

/** Routes of the whole configuration at once, for pipelines. */
export function configurationRoutes(app: FastifyInstance, dependencies: AdminDoorDependencies): void {
  const { store } = dependencies;
  const read = describeAdmin({
    operation: 'getConfiguration',
    tag: 'configuration',
    summary: 'All that is in force, with its texts',
    description: 'What `hub config export` writes.',
    replies: {
      200: {
        description: 'All documents',
        headers: ['ETag'],
        media: { 'application/json': { schema: shapes.WholeConfiguration, example: examples.configuration } },
      },
    },
  });
  app.get('/configuration', read, async (_request, reply) => {
    // The tag is asked for first: of what changes meanwhile, the caller has the newer text and the older tag.
    reply.header('etag', `"${await findNewestMark(store.db)}"`);
    const documents = await listInForce(store.db);
    return {
      documents: documents.map((document) => ({
        kind: document.kind,
        name: document.name,
        source: toShownSource(document),
      })),
    };
  });
  putRoute(app, dependencies);
}

function putRoute(app: FastifyInstance, { store, rules }: AdminDoorDependencies): void {
  const media = (example: unknown) => ({ 'application/json': { schema: shapes.Changed, example } });
  const options = describeAdmin({
    operation: 'putConfiguration',
    tag: 'configuration',
    summary: 'Bring a whole folder into force, all or nothing',
    description:
      'What is not among the documents is removed, and what is so already makes no version. If-Match is welcome and not required: what a pipeline has in Git counts. `dryRun=true` only tells what would change, and all else needs the scope `configure`.',
    query: Type.Object({
      dryRun: Type.Optional(OneOf(['true', 'false'] as const, { description: 'true: nothing is changed' })),
    }),
    headers: Type.Object({
      'if-match': Type.Optional(
        Type.String({ description: 'The ETag of the whole: 412 where anything was applied since' }),
      ),
    }),
    body: { 'application/json': { schema: shapes.WholeOrder, example: examples.whole } },
    replies: {
      200: { description: 'What changed, or would change', media: media(examples.changed) },
      202: {
        description: 'It waits for a second person, as one proposal',
        headers: ['Location'],
        media: media(examples.proposed),
      },
    },
    problems: [409, 412],
  });
  app.put<{
    Querystring: { dryRun?: 'true' | 'false' };
    Body: { documents: GivenDocument[]; note?: string };
  }>('/configuration', { ...options, bodyLimit }, async (request, reply) => {
    const { documents, note } = request.body;
    if (request.query.dryRun === 'true')
      return { outcome: 'planned', changes: (await planWhole(store, documents)).map(toChanged) };
    mustOpen(request.admin, 'configure');
    const tags = readTags('If-Match', request.headers['if-match']);
    const isExpected = (mark: string) => tags === undefined || tags === '*' || tags.includes(mark);
    const by = toBy(request.admin, note);
    const { changes, proposed } = await changeWhole(store, rules, documents, by, isExpected);
    if (proposed) return sendProposed(reply, proposed, changes);
    const outcome = changes.length > 0 ? 'applied' : 'unchanged';
    return { outcome, changes: changes.map(toChanged) };
  });
}
