import { readFileSync } from 'node:fs';
import { reasonOf, toReason } from '../../schemas/reason.ts';
import type { AdapterContext } from '../contract.ts';
import { mustBeAllowedPath, PathRefused } from '../kit/http/allowed-path.ts';
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
export function readCa(context: AdapterContext, path: string | undefined): { ca?: string } {
  if (path === undefined) return {};
  try {
    return { ca: readFileSync(mustBeAllowedPath(context, path), 'utf8') };
  } catch (cause) {
    const detail = cause instanceof PathRefused ? reasonOf(cause) : path;
    throw new HttpError('not_sent', toReason('mail_authority_unreadable', { detail }), { cause });
  }
}
