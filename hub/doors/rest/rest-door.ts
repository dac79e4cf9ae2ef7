import type { FastifyInstance, FastifyReply, FastifySchema } from 'fastify';
import type { Logger } from 'pino';
import { toDescribedUrl } from '../../http/base-url.ts';
import { Refusal, sendProblem, toRefusal } from '../../http/problem.ts';
import { toLogged } from '../../http/request-id.ts';
import { type AgencyCallsDependencies, createAgencyCalls } from '../calls/agency-calls.ts';
import { createAttachmentCalls } from '../calls/attachment-calls.ts';
import { createGetDocument } from '../calls/document-call.ts';
import type { Gate } from '../gate/gate.ts';
import type { Limits } from '../gate/limits.ts';
import { compressReplies } from '../json/content-codings.ts';
import { enterThrough } from '../json/enter.ts';
import { answerOtherMethods } from '../json/other-methods.ts';
import { readStrictJson } from '../json/strict-json.ts';
import { validateWith } from '../json/validation.ts';
import { attachmentRoutes } from './attachment-routes.ts';
import { batchRoute } from './batch-route.ts';
import { complaintRoutes } from './complaint-routes.ts';
import { announceDeprecations } from './deprecation.ts';
import { documentRoute } from './document-route.ts';
import { eventTypesRoute } from './event-types-route.ts';
import { feedRoutes } from './feed-routes.ts';
import { ledgerRoute } from './ledger-route.ts';
import { apiVersion, describeDoor } from './open-api.ts';
import { describePosts } from './posts-description.ts';
import type { SelfDependencies } from './self/self-dependencies.ts';
import { selfRoutes } from './self/self-routes.ts';
import { type SelfTestDependencies, selfTestRoute } from './self-test-route.ts';
import { subjectRequestRoutes } from './subject-request-routes.ts';

export interface RestDoorDependencies
  extends AgencyCallsDependencies,
    SelfTestDependencies,
    SelfDependencies {
  gate: Gate;
  limits: Limits;
  log: Logger;
  /** The door of posts, which stands below this one. It gives its route the schema. */
  posts(door: FastifyInstance, schema: FastifySchema): Promise<void>;
  /** The address by which callers reach the hub. Without it, the address of the request is used. */
  publicUrl?: string | undefined;
}

/** Bytes of one request's body. */
export const restBodyLimit = 1024 * 1024;

/**
 * REST for partner agencies: JSON in UTF-8, and problems as RFC 9457. It describes itself at `/openapi.json` and
 * `/docs`.
 */
export async function restDoor(app: FastifyInstance, dependencies: RestDoorDependencies): Promise<void> {
  const { gate, log } = dependencies;
  const calls = createAgencyCalls(dependencies, 'rest');

  app.setErrorHandler((error, request, reply) => {
    const refusal = toRefusal(error);
    if (!refusal) log.error({ err: error, ...toLogged(request) }, 'a request at the REST door failed');
    return sendProblem(reply, refusal ?? new Refusal('unavailable'));
  });
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, new Refusal('not-found')));
  const addOtherMethods = answerOtherMethods(app);
  readStrictJson(app, restBodyLimit);
  validateWith(app);
  compressReplies(app);
  announceDeprecations(app);
  await describeDoor(app, dependencies.publicUrl);

  await app.register(async (inside) => {
    enterThrough(inside, gate);
    complaintRoutes(inside, calls);
    documentRoute(inside, createGetDocument(dependencies, 'rest'));
    feedRoutes(inside, calls);
    batchRoute(inside, calls);
    ledgerRoute(inside, dependencies.store);
    subjectRequestRoutes(inside, dependencies);
    selfRoutes(inside, dependencies);
    await inside.register(async (files) =>
      attachmentRoutes(files, createAttachmentCalls(dependencies, 'rest')),
    );
  });
  eventTypesRoute(app);
  await app.register((door) => dependencies.posts(door, describePosts()), { prefix: '/boards' });
  await app.register(async (outside) => selfTestRoute(outside, dependencies));
  app.get('/', { schema: { hide: true } as object }, async (request, reply) =>
    sendServiceDocument(reply, toDescribedUrl(dependencies.publicUrl, request)),
  );
  addOtherMethods();
}

/** What is found at the door's own address: where its descriptions are, also as links (RFC 8631). */
function sendServiceDocument(reply: FastifyReply, base: string): FastifyReply {
  const door = `${base}/api/v1`;
  const links = [
    `<${door}/openapi.json>; rel="service-desc"; type="application/json"`,
    `<${door}/docs/>; rel="service-doc"; type="text/html"`,
  ];
  return reply.header('link', links.join(', ')).send({
    name: 'minwon-hub REST',
    version: apiVersion,
    openapi: `${door}/openapi.json`,
    documentation: `${door}/docs/`,
    selfTest: `${door}/self-test`,
  });
}
