import type { Transaction } from 'kysely';
import type { Store } from '../../store/database.ts';
import { tellSessionsEnded } from '../../store/signals/change-signal.ts';
import type { Tables } from '../../store/tables/tables.ts';
import { removeFactors } from '../factors/factors.ts';
import { forgetDevices } from '../people/known-devices.ts';
import { hashPassword } from '../people/passwords.ts';
import { may, rolesThatMay } from '../people/rights.ts';
import { endSessions } from '../people/sessions.ts';
import { forgetTries } from '../people/sign-in-tries.ts';
import { refusePassword } from '../people/user-rules.ts';
import {
  refuseInvalidProfile,
  UserError,
  type UserProfile,
  updateDisabled,
  updatePassword,
  updateProfile,
} from '../people/users.ts';
import { endLinks } from './account-links.ts';
import { type Doer, noteAccount } from './doer.ts';

/** The person cannot sign in any more, and the sessions end now. Events keep the login. Throws UserError `last`. */
export async function disableUser(store: Store, id: string, by: Doer): Promise<void> {
  await store.db.transaction().execute(async (transaction) => {
    await refuseLastAdministrator(transaction, id);
    const login = await lockUser(transaction, id, false);
    if (login === undefined) return;
    await updateDisabled(transaction, id, new Date());
    await endLinks(transaction, id);
    await endSessions(transaction, id);
    await forgetDevices(transaction, id);
    await noteAccount(transaction, by, 'account.disabled', login);
  });
  await tellSessionsEnded(store);
}

/** The person may sign in again, with the password as it was. Throws UserError `taken` for the address. */
export async function enableUser({ db }: Store, id: string, by: Doer): Promise<void> {
  await db.transaction().execute((transaction) => enableIn(transaction, id, by));
}

/** The same within a transaction. */
export async function enableIn(transaction: Transaction<Tables>, id: string, by: Doer): Promise<void> {
  const login = await lockUser(transaction, id, true);
  if (login === undefined) return;
  await updateDisabled(transaction, id, null);
  await noteAccount(transaction, by, 'account.enabled', login);
}

/** Changes name, role, agency and language of a person. Throws UserError `invalid`, `last`. */
export async function changeUser({ db }: Store, id: string, profile: UserProfile, by: Doer): Promise<void> {
  await db.transaction().execute((transaction) => changeIn(transaction, id, profile, by));
}

/** The same within a transaction. */
export async function changeIn(
  transaction: Transaction<Tables>,
  id: string,
  profile: UserProfile,
  by: Doer,
): Promise<void> {
  refuseInvalidProfile(profile);
  if (!may({ role: profile.role, agency: null }, 'manage_users'))
    await refuseLastAdministrator(transaction, id);
  const login = await lockUser(transaction, id, false);
  if (login === undefined) return;
  await updateProfile(transaction, id, profile);
  await noteAccount(transaction, by, 'account.changed', login, { role: profile.role });
}

/**
 * Sets a password that the person types at the hub's own terminal: the way in where no mail goes. All sessions end.
 * Throws UserError, HashingBusy.
 */
export async function setPassword(
  store: Store,
  user: { id: string; login: string },
  password: string,
  by: Doer,
): Promise<void> {
  await refusePassword(password, [user.login]);
  const passwordHash = await hashPassword(password);
  await store.db.transaction().execute(async (transaction) => {
    if (!(await updatePassword(transaction, user.id, passwordHash)))
      throw new UserError('invalid', 'login', 'is disabled');
    await endLinks(transaction, user.id);
    await endSessions(transaction, user.id);
    await forgetDevices(transaction, user.id);
    await forgetTries(transaction, user.id);
    await noteAccount(transaction, by, 'account.password_set', user.login, { by: 'command' });
  });
  await tellSessionsEnded(store);
}

/** Ends one session of a person (`only`), or all but one (`except`), or all. */
export async function endSessionsOf(
  store: Store,
  user: { id: string; login: string },
  which: { only?: string; except?: string },
  by: Doer,
): Promise<number> {
  const ended = await store.db.transaction().execute(async (transaction) => {
    const count = await endSessions(transaction, user.id, which);
    if (count > 0) await noteAccount(transaction, by, 'account.sessions_ended', user.login, { count });
    return count;
  });
  await tellSessionsEnded(store);
  return ended;
}

/**
 * Takes all second factors of a person, who lost them. The sessions end, and the browsers are not known any more: whoever comes next
 * shows the password, and sets up another factor where one is needed. The person is told by mail. Resolves with their number.
 */
export async function takeFactors(
  store: Store,
  user: { id: string; login: string },
  by: Doer,
): Promise<number> {
  const taken = await store.db.transaction().execute(async (transaction) => {
    const count = await removeFactors(transaction, user, undefined, by);
    if (count === 0) return 0;
    await endSessions(transaction, user.id);
    await forgetDevices(transaction, user.id);
    return count;
  });
  if (taken > 0) await tellSessionsEnded(store);
  return taken;
}

/** Locks a person for the transaction. Undefined: there is none, or it is in the other state. */
async function lockUser(
  transaction: Transaction<Tables>,
  id: string,
  isDisabled: boolean,
): Promise<string | undefined> {
  const row = await transaction
    .selectFrom('users')
    .select('login')
    .where('id', '=', id)
    .where('disabled_at', isDisabled ? 'is not' : 'is', null)
    .forUpdate()
    .executeTakeFirst();
  return row?.login;
}

/**
 * Throws UserError `last` if nobody else may manage accounts and sign in. All administrators are locked, so that two who
 * disable each other at the same moment come one after the other.
 */
async function refuseLastAdministrator(transaction: Transaction<Tables>, id: string): Promise<void> {
  const able = await transaction
    .selectFrom('users')
    .select('id')
    .where('role', 'in', rolesThatMay('manage_users'))
    .where('disabled_at', 'is', null)
    .where('password_hash', 'is not', null)
    .orderBy('id')
    .forUpdate()
    .execute();
  if (able.length === 1 && able[0]?.id === id)
    throw new UserError('last', 'role', 'this is the last administrator who can sign in');
}
