import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { toLogged } from '../http/request-id.ts';

/**
 * Writes a line for each refused call, so that the operator finds what an engineer quotes: X-Request-Id, or `instance` of
 * the problem. Calls of unknown callers are at level `debug`, because anybody could fill the log with them.
 */
export function logRefusals(app: FastifyInstance, log: Logger): void {
  app.addHook('onResponse', async (request, { statusCode: status }) => {
    if (status < 400) return;
    const { entry, admin, method, routeOptions } = request;
    const line = {
      ...toLogged(request),
      agency: entry?.caller.agency,
      ...(admin && { administrator: admin.login, key: admin.keyId }),
      method,
      route: routeOptions.url,
      status,
    };
    // Too many requests are no news for each of them.
    log[(entry || admin) && status !== 429 ? 'info' : 'debug'](line, 'a call was refused');
  });
}
