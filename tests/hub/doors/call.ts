import { createHash } from 'node:crypto';
import type { OpenDoors } from './open-doors.ts';

export interface Reply<Body = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: Body;
}

/** Calls the REST door as an agency's program would: `path` below /api/v1. */
export async function call<Body = Record<string, never>>(
  doors: Pick<OpenDoors, 'url'>,
  key: string | undefined,
  method: string,
  path: string,
  value?: unknown,
  headers: Record<string, string> = {},
): Promise<Reply<Body>> {
  const response = await fetch(`${doors.url}/api/v1${path}`, {
    method,
    headers: {
      ...(value !== undefined && { 'content-type': 'application/json' }),
      ...(key && { authorization: `Bearer ${key}` }),
      ...headers,
    },
    ...(value !== undefined && { body: typeof value === 'string' ? value : JSON.stringify(value) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: (text === '' ? undefined : JSON.parse(text)) as Body,
  };
}

export const sha256 = (text: string) => createHash('sha256').update(text).digest('base64');
