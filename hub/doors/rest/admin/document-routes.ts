import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { compile, OneOf } from '../../../../schemas/index.ts';
import { type DocumentKey, type DocumentKind, documentKinds } from '../../../configuration/document.ts';
import { listDocuments } from '../../../configuration/list-documents.ts';
import { readDocument } from '../../../configuration/read-document.ts';
import { toShownSource } from '../../../configuration/secrecy/shown-source.ts';
import { findInForce } from '../../../configuration/versions.ts';
import { Refusal } from '../../../http/problem.ts';
import { mustPass } from '../../calls/agency-calls.ts';
import { isHeld, readTags, toETag } from '../../json/entity-tags.ts';
import type { AdminDoorDependencies } from './admin-dependencies.ts';
import { examples } from './admin-examples.ts';
import * as shapes from './admin-schemas.ts';
import { answerChange, linkNext, toKey } from './answer-change.ts';
import { describeAdmin } from './describe-admin.ts';

const pageSize = 200;
const ListQuery = Type.Object({
  kind: Type.Optional(OneOf(documentKinds, { description: 'Only of this kind' })),
  after: Type.Optional(
    Type.String({
      pattern: '^[a-z]+~.{1,100}$',
      description: 'Kind, ~ and name of the last one that you have',
    }),
  ),
});
const json = (schema: Parameters<typeof Type.Optional>[0], example: unknown) => ({
  'application/json': { schema, example },
});
const text = Type.String();

/** Routes of single documents: what is in force, and changing it. */
export function documentRoutes(app: FastifyInstance, dependencies: AdminDoorDependencies): void {
  listRoute(app, dependencies);
  readRoute(app, dependencies);
  putRoute(app, dependencies);
  deleteRoute(app, dependencies);
}

function listRoute(app: FastifyInstance, { store }: AdminDoorDependencies): void {
  const options = describeAdmin({
    operation: 'listDocuments',
    tag: 'documents',
    summary: 'What is in force, without texts',
    description: `By kind and name, ${pageSize} on a page.`,
    query: ListQuery,
    replies: {
      200: {
        description: 'A page',
        headers: ['Link'],
        media: json(shapes.DocumentList, examples.documents),
      },
    },
  });
  app.get<{ Querystring: { kind?: DocumentKind; after?: string } }>(
    '/documents',
    options,
    async (request, reply) => {
      const { kind, after } = request.query;
      const found = await listDocuments(store.db, { kind, after: toPlace(after) }, pageSize + 1);
      const documents = found.slice(0, pageSize);
      const last = documents.at(-1);
      if (found.length > pageSize && last) linkNext(request, reply, { after: `${last.kind}~${last.name}` });
      return { documents };
    },
  );
}

function toPlace(after: string | undefined): DocumentKey | undefined {
  if (after === undefined) return undefined;
  const at = after.indexOf('~');
  return { kind: after.slice(0, at) as DocumentKind, name: after.slice(at + 1) };
}

function readRoute(app: FastifyInstance, { store }: AdminDoorDependencies): void {
  const options = describeAdmin({
    operation: 'getDocument',
    tag: 'documents',
    summary: 'One document in force',
    description:
      'As JSON; as the text itself where Accept names application/yaml or text/plain and not application/json.',
    params: shapes.DocumentParams,
    headers: Type.Object({
      'if-none-match': Type.Optional(
        Type.String({ description: 'The ETag of what you have: 304 if it is still so' }),
      ),
    }),
    replies: {
      200: {
        description: 'The document',
        headers: ['ETag'],
        media: {
          ...json(shapes.Document, examples.document),
          'application/yaml': { schema: text, example: examples.source },
          'text/plain': { schema: text, example: examples.template },
        },
      },
      304: { description: 'What you have is in force', headers: ['ETag'] },
    },
    problems: [400, 404],
  });
  app.get<{ Params: DocumentKey }>('/documents/:kind/:name', options, async (request, reply) => {
    const key = toKey(request.params);
    const found = await findInForce(store.db, key);
    if (!found) throw new Refusal('not-found', `there is no ${key.kind} ${key.name} in force`);
    reply.header('etag', toETag(found.version));
    const held = readTags('If-None-Match', request.headers['if-none-match']);
    if (isHeld(held, found.version)) return reply.status(304).send();
    const source = toShownSource(found);
    if (wantsText(request)) return sendText(reply, key.kind, source);
    const { kind, name, version, author, appliedAt } = found;
    const value = kind === 'template' ? {} : { value: readDocument(key, source).document.body };
    return reply.send({ kind, name, version, author, appliedAt, source, ...value });
  });
}

function wantsText({ headers: { accept = '' } }: FastifyRequest): boolean {
  return /application\/yaml|text\/plain/i.test(accept) && !/application\/json/i.test(accept);
}

const sendText = (reply: FastifyReply, kind: DocumentKind, source: string) =>
  reply.type(kind === 'template' ? 'text/plain; charset=utf-8' : 'application/yaml').send(source);

const changed = {
  200: {
    description: 'It is in force',
    headers: ['ETag' as const],
    media: json(shapes.Changed, examples.changed),
  },
  202: {
    description: 'It waits for a second person',
    headers: ['Location' as const],
    media: json(shapes.Changed, examples.proposed),
  },
};

function putRoute(app: FastifyInstance, dependencies: AdminDoorDependencies): void {
  const options = describeAdmin({
    operation: 'putDocument',
    tag: 'documents',
    summary: 'Bring a text into force',
    description:
      'With If-Match and the ETag of what it takes the place of, or If-None-Match: `*` where there is nothing yet; without either 428. The same text again changes nothing and makes no version.',
    params: shapes.DocumentParams,
    headers: shapes.PutHeaders,
    body: {
      ...json(shapes.DocumentText, examples.text),
      'application/yaml': { schema: text, example: examples.source },
      'text/plain': { schema: text, example: examples.template },
    },
    replies: changed,
    problems: [412, 428],
  });
  app.put<{ Params: DocumentKey; Body: unknown }>(
    '/documents/:kind/:name',
    options,
    async (request, reply) => {
      const { source, note } = readText(request.body);
      return answerChange(dependencies, request, reply, { ...toKey(request.params), source }, note);
    },
  );
}

const checkText = compile(shapes.DocumentText);

/** The text by itself, or with a note in JSON. Also checks what came without a media type. Errors: Refusal. */
function readText(body: unknown): { source: string; note?: string } {
  return typeof body === 'string' ? { source: body } : mustPass(checkText(body));
}

function deleteRoute(app: FastifyInstance, dependencies: AdminDoorDependencies): void {
  const options = describeAdmin({
    operation: 'deleteDocument',
    tag: 'documents',
    summary: 'Take a document out of force',
    description: 'With If-Match. An agency that still has work stays (409).',
    params: shapes.DocumentParams,
    headers: shapes.WriteHeaders,
    replies: changed,
    problems: [400, 404, 409, 412, 428],
  });
  app.delete<{ Params: DocumentKey }>('/documents/:kind/:name', options, (request, reply) =>
    answerChange(dependencies, request, reply, { ...toKey(request.params), source: null }, undefined),
  );
}
