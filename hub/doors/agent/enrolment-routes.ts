import type { FastifyInstance } from 'fastify';
import { type AgentEnrolled, AgentEnrolment, type RenewedKey } from '../../../schemas/index.ts';
import { findByAgentToken, renewAgentKey } from '../../access/keys/agent-keys.ts';
import { enrolAgent } from '../../exchange/agents/enrolment.ts';
import { Refusal } from '../../http/problem.ts';
import { findRuleBroken } from '../gate/gate.ts';
import { toKnock } from '../json/enter.ts';
import type { AgentDoorDependencies } from './agent-door-dependencies.ts';

/** Bytes. The sender is unknown until the body is read, so the body must be small. */
const bodyLimit = 16 * 1024;

/**
 * `POST /enrolment`: exchanges the one-time token for a key. The agency's networks and certificates apply here, too.
 */
export function enrolmentRoute(app: FastifyInstance, dependencies: AgentDoorDependencies): void {
  const { store, directory, isProxy, agents, signer, log } = dependencies;
  app.post<{ Body: AgentEnrolment }>(
    '/enrolment',
    { schema: { body: AgentEnrolment }, bodyLimit },
    async (request): Promise<AgentEnrolled> => {
      const { token, agent } = request.body;
      const agency = await findByAgentToken(store.pool, token);
      if (agency === undefined) throw noSuchToken();
      const rules = directory.findAgency(agency)?.doors ?? {};
      const refusal = findRuleBroken(rules, toKnock(request), true, isProxy);
      if (refusal) throw refusal;
      // These are read before the token is used up: without them an agent could do nothing with its key.
      await agents.configuration(agency);
      const { publicKey: hubKey } = await signer();
      const enrolled = await enrolAgent(store, token);
      if (!enrolled) throw noSuchToken();
      log.info({ agency, apiKey: enrolled.id, agent }, 'an agent enrolled');
      return { agency, key: enrolled.key, renewAt: enrolled.renewAt.toISOString(), hubKey };
    },
  );
}

/** `POST /key`: gives an agent its next key, before the present one expires. */
export function keyRoute(app: FastifyInstance, { store, log }: AgentDoorDependencies): void {
  app.post('/key', async ({ entry: { caller } }): Promise<RenewedKey> => {
    const { id, key, renewAt } = await renewAgentKey(store, caller);
    log.info({ agency: caller.agency, apiKey: id }, 'an agent got its next key');
    return { key, renewAt: renewAt.toISOString() };
  });
}

const noSuchToken = () =>
  new Refusal(
    'unauthenticated',
    'this token is unknown, was used, was replaced by a newer one or is older than three days: have a new one made (hub agency agent-token)',
  );
