import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { createCallLog } from '../access/calls/call-log.ts';
import { createKeyLookup } from '../access/keys/api-keys.ts';
import { createFindBySecret } from '../access/keys/find-by-secret.ts';
import { openSigner } from '../access/keys/signing-key.ts';
import type { Attachments } from '../attachments/attachments.ts';
import type { LiveDirectory } from '../configuration/live-directory.ts';
import type { Engineer } from '../engineer/engineer.ts';
import type { AgentExchange } from '../exchange/agents/agent-exchange.ts';
import type { FindAgentPackage } from '../exchange/agents/agent-packages.ts';
import type { Boards } from '../exchange/boards/boards.ts';
import { createFeed } from '../exchange/feed/feed.ts';
import type { Accept } from '../exchange/intake/incoming.ts';
import type { TakeDelivery } from '../exchange/intake/take-delivery.ts';
import type { Rehearsals } from '../exchange/rehearsal/rehearsals.ts';
import { Refusal, sendProblem } from '../http/problem.ts';
import { toProxyCheck } from '../http/proxy-trust.ts';
import { nameRequests } from '../http/request-id.ts';
import { refuseRepeatedHeaders } from '../http/single-headers.ts';
import { reportPath } from '../notify/reports/report-address.ts';
import type { TakeReport } from '../notify/reports/take-report.ts';
import { serve } from '../personal/unforeseen.ts';
import { type Settings, toNetworks } from '../settings.ts';
import type { Store } from '../store/database.ts';
import type { FeedSignal } from '../store/signals/feed-signal.ts';
import { agentDoor } from './agent/agent-door.ts';
import { toCallReader } from './call-reader.ts';
import { discoveryRoute } from './discovery.ts';
import { createGate } from './gate/gate.ts';
import { createLimits } from './gate/limits.ts';
import { createSeenMessages } from './gate/seen-messages.ts';
import { createStrangers } from './gate/strangers.ts';
import { logCalls } from './log-calls.ts';
import { logRefusals } from './log-refusals.ts';
import { postsDoor } from './posts/posts-door.ts';
import { reportDoor } from './report-door.ts';
import type { AdminDoorDependencies } from './rest/admin/admin-dependencies.ts';
import { adminDoor } from './rest/admin/admin-door.ts';
import { adminPath } from './rest/admin/answer-change.ts';
import { type RestDoorDependencies, restDoor } from './rest/rest-door.ts';
import { soapDoor } from './soap/soap-door.ts';

export interface DoorsDependencies {
  store: Store;
  directory: LiveDirectory;
  boards: Boards;
  accept: Accept;
  attachments: Attachments;
  feedSignal: FeedSignal;
  agents: AgentExchange;
  findPackage: FindAgentPackage;
  takeReport: TakeReport;
  takeDelivery: TakeDelivery;
  engineer: Engineer;
  rehearsals: Rehearsals;
  log: Logger;
  settings: Pick<
    Settings,
    | 'PUBLIC_URL'
    | 'TRUST_PROXY'
    | 'SIGNING_SECRET'
    | 'PLAIN_LOOPBACK'
    | 'AGENT_KEY_FILE'
    | 'ADMIN_NETWORKS'
    | 'CONFIG_FOUR_EYES'
  >;
}

/**
 * Headers of every reply, unless its route says otherwise. No cache on the way keeps personal data (RFC 9111, 5.2.2.5),
 * and no client guesses another media type. A caller's own conditional requests still work.
 */
const closedReply = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

/** Every door for machines, behind one gate. */
export async function openDoors(app: FastifyInstance, dependencies: DoorsDependencies): Promise<void> {
  const { store, directory, accept, attachments, feedSignal, log, settings } = dependencies;
  prepareDoors(app, dependencies);
  const limits = createLimits(store, log);
  const seen = createSeenMessages(store);
  const strangers = createStrangers(log);
  const gateRules = {
    directory,
    limits,
    seen,
    strangers,
    keys: createKeyLookup(store, log),
    isProxy: toProxyCheck(settings.TRUST_PROXY),
    signingSecret: settings.SIGNING_SECRET,
  };
  const gate = createGate(gateRules);
  const feed = createFeed(store, feedSignal, directory);
  const shared = {
    store,
    directory,
    accept,
    attachments,
    feed,
    gate,
    seen,
    strangers,
    limits,
    gateRules,
    engineer: dependencies.engineer,
    findPackage: dependencies.findPackage,
    log,
    publicUrl: settings.PUBLIC_URL,
  };
  const soap = {
    ...shared,
    findBySecret: createFindBySecret(store, gateRules.keys, settings.SIGNING_SECRET),
    plainLoopback: settings.PLAIN_LOOPBACK === 'yes',
  };
  await app.register((door) => soapDoor(door, soap), { prefix: '/soap' });
  const posts: RestDoorDependencies['posts'] = (door, schema) =>
    postsDoor(door, { ...soap, takeDelivery: dependencies.takeDelivery, schema });
  await openAdministration(app, dependencies, { limits, strangers });
  await app.register((api) => openApi(api, { ...shared, posts }), { prefix: '/api' });
  let signer: ReturnType<typeof openSigner> | undefined;
  const forAgents = {
    store,
    directory,
    gate,
    log,
    isProxy: gateRules.isProxy,
    agents: dependencies.agents,
    findPackage: dependencies.findPackage,
    signer() {
      signer ??= openSigner(store, settings.AGENT_KEY_FILE).catch((error: unknown) => {
        signer = undefined;
        throw error;
      });
      return signer;
    },
  };
  await app.register((door) => agentDoor(door, forAgents), { prefix: '/agent/v1' });
  const ofGateways = { takeReport: dependencies.takeReport, strangers, log };
  await app.register((door) => reportDoor(door, ofGateways), { prefix: reportPath });
  discoveryRoute(app, settings.PUBLIC_URL);
  // Long polls would keep the server from closing.
  app.addHook('preClose', () => feedSignal.stop());
  app.addHook('onClose', async () => limits.stop());
}

function prepareDoors(app: FastifyInstance, { store, log }: DoorsDependencies): void {
  nameRequests(app);
  app.addHook('preHandler', (request, _reply, done) => serve(() => toCallReader(request), done));
  logRefusals(app, log);
  logCalls(app, createCallLog(store, log));
  app.addHook('onRequest', async (_request, reply) => void reply.headers(closedReply));
  app.addHook('onRequest', refuseRepeatedHeaders);
}

/** The door for administrators' programs, with the limits of all doors and keys of its own. */
async function openAdministration(
  app: FastifyInstance,
  { store, directory, boards, rehearsals, log, settings }: DoorsDependencies,
  gate: Pick<AdminDoorDependencies, 'limits' | 'strangers'>,
): Promise<void> {
  const dependencies = {
    ...{ ...gate, store, directory, boards, rehearsals, log },
    networks: toNetworks(settings.ADMIN_NETWORKS ?? ''),
    rules: { fourEyes: settings.CONFIG_FOUR_EYES === 'yes' },
    publicUrl: settings.PUBLIC_URL,
  };
  await app.register((door) => adminDoor(door, dependencies), { prefix: adminPath });
}

/** A program that asks for a version that there is not is told so as a program, and not by the console's page. */
async function openApi(api: FastifyInstance, dependencies: RestDoorDependencies): Promise<void> {
  api.setNotFoundHandler((_request, reply) =>
    sendProblem(
      reply,
      new Refusal('not-found', 'the API is at /api/v1, and described at /api/v1/openapi.json'),
    ),
  );
  await api.register((door) => restDoor(door, dependencies), { prefix: '/v1' });
}
