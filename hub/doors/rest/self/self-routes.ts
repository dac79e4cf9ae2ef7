import type { FastifyInstance } from 'fastify';
import { agentLogRoutes } from './agent-log-routes.ts';
import { callRoutes } from './call-routes.ts';
import { keyRoutes } from './key-routes.ts';
import { parkedRoutes } from './parked-routes.ts';
import { replayRoutes } from './replay-routes.ts';
import type { SelfDependencies } from './self-dependencies.ts';
import { webhookRoutes } from './webhook-routes.ts';
import { webhookSettingsRoutes } from './webhook-settings-routes.ts';

/**
 * `/self`: an agency's own connection, for keys with the scope `manage`. It has no SOAP operations: what it manages is for
 * pipelines, and all of it is at the console too.
 */
export function selfRoutes(app: FastifyInstance, dependencies: SelfDependencies): void {
  const { engineer } = dependencies;
  keyRoutes(app, engineer);
  webhookRoutes(app, engineer);
  webhookSettingsRoutes(app, engineer);
  callRoutes(app, dependencies);
  agentLogRoutes(app, engineer);
  parkedRoutes(app, engineer);
  replayRoutes(app, engineer);
}
