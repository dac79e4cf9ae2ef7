import { readFileSync } from 'node:fs';
import { Type } from 'typebox';
import { reasonOf, toReason } from '../../../schemas/reason.ts';
import type { AdapterContext, Given } from '../../contract.ts';
import { mustBeAllowedPath, PathRefused } from './allowed-path.ts';

/**
 * The authority that signed the server's certificate, in PEM: a reference (`file:PATH`, `env:NAME`), or the path of a
 * file. Absent: the authorities that Node trusts.
 */
export const CertificateAuthority = Type.Optional(Type.String({ minLength: 1 }));

const isReference = (text: string) => /^(env|file):/.test(text);

/** The paths among such settings. References are listed with the other references. */
export const toAuthorityPaths = (...given: (string | undefined)[]): string[] =>
  given.filter((one) => one !== undefined).filter((one) => !isReference(one));

/** Reads the TLS option for an authority that the settings name. `toError` makes the error that is thrown. */
export function readAuthority(
  context: Pick<AdapterContext, 'secret' | 'reach'>,
  given: string | undefined,
  toError: (reason: Given, cause: unknown) => Error,
): { ca?: string } {
  if (given === undefined) return {};
  try {
    const ca = isReference(given)
      ? context.secret(given)
      : readFileSync(mustBeAllowedPath(context, given), 'utf8');
    if (!ca.includes('-----BEGIN CERTIFICATE-----')) throw new Error(`${given} holds no certificate in PEM`);
    return { ca };
  } catch (cause) {
    const detail = cause instanceof PathRefused ? reasonOf(cause) : given;
    throw toError(toReason('authority_unreadable', { detail }), cause);
  }
}
