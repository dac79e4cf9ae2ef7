import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { Refusal, sendProblem, toRefusal } from '../../http/problem.ts';
import { type AgencyCallsDependencies, createAgencyCalls } from '../calls/agency-calls.ts';
import { createAttachmentCalls } from '../calls/attachment-calls.ts';
import type { Gate } from '../gate/gate.ts';
import type { Limits } from '../gate/limits.ts';
import { enterThrough } from '../json/enter.ts';
import { readStrictJson } from '../json/strict-json.ts';
import { validateWith } from '../json/validation.ts';
import { attachmentRoutes } from './attachment-routes.ts';
import { batchRoute } from './batch-route.ts';
import { complaintRoutes } from './complaint-routes.ts';
import { feedRoutes } from './feed-routes.ts';
import { ledgerRoute } from './ledger-route.ts';
import { describeDoor } from './open-api.ts';
import { type SelfTestDependencies, selfTestRoute } from './self-test-route.ts';

export interface RestDoorDependencies extends AgencyCallsDependencies, SelfTestDependencies {
  gate: Gate;
  limits: Limits;
  log: Logger;
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
    if (!refusal) log.error({ err: error, request: request.id }, 'a request at the REST door failed');
    return sendProblem(reply, refusal ?? new Refusal('unavailable'));
  });
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, new Refusal('not-found')));
  readStrictJson(app, restBodyLimit);
  validateWith(app);
  await describeDoor(app);

  await app.register(async (inside) => {
    enterThrough(inside, gate);
    complaintRoutes(inside, calls);
    feedRoutes(inside, calls);
    batchRoute(inside, calls);
    ledgerRoute(inside, dependencies.store);
    await inside.register(async (files) => attachmentRoutes(files, createAttachmentCalls(dependencies)));
  });
  await app.register(async (outside) => selfTestRoute(outside, dependencies));
}
