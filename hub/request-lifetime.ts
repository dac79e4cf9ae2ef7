import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply } from 'fastify';

/** How long the caller of one request is there. */
export interface RequestLifetime {
  /** Aborts when the reply is out or the caller has gone, whichever is first. */
  readonly ended: AbortSignal;
  /** Has `giveBack` called then, once; at once where that was before. */
  atEnd(giveBack: () => void): void;
}

const lifetimes = new WeakMap<ServerResponse, RequestLifetime>();
/** What ends with a connection. */
const connections = new WeakMap<Socket, Set<() => void>>();

/**
 * The one way to learn that a caller has gone. What is taken for a caller (a place, a slot, a timer, somebody who listens)
 * is given back by `atEnd`, called with no `await` after the taking. A listener of `close` that is added after an `await`
 * comes too late for who left meanwhile, and what was taken stays taken until the process ends.
 */
export function lifetimeOf({ raw, request }: Pick<FastifyReply, 'raw' | 'request'>): RequestLifetime {
  const known = lifetimes.get(raw);
  if (known) return known;
  const controller = new AbortController();
  const { signal: ended } = controller;
  const lifetime: RequestLifetime = {
    ended,
    atEnd(giveBack) {
      if (ended.aborted) giveBack();
      else ended.addEventListener('abort', giveBack, { once: true });
    },
  };
  lifetimes.set(raw, lifetime);
  const { socket } = request.raw;
  const end = () => controller.abort();
  raw.once('close', end);
  // A reply that waits behind another one of its connection (pipelining) never says by itself that the caller has gone.
  lifetime.atEnd(followConnection(socket, end));
  if (raw.closed || socket.destroyed) end();
  return lifetime;
}

/** One listener for all requests of a connection. Returns how to follow it no more. */
function followConnection(socket: Socket, end: () => void): () => void {
  let open = connections.get(socket);
  if (!open) {
    open = new Set();
    connections.set(socket, open);
    const ends = open;
    socket.once('close', () => {
      for (const each of ends) each();
    });
  }
  open.add(end);
  return () => void open.delete(end);
}
