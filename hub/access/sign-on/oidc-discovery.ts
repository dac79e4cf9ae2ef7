import * as client from 'openid-client';
import { isLocalTest, timeout } from './provider.ts';
import { SignOnError, type SignOnKind } from './sign-on-error.ts';
import type { OidcProvider } from './sign-on-schema.ts';

/** Milliseconds for which what a provider says of itself is believed. */
const freshness = 3_600_000;

/** What the provider says of itself (OpenID Connect Discovery 1.0, 4), kept for an hour. A failure is not kept. */
export function discover({ issuer, clientId }: OidcProvider): () => Promise<client.ServerMetadata> {
  let known: { at: number; metadata: client.ServerMetadata } | undefined;
  return async () => {
    if (known && Date.now() - known.at < freshness) return known.metadata;
    const configuration = await client.discovery(new URL(issuer), clientId, undefined, client.None(), {
      timeout,
      execute: isLocalTest(issuer) ? [client.allowInsecureRequests] : [],
    });
    const metadata: client.ServerMetadata = { ...configuration.serverMetadata() };
    // Discovery, 4.3: exactly. The library lets some large providers name a whole family of issuers.
    if (metadata.issuer !== issuer) throw new SignOnError('untrusted', 'issuer_mismatch');
    known = { at: Date.now(), metadata };
    return metadata;
  };
}

/** By the codes of openid-client. What is not named is an answer that does not fit. */
const kinds: Record<string, SignOnKind> = {
  OAUTH_JWT_TIMESTAMP_CHECK_FAILED: 'clock',
  OAUTH_AUTHORIZATION_RESPONSE_ERROR: 'denied',
  OAUTH_RESPONSE_IS_NOT_CONFORM: 'away',
  OAUTH_RESPONSE_IS_NOT_JSON: 'away',
  OAUTH_TIMEOUT: 'away',
  OAUTH_MISSING_SERVER_METADATA: 'away',
  OAUTH_INVALID_SERVER_METADATA: 'away',
};

/** What the library or the network said, without a word of the answer itself: that holds tokens, and what a provider wrote. */
export function toOidcError(error: unknown): SignOnError {
  if (error instanceof SignOnError) return error;
  const { code, cause, name, error: said } = error as Record<string, unknown>;
  // Node's fetch rejects with a TypeError whose cause names the trouble.
  if (name === 'TypeError' && cause !== undefined)
    return new SignOnError('away', String((cause as { code?: unknown }).code ?? 'network'));
  if (name === 'TimeoutError') return new SignOnError('away', 'timeout');
  // Codes of RFC 6749, 4.1.2.1 and 5.2 are short words.
  if (typeof said === 'string' && /^[a-z_]{1,60}$/.test(said)) {
    const kind = code === 'OAUTH_AUTHORIZATION_RESPONSE_ERROR' ? toDenial(said) : 'untrusted';
    return new SignOnError(kind, said);
  }
  // The claim that does not fit is named two causes below.
  const { claim } = ((cause as { cause?: unknown } | undefined)?.cause ?? {}) as { claim?: unknown };
  if (code === 'OAUTH_JWT_CLAIM_COMPARISON_FAILED' && claim === 'aud')
    return new SignOnError('audience', 'aud');
  return new SignOnError(kinds[String(code)] ?? 'untrusted', typeof code === 'string' ? code : 'unexpected');
}

const toDenial = (said: string): SignOnKind =>
  said === 'server_error' || said === 'temporarily_unavailable' ? 'away' : 'denied';
