import type { FastifyInstance } from 'fastify';
import { createKeySettling } from '../../access/keys/agent-keys.ts';
import { AttachmentError } from '../../attachments/attachment-error.ts';
import { NotBehindAgent } from '../../exchange/agents/agent-exchange.ts';
import { Refusal, sendProblem, toRefusal } from '../../http/problem.ts';
import { toLogged } from '../../http/request-id.ts';
import { toFileRefusal } from '../calls/attachment-calls.ts';
import { enterThrough } from '../json/enter.ts';
import { answerOtherMethods } from '../json/other-methods.ts';
import { readStrictJson } from '../json/strict-json.ts';
import { validateWith } from '../json/validation.ts';
import type { AgentDoorDependencies } from './agent-door-dependencies.ts';
import { configurationRoutes } from './configuration-routes.ts';
import { enrolmentRoute, keyRoute } from './enrolment-routes.ts';
import { exchangeRoutes } from './exchange-routes.ts';
import { fileRoutes } from './file-routes.ts';
import { packageRoute } from './package-route.ts';

/** Bytes of one request. Posts may be long, and many come together. */
const bodyLimit = 16 * 1024 * 1024;

/**
 * The door for agents beside boards that the hub cannot reach (schemas/calls/agent-calls.ts). The agents call, and the hub
 * answers.
 */
export async function agentDoor(app: FastifyInstance, dependencies: AgentDoorDependencies): Promise<void> {
  const { store, gate, log } = dependencies;
  const settle = createKeySettling(store);

  app.setErrorHandler((error, request, reply) => {
    const refusal = toRefusal(error) ?? toAgentRefusal(error);
    if (!refusal) log.error({ err: error, ...toLogged(request) }, 'a request at the agent door failed');
    return sendProblem(reply, refusal ?? new Refusal('unavailable'));
  });
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, new Refusal('not-found')));
  const addOtherMethods = answerOtherMethods(app);
  readStrictJson(app, bodyLimit);
  validateWith(app);

  await app.register(async (inside) => {
    enterThrough(inside, gate, { door: 'agent' });
    inside.addHook('onRequest', ({ entry }) => settle(entry.caller));
    keyRoute(inside, dependencies);
    configurationRoutes(inside, dependencies);
    exchangeRoutes(inside, dependencies.agents);
    await inside.register(async (files) => fileRoutes(files, dependencies.agents));
  });
  await app.register(async (outside) => enrolmentRoute(outside, dependencies));
  await app.register(async (shelf) => packageRoute(shelf, dependencies));
  addOtherMethods();
}

function toAgentRefusal(error: unknown): Refusal | undefined {
  if (error instanceof NotBehindAgent) return new Refusal('conflict', error.message);
  return error instanceof AttachmentError ? toFileRefusal(error) : undefined;
}
