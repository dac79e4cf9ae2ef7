import type { FastifyRequest } from 'fastify';

/** What is learnt of a call on its way through a door, for the log of calls. */
export interface NotedCall {
  agency?: string;
  keyId?: string;
  operation?: string;
  /** The code of the refusal. */
  problem?: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    notedCall?: NotedCall;
  }
}

export function noteCall(request: FastifyRequest, learnt: NotedCall): void {
  request.notedCall = { ...request.notedCall, ...learnt };
}
