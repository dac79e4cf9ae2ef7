import type { FastifyInstance } from 'fastify';

/** That an operation is given up. Its row stands in `describe(…)`; docs/rest-changes.md tells what replaces it. */
export interface Deprecation {
  /** From when it is advised against: RFC 3339. */
  since: string;
  /** From when it may answer no more: RFC 3339, a year after `since` or later. */
  sunset?: string;
  /** A page that says what to do instead. */
  see: string;
}

/** The name in a route's schema. OpenAPI lets names with x- stand in an operation. */
export const deprecationKey = 'x-deprecation';

/** Says on each reply of such an operation that is no problem what {@link Deprecation} says, with the headers of RFC 9745 and RFC 8594. */
export function announceDeprecations(app: FastifyInstance): void {
  app.addHook('onSend', async ({ routeOptions }, reply, payload) => {
    const found = (routeOptions.schema as { [deprecationKey]?: Deprecation } | undefined)?.[deprecationKey];
    // Problems are described once for all operations.
    if (!found || reply.statusCode >= 400) return payload;
    const links = [reply.getHeader('link'), `<${found.see}>; rel="deprecation"`];
    reply.header('deprecation', `@${Math.floor(Date.parse(found.since) / 1000)}`);
    if (found.sunset) reply.header('sunset', new Date(found.sunset).toUTCString());
    reply.header('link', links.filter(Boolean).join(', '));
    return payload;
  });
}
