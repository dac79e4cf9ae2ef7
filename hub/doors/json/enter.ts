import type { FastifyInstance, FastifyRequest } from 'fastify';
import { noteCall } from '../../http/noted-call.ts';
import { lifetimeOf } from '../../http/request-lifetime.ts';
import type { Entry, Gate, Knock } from '../gate/gate.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** How this request was let in; set below {@link enterThrough}. */
    entry: Entry;
  }
}

/** Sends every request below through the gate before its body is read. */
export function enterThrough(app: FastifyInstance, gate: Gate, door: Pick<Knock, 'door'> = {}): void {
  app.decorateRequest('entry');
  app.addHook('onRequest', async (request, reply) => {
    const entry = await gate.enter({ ...toKnock(request), ...door }, lifetimeOf(reply));
    request.entry = entry;
    reply.headers(entry.headers);
  });
}

export function toKnock(request: FastifyRequest): Knock {
  const { headers, method, originalUrl, socket } = request;
  const [, key] = /^Bearer (\S+)$/i.exec(headers.authorization ?? '') ?? [];
  const scheme = request.protocol === 'https' ? 'https' : 'http';
  const found: Knock['found'] = ({ agency, keyId }) => noteCall(request, { agency, keyId });
  return { key, address: request.ip, method, scheme, target: originalUrl, headers, socket, found };
}
