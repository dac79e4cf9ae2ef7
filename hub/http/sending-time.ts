import type { FastifyReply, FastifyRequest } from 'fastify';
import { lifetimeOf } from './request-lifetime.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Requests to this route may bring files. Only the server's own time limit applies to them. */
    carriesFiles?: boolean;
  }
}

/**
 * A hook for `onRequest`. It closes a connection that has not sent a whole request after so many milliseconds. Node's
 * own limit does not know routes, so it must leave time for the largest file. Without this hook, anybody could hold a
 * connection for that long.
 */
export const limitSendingTime =
  (milliseconds: number) =>
  async ({ raw, routeOptions }: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (routeOptions.config.carriesFiles) return;
    const limit = setTimeout(() => {
      if (!raw.complete) raw.destroy();
    }, milliseconds);
    lifetimeOf(reply).atEnd(() => clearTimeout(limit));
  };
