import { isIP } from 'node:net';
import { reasonOf } from '../../schemas/reason.ts';
import type { AddressGuard } from '../kit/http/guarded-connect.ts';
import { HttpError } from '../kit/http/http-errors.ts';

/**
 * Looks up the address once and checks it. So the answer cannot change before connecting. Also returns the name that
 * the certificate must have. Throws HttpError.
 */
export async function toOpenAddress(
  { mustBeOpen, lookup }: AddressGuard,
  host: string,
): Promise<{ host: string; servername?: string }> {
  try {
    mustBeOpen(host);
    if (isIP(host) !== 0) return { host };
    const address = await new Promise<string>((resolve, reject) => {
      lookup(host, {}, (error, found) => (error ? reject(error) : resolve(String(found))));
    });
    return { host: address, servername: host };
  } catch (error) {
    throw new HttpError('not_sent', reasonOf(error));
  }
}
