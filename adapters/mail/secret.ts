import { reasonOf } from '../../schemas/reason.ts';
import type { AdapterContext } from '../contract.ts';
import { readAuthority } from '../kit/http/certificate-authority.ts';
import { HttpError } from '../kit/http/http-errors.ts';

/** Reads a secret when it is needed. If it is missing, the login fails. */
export function readSecret({ secret }: AdapterContext, reference: string): string {
  try {
    return secret(reference);
  } catch (error) {
    throw new HttpError('unauthorised', reasonOf(error));
  }
}

/** The TLS option for an authority that the settings name. */
export const readCa = (context: AdapterContext, ca: string | undefined): { ca?: string } =>
  readAuthority(context, ca, (reason, cause) => new HttpError('not_sent', reason, { cause }));
