import type { FastifyRequest } from 'fastify';

/** How callers reach the hub, without a slash at the end: as it is configured, else as they asked. */
export function toBaseUrl(publicUrl: string | undefined, request: FastifyRequest): string {
  return publicUrl?.replace(/\/+$/, '') ?? `${request.protocol}://${request.host}`;
}
