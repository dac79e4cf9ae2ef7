import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { lifetimeOf } from './request-lifetime.ts';

/**
 * A hook for `onRequest`, before all others. It ends a connection with more than so many requests under way. Node
 * begins all requests in one piece of a connection at once and keeps their replies until they are read. So a few
 * kilobytes from a stranger would need hundreds of megabytes. A client sends requests without an answer again (RFC
 * 9112, 9.3.2).
 */
export function limitPipelining(most: number) {
  const unanswered = new WeakMap<Socket, number>();
  const add = (socket: Socket, count: number) => {
    const sum = (unanswered.get(socket) ?? 0) + count;
    unanswered.set(socket, sum);
    return sum;
  };
  return async ({ raw: { socket } }: FastifyRequest, reply: FastifyReply): Promise<void> => {
    lifetimeOf(reply).atEnd(() => add(socket, -1));
    if (add(socket, 1) <= most) return;
    socket.destroy();
    reply.hijack();
  };
}
