import { randomUUID } from 'node:crypto';
import createClient, { type Client } from 'openapi-fetch';
import { toDigest } from './credentials.ts';
import type { paths } from './door-types.ts';
import type { Send } from './send.ts';

/** Every operation of the door by its path, typed by the hub's OpenAPI document. */
export type Door = Client<paths, `${string}/${string}`>;

/** openapi-fetch over `send`. What the hub refuses is thrown, so `data` is always there. `timeout`: of each try. */
export function createDoor(url: string, send: Send, timeout?: number): Door {
  const fetchByTries = async (request: Request) => {
    const bytes = request.body ? new Uint8Array(await request.arrayBuffer()) : undefined;
    const headers = Object.fromEntries(request.headers);
    // One key for all tries of a call: the hub does once what it is sent twice.
    if (request.method !== 'GET') headers['idempotency-key'] ??= `"${randomUUID()}"`;
    return send({
      method: request.method,
      target: request.url.slice(url.length),
      headers,
      body: bytes && (() => bytes),
      digest: bytes && toDigest(bytes),
      timeout,
      signal: request.signal,
    });
  };
  return createClient<paths>({ baseUrl: url, fetch: fetchByTries });
}
