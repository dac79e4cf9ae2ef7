/**
 * Why somebody was not let in by a provider.
 * - `away`: the provider did not answer, or not with what it should
 * - `denied`: the provider says no
 * - `clock`: the answer is of another time, because a clock is off or because it is old
 * - `audience`: the answer is for another service
 * - `lost`: nobody began, in another browser, or too long ago
 * - `untrusted`: a signature, an issuer or a number does not fit
 * - `repeated`: the answer was used before
 * - `unmapped`: no rule says which role the person has
 * - `absent`: there is no account, and none is made
 * - `taken`: the address or the login is that of another account
 * - `disabled`: the account may not sign in any more
 * - `emergency`: a break-glass account signs in by its password alone
 * - `last`: the hub would be left without an administrator who has a password
 */
export const signOnKinds = [
  'away',
  'denied',
  'clock',
  'audience',
  'lost',
  'untrusted',
  'repeated',
  'unmapped',
  'absent',
  'taken',
  'disabled',
  'emergency',
  'last',
] as const;
export type SignOnKind = (typeof signOnKinds)[number];

/** Where somebody goes on after signing in, and what was typed before. */
export interface Carried {
  to: string;
  path?: string | undefined;
  typed?: string | undefined;
}

/** `code`: what the protocol calls it, for the log. It never holds a token, an address or what a provider wrote. */
export class SignOnError extends Error {
  readonly kind: SignOnKind;
  readonly code: string;
  /** Where the person wanted to go and what was typed, which must not be lost. */
  carried: Carried | undefined;
  constructor(kind: SignOnKind, code: string) {
    super(`${kind}: ${code}`);
    this.name = 'SignOnError';
    this.kind = kind;
    this.code = code;
  }
}
