import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { OwnAgent, OwnCall, OwnUsage, PlaceQuery, pageOf } from '../../../../schemas/calls/self-calls.ts';
import { readAgent } from '../../../exchange/agents/read-agent.ts';
import { describe } from '../describe.ts';
import type { SelfDependencies } from './self-dependencies.ts';
import { agentExample, callExample, usageExample } from './self-examples.ts';
import { type PlaceAsked, toActor, toPageReply, toPlace, toReason } from './to-self.ts';

interface CallQuery extends PlaceAsked {
  failed?: 'true';
  operation?: string;
  request?: string;
}

/** What the agency's programs and its agent did at the doors. */
export function callRoutes(app: FastifyInstance, { store, engineer, findPackage }: SelfDependencies): void {
  const list = describe({
    operation: 'listCalls',
    tag: 'self',
    summary: 'Your last 10,000 calls at all doors: 호출 기록',
    description:
      'Newest first: what was called, how it ended and how long it took, and nothing of what was said. A call is here about a second after it was answered. Calls without a valid key are not here: try those at `POST /self-test`.',
    query: Type.Object({
      ...PlaceQuery,
      failed: Type.Optional(Type.Literal('true')),
      operation: Type.Optional(Type.String({ maxLength: 100, description: '`operationId`' })),
      request: Type.Optional(Type.String({ maxLength: 128, description: 'X-Request-Id' })),
    }),
    replies: {
      200: { description: 'One page.', schema: pageOf(OwnCall), example: { items: [callExample] } },
    },
  });
  app.get<{ Querystring: CallQuery }>('/self/calls', { schema: list }, async (request) => {
    const { agency } = toActor(request, 'listCalls');
    const { failed, operation, request: named } = request.query;
    const filter = {
      failed: failed === 'true',
      ...(operation !== undefined && { operation }),
      ...(named !== undefined && { request: named }),
    };
    return toPageReply(await engineer.calls(agency, filter, toPlace(request.query)), (call) => call);
  });

  const usage = describe({
    operation: 'getUsage',
    tag: 'self',
    summary: 'Your limits and what you used: 사용량',
    description: 'The last 14 days of Asia/Seoul, by door. `limited`: told to wait (429).',
    replies: { 200: { description: 'As it is now.', schema: OwnUsage, example: usageExample } },
  });
  app.get('/self/usage', { schema: usage }, async (request) => {
    const { agency } = toActor(request, 'getUsage');
    return { agency, ...(await engineer.usage(agency)) };
  });

  const agent = describe({
    operation: 'getAgent',
    tag: 'self',
    summary: 'Your agent: 에이전트',
    replies: { 200: { description: 'What it said last.', schema: OwnAgent, example: agentExample } },
  });
  app.get('/self/agent', { schema: agent }, async (request) => {
    const { agency } = toActor(request, 'getAgent');
    const told = await readAgent(store, agency);
    const { state, version, heartbeatAt, configuration, oldest, readAt, writtenAt } = told;
    const { posts = 0, changes = 0, outcomes = 0 } = told.backlog ?? {};
    return {
      ...{ state, version, heartbeatAt, configuration, oldest, readAt, writtenAt },
      newestVersion: findPackage.known()?.version ?? null,
      backlog: told.backlog && { posts, changes, outcomes },
      problem: toReason(told.problem),
      certificateExpiresAt: told.certificateExpiresAt,
    };
  });
}
