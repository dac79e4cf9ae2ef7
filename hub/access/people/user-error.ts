/** The fields of an account that can be wrong. */
export type UserField = 'login' | 'name' | 'role' | 'agency' | 'email' | 'password' | 'current';

/**
 * Why an account was not changed.
 * - `taken`: another account has this login or address
 * - `invalid`: the value of `field` is not acceptable
 * - `common`: the password is one of those that are tried first
 * - `often`: too many mails went for this
 * - `last`: nobody would be left who may manage accounts
 */
export class UserError extends Error {
  readonly kind: 'taken' | 'invalid' | 'common' | 'often' | 'last';
  readonly field: UserField;
  constructor(kind: UserError['kind'], field: UserField, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'UserError';
    this.kind = kind;
    this.field = field;
  }
}
