import type { Language } from '../../../schemas/index.ts';
import type { Store } from '../../store/database.ts';
import { newId } from '../../store/new-id.ts';
import { tellSessionsEnded } from '../../store/signals/change-signal.ts';
import { isSqlState } from '../../store/sql-states.ts';
import type { Tables } from '../../store/tables/tables.ts';
import { hashPassword, shortestPassword } from './passwords.ts';

export const roles = ['administrator', 'counsellor', 'officer', 'auditor'] as const;
export type Role = (typeof roles)[number];

/** A person who may sign in. Only an officer belongs to an agency. */
export interface User {
  id: string;
  login: string;
  name: string;
  role: Role;
  agency: string | null;
  language: Language;
}

export interface NewUser {
  login: string;
  name: string;
  role: Role;
  agency?: string;
  password: string;
  language?: Language;
}

/**
 * Why a user was not created.
 * - `taken`: the login is in use
 * - `invalid`: the value of `field` is not acceptable
 */
export class UserError extends Error {
  readonly kind: 'taken' | 'invalid';
  readonly field: keyof NewUser;
  constructor(kind: UserError['kind'], field: keyof NewUser, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'UserError';
    this.kind = kind;
    this.field = field;
  }
}

const loginShape = /^[a-z0-9][a-z0-9._-]{1,39}$/;
const columns = [
  'id',
  'login',
  'name',
  'role',
  'agency',
  'language',
] as const satisfies (keyof Tables['users'])[];

/** Creates a person who may sign in at once. Throws {@link UserError}, HashingBusy. */
export async function createUser(store: Store, user: NewUser): Promise<User> {
  refuseInvalid(user);
  const row = {
    id: newId(),
    login: user.login,
    name: user.name.trim(),
    role: user.role,
    agency: user.agency ?? null,
    language: user.language ?? 'ko',
  };
  const password_hash = await hashPassword(user.password);
  try {
    await store.db
      .insertInto('users')
      .values({ ...row, password_hash, disabled_at: null })
      .execute();
  } catch (error) {
    if (isSqlState(error, 'uniqueViolation'))
      throw new UserError('taken', 'login', 'the login is in use', error);
    throw error;
  }
  return row;
}

function refuseInvalid(user: NewUser): void {
  const problems: [boolean, keyof NewUser, string][] = [
    [!loginShape.test(user.login), 'login', 'must be 2 to 40 of a-z, 0-9, dot, hyphen, underscore'],
    [user.name.trim() === '', 'name', 'is required'],
    [!roles.includes(user.role), 'role', `must be one of ${roles.join(', ')}`],
    [(user.role === 'officer') !== (user.agency !== undefined), 'agency', 'is required for officers only'],
    [user.password.length < shortestPassword, 'password', `must have ${shortestPassword} characters or more`],
  ];
  for (const [wrong, field, message] of problems) if (wrong) throw new UserError('invalid', field, message);
}

/** The person with this login, and the stored form of the password. Disabled people are not found. */
export async function findUserByLogin(
  store: Store,
  login: string,
): Promise<(User & { passwordHash: string }) | undefined> {
  return store.db
    .selectFrom('users')
    .select([...columns, 'password_hash as passwordHash'])
    .where('login', '=', login)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
}

/** Everybody; people who may still sign in come first. */
export async function listUsers(store: Store): Promise<(User & { disabledAt: Date | null })[]> {
  return store.db
    .selectFrom('users')
    .select([...columns, 'disabled_at as disabledAt'])
    .orderBy('disabled_at', (order) => order.desc().nullsFirst())
    .orderBy('login')
    .execute();
}

/** The person cannot sign in any more, and the sessions end now. Events keep the login. */
export async function disableUser(store: Store, id: string): Promise<void> {
  await store.db.transaction().execute(async (transaction) => {
    await transaction
      .updateTable('users')
      .set({ disabled_at: new Date() })
      .where('id', '=', id)
      .where('disabled_at', 'is', null)
      .execute();
    await transaction.deleteFrom('sessions').where('user_id', '=', id).execute();
    await transaction.deleteFrom('known_devices').where('user_id', '=', id).execute();
  });
  await tellSessionsEnded(store);
}
