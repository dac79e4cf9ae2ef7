import type { FastifyInstance, HTTPMethods } from 'fastify';
import { Refusal } from '../../http/problem.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Only says with 405 that the path has other methods. */
    isRefused?: boolean;
  }
}

const methods: HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'];

/**
 * Collects the routes below `app`. The result adds the other methods of their paths: OPTIONS is answered, and the rest
 * is 405, both with Allow (RFC 9110, 9.3.7 and 15.5.6). Call it when all routes are there.
 */
export function answerOtherMethods(app: FastifyInstance): () => void {
  const known = new Map<string, Set<string>>();
  let isDone = false;
  app.addHook('onRoute', ({ url, method }) => {
    if (isDone) return;
    // Fastify tells of some routes with a slash at the end and of some without.
    const path = url.slice(app.prefix.length).replace(/\/$/, '') || '/';
    known.set(path, new Set([...(known.get(path) ?? []), ...[method].flat()]));
  });
  return () => {
    isDone = true;
    for (const [url, own] of known) {
      const allow = [...new Set([...own, 'OPTIONS'])].sort().join(', ');
      if (!own.has('OPTIONS'))
        app.options(url, { schema: hidden }, async (_request, reply) =>
          reply.status(204).header('allow', allow).send(),
        );
      app.route({
        url,
        method: methods.filter((method) => method !== 'OPTIONS' && !own.has(method)),
        schema: hidden,
        config: { isRefused: true },
        // Before a body is read.
        onRequest: async () => {
          throw new Refusal('method-not-allowed', undefined, [], undefined, { allow });
        },
        handler: async () => undefined,
      });
    }
  };
}

/** Not in the OpenAPI document. */
const hidden = { hide: true } as object;
