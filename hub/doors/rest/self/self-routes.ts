import type { FastifyInstance } from 'fastify';
import type { Engineer } from '../../../engineer/engineer.ts';
import type { FindAgentPackage } from '../../../exchange/agents/agent-packages.ts';
import type { Store } from '../../../store/database.ts';
import { callRoutes } from './call-routes.ts';
import { keyRoutes } from './key-routes.ts';
import { parkedRoutes } from './parked-routes.ts';
import { replayRoutes } from './replay-routes.ts';
import { webhookRoutes } from './webhook-routes.ts';

export interface SelfDependencies {
  store: Store;
  engineer: Engineer;
  findPackage: FindAgentPackage;
}

/**
 * `/self`: an agency's own connection, for keys with the scope `manage`. It has no SOAP operations: what it manages is for
 * pipelines, and all of it is at the console too.
 */
export function selfRoutes(app: FastifyInstance, dependencies: SelfDependencies): void {
  const { engineer } = dependencies;
  keyRoutes(app, engineer);
  webhookRoutes(app, engineer);
  callRoutes(app, dependencies);
  parkedRoutes(app, engineer);
  replayRoutes(app, engineer);
}
