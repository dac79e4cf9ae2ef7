import type { Store } from '../../store/database.ts';
import type { AdminKeyOrder } from '../keys/admin-keys.ts';
import { findListedUser, type ListedUser } from '../people/list-users.ts';
import { may } from '../people/rights.ts';
import { refuseEmail } from '../people/user-rules.ts';
import { refuseInvalid, refuseInvalidProfile, type User, UserError } from '../people/users.ts';
import { proposeAccount } from './account-proposals.ts';
import type { Wanted } from './account-wanted.ts';
import { changeUser, enableUser } from './administer.ts';
import type { Doer } from './doer.ts';
import { inviteUser, isOwnAddress, sendLink } from './invitations.ts';

export interface AccountRules {
  /** CONFIG_FOUR_EYES: a second administrator has to agree to whatever makes an administrator. */
  fourEyes: boolean;
  /** How people reach the hub, for links in mails. */
  baseUrl: string;
}

/** It is done, for an invitation with the person; or it waits for a second administrator under this id. */
export type AccountChanged = { done: User | undefined } | { proposed: string };

/**
 * Changes an account, or proposes it where the rule of four eyes holds and an administrator comes of it. Pages and the
 * API go this way; keys go by {@link proposeKey}. Commands on the server act at once: who may run them may change the
 * database as well. Throws UserError.
 */
export async function changeAccount(
  store: Store,
  { fourEyes, baseUrl }: AccountRules,
  wanted: Exclude<Wanted, { kind: 'key' }>,
  by: Doer,
): Promise<AccountChanged> {
  const person = wanted.kind === 'invite' ? undefined : await findListedUser(store, wanted.id);
  const login = wanted.kind === 'invite' ? wanted.user.login : person?.login;
  if (fourEyes && login && makesAdministrator(wanted, person)) {
    refuseUnusable(wanted);
    return { proposed: await proposeAccount(store, { login, wanted }, by) };
  }
  switch (wanted.kind) {
    case 'invite':
      return { done: await inviteUser(store, wanted.user, baseUrl, by) };
    case 'change':
      await changeUser(store, wanted.id, wanted.profile, by);
      break;
    case 'enable':
      await enableUser(store, wanted.id, by);
      break;
    case 'link':
      if (person) await sendLink(store, person, { email: wanted.email, baseUrl }, by);
  }
  return { done: undefined };
}

/**
 * Proposes a key of one's own. Its author makes it when another has agreed, so that nobody else sees it. Throws UserError
 * for another's key: that would act, and agree, in the name of that person.
 */
export async function proposeKey(
  store: Store,
  { login, name, scopes, expiresAt }: AdminKeyOrder,
  by: Doer,
): Promise<string> {
  if (login !== by.actor) throw new UserError('invalid', 'login', 'only an own key can be proposed');
  const wanted: Wanted = { kind: 'key', name, scopes: [...scopes], expiresAt: expiresAt.toISOString() };
  return proposeAccount(store, { login, wanted }, by);
}

/** Whether somebody gets the rights of an administrator by it, or the way into such an account. */
function makesAdministrator(wanted: Wanted, person: ListedUser | undefined): boolean {
  const managesUsers = (role: User['role']) => may({ role, agency: null }, 'manage_users');
  const isOne = person !== undefined && managesUsers(person.role);
  switch (wanted.kind) {
    case 'invite':
      return managesUsers(wanted.user.role);
    case 'change':
      return managesUsers(wanted.profile.role) && !isOne;
    case 'enable':
      return isOne && person.state === 'disabled';
    case 'link':
      return isOne && !isOwnAddress(person, wanted.email);
    case 'key':
      return true;
  }
}

/** What is wrong shows now, and not when a second person agrees. */
function refuseUnusable(wanted: Wanted): void {
  if (wanted.kind === 'change') refuseInvalidProfile(wanted.profile);
  if (wanted.kind === 'invite') refuseInvalid(wanted.user);
  if (wanted.kind === 'invite') refuseEmail(wanted.user.email);
  if (wanted.kind === 'link') refuseEmail(wanted.email);
}
