import type { FastifyReply, FastifyRequest } from 'fastify';
import { lifetimeOf } from './request-lifetime.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Requests to this route may bring files: only the server's own limit of time holds for them. */
    carriesFiles?: boolean;
  }
}

/**
 * For `onRequest`: closes the connection of who has not sent a whole request after these milliseconds. Node's own limit
 * knows no routes, so it must leave time for the largest file; without this one, anybody could hold a connection as long.
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
