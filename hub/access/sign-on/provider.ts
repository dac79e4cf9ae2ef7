import type { Claims } from './map-person.ts';
import type { SignOnProvider } from './sign-on-schema.ts';

/** Somebody whom a provider vouches for. */
export interface Identity {
  issuer: string;
  /** Names the person at the issuer for ever. */
  subject: string;
  claims: Claims;
  /** Undefined: the provider told none. */
  email: { address: string; isVerified: boolean } | undefined;
  /** What the provider did counts as a second factor, as the settings say. */
  isProved: boolean;
  /** The provider's name of the session, and the token by which it knows it again. */
  sid?: string | undefined;
  hint?: string | undefined;
  /** The answer counts once: its id, and until when somebody could show it again. */
  once?: { id: string; until: Date } | undefined;
}

/** What an answer must fit. It is kept while the person is away. */
export type Proof = Readonly<Record<string, string>>;

/** The addresses that a provider must know of the hub. `base`: PUBLIC_URL, without a slash at the end. */
export const toAddresses = (base: string, name: string) => ({
  callback: `${base}/sign-in/with/${name}/callback`,
  acs: `${base}/sign-in/with/${name}/acs`,
  metadata: `${base}/sign-in/with/${name}/metadata`,
  backChannel: `${base}/sign-in/with/${name}/back-channel`,
  signedOut: `${base}/sign-in/with/${name}/signed-out`,
});
export type Addresses = ReturnType<typeof toAddresses>;

/** A certificate that signing in depends on. */
export interface Certificate {
  /** Whose: of the provider, or the hub's own. */
  of: 'provider' | 'hub';
  endsAt: Date;
}

/** Seconds for one request to a provider: a person waits meanwhile. */
export const timeout = 10;
/** Without TLS only on this machine itself, for tests and development. */
export const isLocalTest = (issuer: string): boolean =>
  /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/.test(issuer);

/** Days before its end from which a certificate counts as a fault, in `hub sso check` and in the alert. */
export const daysAhead = 30;

/** One line of `hub sso check`. */
export interface Check {
  isGood: boolean;
  says: string;
}

/** What the settings of every provider have. */
export type Common = Pick<SignOnProvider, 'name' | 'label' | 'contact' | 'roles' | 'accounts' | 'only'>;

export const isYes = (answer: 'no' | 'yes' | undefined, otherwise = false): boolean =>
  answer === undefined ? otherwise : answer === 'yes';
