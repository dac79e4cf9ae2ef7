import { readFileSync } from 'node:fs';
import type { AdapterContext } from '../contract.ts';
import { HttpError } from '../kit/http-errors.ts';

/** A secret at the moment that it is needed; missing, it is a log-in that cannot be done. */
export function readSecret({ secret }: AdapterContext, reference: string): string {
  try {
    return secret(reference);
  } catch (error) {
    throw new HttpError('unauthorised', error instanceof Error ? error.message : String(error));
  }
}

/** What Node's TLS is told of an authority of one's own. */
export function readCa(path: string | undefined): { ca?: string } {
  if (path === undefined) return {};
  try {
    return { ca: readFileSync(path, 'utf8') };
  } catch (error) {
    throw new HttpError('not_sent', `the certificate of the authority cannot be read: ${path}`, {
      cause: error,
    });
  }
}
