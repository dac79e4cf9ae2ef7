import type { FastifyRequest } from 'fastify';
import type { Reader } from '../personal/with-personal.ts';

const ways: readonly [start: string, way: Reader['way']][] = [
  ['/soap', 'soap'],
  ['/api/', 'rest'],
];

/** Who calls, as far as it is known: for what a call reads of complainants and nobody foresaw (personal/unforeseen.ts). */
export function toCallReader({ notedCall, ip, method, routeOptions }: FastifyRequest): Reader {
  const route = routeOptions.url ?? '/';
  return {
    actor: notedCall?.keyId === undefined ? '-' : `key ${notedCall.keyId}`,
    agency: notedCall?.agency ?? null,
    way: ways.find(([start]) => route.startsWith(start))?.[1] ?? 'api',
    address: ip,
    place: `${method} ${route}`,
  };
}
