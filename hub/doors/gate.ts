import type { Caller } from '../access/scopes.ts';

/** Who stands at a door, as the door's own protocol shows it. */
export interface Knock {
  /** The API key (`mwk_…`), wherever the protocol carries it; undefined: none was sent. */
  key: string | undefined;
  /** IP address of the caller; with TRUST_PROXY the one that the proxy names. */
  address: string;
  /** Bytes of the body as announced; undefined: not announced. */
  size?: number | undefined;
  /** The header `client-cert` of a trusted proxy (RFC 9440). */
  certificate?: string | undefined;
}

/** One request that was let in; `leave` must be called once, when it was answered. */
export interface Entry {
  caller: Caller;
  /** RateLimit, RateLimit-Policy: to be sent with the reply. */
  headers: Record<string, string>;
  leave(): void;
}

/**
 * The one way into every door: key, network, certificate, and the agency's limits of rate, concurrency and size.
 * Errors: Refusal `unauthenticated`, `forbidden`, `too-large`, `too-many-requests` (with `retryAfter`, seconds).
 */
export interface Gate {
  enter(knock: Knock): Promise<Entry>;
}
