import type { FastifyRequest } from 'fastify';
import { Refusal } from './problem.ts';

/**
 * Headers that may occur once in a request and are no lists. If there are two, a proxy, Node and our own code might
 * each read another one. A caller let in by the first must not be judged by the second (RFC 9110, section 5.3; RFC
 * 9112, section 3.2). Node's parser itself checks Content-Length and Transfer-Encoding.
 */
const single = new Set([
  'host',
  'authorization',
  'content-type',
  'content-encoding',
  'idempotency-key',
  'client-cert',
  'origin',
]);

/** The first of these headers that a request has more than once. `raw`: names and values in turn. */
export function findRepeated(raw: readonly string[]): string | undefined {
  const seen = new Set<string>();
  for (let n = 0; n < raw.length; n += 2) {
    const name = (raw[n] ?? '').toLowerCase();
    if (!single.has(name)) continue;
    if (seen.has(name)) return name;
    seen.add(name);
  }
  return undefined;
}

/** A hook for `onRequest` of doors and console, before any decision by a header. Errors: Refusal `malformed`. */
export async function refuseRepeatedHeaders({ raw }: Pick<FastifyRequest, 'raw'>): Promise<void> {
  const name = findRepeated(raw.rawHeaders);
  if (name) throw new Refusal('malformed', `the header ${name} stands in the request more than once`);
}
