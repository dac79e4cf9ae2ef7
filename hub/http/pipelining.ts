import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { lifetimeOf } from './request-lifetime.ts';

/**
 * For `onRequest`, before all else: ends the connection of who has more than so many requests under way on it. Node begins
 * all requests of one piece of a connection at once and keeps their replies until they are read, so that a few kilobytes
 * of a stranger would make hundreds of megabytes. Who asks once more sends the unanswered again (RFC 9112, 9.3.2).
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
