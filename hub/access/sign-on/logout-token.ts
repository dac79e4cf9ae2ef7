import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { ServerMetadata } from 'openid-client';
import { timeout } from './provider.ts';
import { SignOnError } from './sign-on-error.ts';
import type { OidcProvider } from './sign-on-schema.ts';

/** Which sessions a provider ends. `id`: of this message, which counts once, until `until`. */
export interface LogoutOrder {
  issuer: string;
  id: string;
  until: Date;
  subject?: string;
  sid?: string;
}

const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout';
/** Of a key pair: a secret that both know would let the hub's own settings make tokens. RFC 7518, 3.1; RFC 8037. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/**
 * Reads the token by which a provider ends sessions (OpenID Connect Back-Channel Logout 1.0, 2.4 and 2.6). The keys are kept, and asked
 * for again when a token names an unknown one, but not at every call: anybody may call. Throws SignOnError.
 */
export function readLogoutTokens(
  provider: OidcProvider,
  find: () => Promise<ServerMetadata>,
): (token: string) => Promise<LogoutOrder> {
  let keys: { uri: string; get: ReturnType<typeof createRemoteJWKSet> } | undefined;
  return async (token) => {
    const { issuer, jwks_uri: uri } = await find();
    if (uri === undefined) throw new SignOnError('away', 'no_jwks_uri');
    if (keys?.uri !== uri)
      keys = { uri, get: createRemoteJWKSet(new URL(uri), { timeoutDuration: timeout * 1000 }) };
    const { payload } = await jwtVerify(token, keys.get, {
      issuer,
      audience: provider.clientId,
      algorithms,
      clockTolerance: provider.clockSkewSeconds ?? 30,
      requiredClaims: ['iat', 'jti', 'exp'],
    }).catch((error: unknown) => {
      throw toLogoutError(error);
    });
    const { sub, sid, jti = '', exp = 0, events } = payload;
    const isLogout = typeof events === 'object' && events !== null && logoutEvent in events;
    // A nonce would make it an ID token, which a browser may have seen.
    if (!isLogout || 'nonce' in payload) throw new SignOnError('untrusted', 'no_logout_token');
    const names = { ...(sub && { subject: sub }), ...(typeof sid === 'string' && { sid }) };
    if (Object.keys(names).length === 0) throw new SignOnError('untrusted', 'nobody_named');
    return { issuer, id: jti, until: new Date((exp + 300) * 1000), ...names };
  };
}

function toLogoutError(error: unknown): SignOnError {
  if (error instanceof errors.JWTExpired) return new SignOnError('clock', error.code);
  if (error instanceof errors.JWKSTimeout) return new SignOnError('away', error.code);
  return error instanceof errors.JOSEError
    ? new SignOnError('untrusted', error.code)
    : new SignOnError('away', 'network');
}
