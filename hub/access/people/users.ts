import type { Transaction } from 'kysely';
import type { Language } from '../../../schemas/index.ts';
import type { Store } from '../../store/database.ts';
import { newId } from '../../store/new-id.ts';
import { isSqlState } from '../../store/sql-states.ts';
import type { Tables } from '../../store/tables/tables.ts';
import { type Doer, noteAccount } from '../accounts/doer.ts';
import { hashPassword } from './passwords.ts';
import { UserError } from './user-error.ts';
import { refuse, refuseName, refusePassword } from './user-rules.ts';

export { UserError } from './user-error.ts';

export const roles = ['administrator', 'counsellor', 'officer', 'auditor', 'engineer'] as const;
export type Role = (typeof roles)[number];

/** The roles of people who belong to an agency, and see nothing of another one. */
export const isOfAgency = (role: Role): boolean => role === 'officer' || role === 'engineer';

/** A person who may sign in. Only an officer and an engineer belong to an agency. */
export interface User {
  id: string;
  login: string;
  name: string;
  role: Role;
  agency: string | null;
  language: Language;
}

/** What an administrator says of a person. */
export interface UserProfile {
  name: string;
  role: Role;
  agency?: string;
  language?: Language;
}

export interface NewUser extends UserProfile {
  login: string;
  password: string;
}

/** No space: programs and keys have one in their names in the history, so that no login can look like theirs. */
export const loginShape = /^[a-z0-9][a-z0-9._-]{1,39}$/;
const columns = [
  'id',
  'login',
  'name',
  'role',
  'agency',
  'language',
] as const satisfies (keyof Tables['users'])[];

/** Who adds people where no person is signed in: whoever sets up the hub. */
const installer: Doer = { actor: 'hub', way: 'command' };

/** Creates a person who may sign in at once. Throws {@link UserError}, HashingBusy. */
export async function createUser(store: Store, user: NewUser, by: Doer = installer): Promise<User> {
  refuseInvalid(user);
  await refusePassword(user.password, [user.login, user.name]);
  const passwordHash = await hashPassword(user.password);
  return store.db.transaction().execute(async (transaction) => {
    const created = await insertUser(transaction, user, passwordHash);
    await noteAccount(transaction, by, 'account.added', user.login, { role: user.role });
    return created;
  });
}

/** Throws {@link UserError} for the first field that is not acceptable. */
export function refuseInvalid(user: Omit<NewUser, 'password'>): void {
  refuse([
    [!loginShape.test(user.login), 'login', 'must be 2 to 40 of a-z, 0-9, dot, hyphen, underscore'],
    [user.login === installer.actor, 'login', 'is how the history names the hub itself'],
  ]);
  refuseInvalidProfile(user);
}

export function refuseInvalidProfile(user: UserProfile): void {
  refuseName(user.name);
  refuse([
    [!roles.includes(user.role), 'role', `must be one of ${roles.join(', ')}`],
    [
      isOfAgency(user.role) !== (user.agency !== undefined),
      'agency',
      'is required for officers and engineers only',
    ],
  ]);
}

/** Adds a person. Without a password (null) nobody can sign in as this person. Throws {@link UserError}. */
export async function insertUser(
  transaction: Transaction<Tables>,
  user: Omit<NewUser, 'password'>,
  passwordHash: string | null,
): Promise<User> {
  const row = { id: newId(), login: user.login, ...toRow(user) };
  await orTaken('login', () =>
    transaction
      .insertInto('users')
      .values({ ...row, password_hash: passwordHash, disabled_at: null })
      .execute(),
  );
  return row;
}

const toRow = ({ name, role, agency, language }: UserProfile) => ({
  name: name.trim(),
  role,
  agency: agency ?? null,
  language: language ?? 'ko',
});

/** Says which field is taken by another account. */
async function orTaken<T>(field: 'login' | 'email', write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (isSqlState(error, 'uniqueViolation'))
      throw new UserError('taken', field, `the ${field} is in use`, error);
    throw error;
  }
}

/** Changes what an administrator says of a person. */
export async function updateProfile(
  transaction: Transaction<Tables>,
  id: string,
  profile: UserProfile,
): Promise<void> {
  await transaction.updateTable('users').set(toRow(profile)).where('id', '=', id).execute();
}

/** What a provider says of a person's department. hub/desk/people.ts is where people set it. */
export async function updateDepartment(
  transaction: Transaction<Tables>,
  id: string,
  department: string | null,
): Promise<void> {
  await transaction.updateTable('users').set({ department }).where('id', '=', id).execute();
}

/** Changes what a person says of himself or herself. */
export async function updateOwn(
  transaction: Transaction<Tables>,
  id: string,
  own: { name: string; language: Language },
): Promise<void> {
  await transaction.updateTable('users').set(own).where('id', '=', id).execute();
}

/** False: the person is disabled, and nothing changed. */
export async function updatePassword(
  transaction: Transaction<Tables>,
  id: string,
  passwordHash: string,
): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable('users')
    .set({ password_hash: passwordHash })
    .where('id', '=', id)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Keeps the same password in another form, unless it was changed since. */
export async function replaceHash(
  { db }: Pick<Store, 'db'>,
  id: string,
  before: string,
  passwordHash: string,
): Promise<void> {
  await db
    .updateTable('users')
    .set({ password_hash: passwordHash })
    .where('id', '=', id)
    .where('password_hash', '=', before)
    .execute();
}

/** Throws {@link UserError} `taken`. */
export async function updateEmail(
  transaction: Transaction<Tables>,
  id: string,
  email: string,
): Promise<void> {
  await orTaken('email', () =>
    transaction.updateTable('users').set({ email }).where('id', '=', id).execute(),
  );
}

/** Throws {@link UserError} `taken`, where a person who is let in again has an address that another has now. */
export async function updateDisabled(
  transaction: Transaction<Tables>,
  id: string,
  disabledAt: Date | null,
): Promise<void> {
  await orTaken('email', () =>
    transaction.updateTable('users').set({ disabled_at: disabledAt }).where('id', '=', id).execute(),
  );
}

/** Notes that the person signed in now. */
export async function noteSignIn({ db }: Pick<Store, 'db'>, id: string): Promise<void> {
  await db.updateTable('users').set({ last_sign_in_at: new Date() }).where('id', '=', id).execute();
}

/**
 * The person with this login, and the stored form of the password (null: there is none yet). Disabled people are not
 * found.
 */
export async function findUserByLogin(
  store: Store,
  login: string,
): Promise<
  (User & { passwordHash: string | null; isBreakGlass: boolean; email: string | null }) | undefined
> {
  return store.db
    .selectFrom('users')
    .select([...columns, 'password_hash as passwordHash', 'break_glass as isBreakGlass', 'email'])
    .where('login', '=', login)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
}
