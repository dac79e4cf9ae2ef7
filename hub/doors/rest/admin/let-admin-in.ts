import type { FastifyInstance } from 'fastify';
import { createNetworkCheck } from '../../../../schemas/networks.ts';
import type { Doer } from '../../../access/accounts/doer.ts';
import { type AdminCaller, findAdminCaller } from '../../../access/keys/admin-keys.ts';
import type { AdminScope } from '../../../access/keys/admin-scopes.ts';
import type { By } from '../../../configuration/changes/change.ts';
import { mustBeThere, Refusal } from '../../../http/problem.ts';
import { lifetimeOf } from '../../../http/request-lifetime.ts';
import type { Store } from '../../../store/database.ts';
import type { Limits } from '../../gate/limits.ts';
import type { Strangers } from '../../gate/strangers.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who was let in; set below {@link letAdminIn}. */
    admin: AdminCaller;
  }
  interface FastifyContextConfig {
    /** What a key must open for this route. Absent: every key opens it. */
    adminScope?: AdminScope;
  }
}

export interface AdminGate {
  store: Store;
  limits: Limits;
  strangers: Strangers;
  /** Absent: the door is open from everywhere. */
  networks?: readonly string[] | undefined;
}

/** Of one account, over all its keys and all processes. */
const limitsOfAccount = { requestsPerMinute: 1_200, concurrency: 8 };

/** Sends every request below through the same steps as at the doors of agencies, before its body is read. */
export function letAdminIn(app: FastifyInstance, { store, limits, strangers, networks }: AdminGate): void {
  const isNear = networks && networks.length > 0 ? createNetworkCheck(networks) : () => true;
  app.decorateRequest('admin');
  app.addHook('onRequest', async (request, reply) => {
    const [, key = ''] = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const lifetime = lifetimeOf(reply);
    const caller = await findAdminCaller(store, key);
    if (!caller) throw strangers.turnAway(request.ip, new Refusal('unauthenticated'));
    if (!isNear(request.ip)) throw new Refusal('forbidden', `this is not open from ${request.ip}`);
    // No agency has such a code.
    const admission = await limits.enter(`administrator ${caller.login}`, limitsOfAccount, lifetime);
    mustBeThere(lifetime);
    reply.headers(admission.headers);
    request.admin = caller;
    const { adminScope } = request.routeOptions.config;
    if (adminScope) mustOpen(caller, adminScope);
  });
}

/** Errors: Refusal `forbidden`. */
export function mustOpen({ scopes }: AdminCaller, scope: AdminScope): void {
  if (scopes.includes(scope) || (scope === 'read-configuration' && scopes.includes('configure'))) return;
  throw new Refusal(
    'forbidden',
    `this needs a key with the scope ${scope}; this one has ${scopes.join(', ')}`,
  );
}

/** Who changes an account. */
export const toDoer = ({ login, keyName }: AdminCaller): Doer => ({ actor: login, way: 'api', key: keyName });

/** What is written into the history and the audit log. */
export const toBy = ({ login, keyName }: AdminCaller, note = ''): By => ({
  author: login,
  way: 'api',
  note,
  key: keyName,
});
