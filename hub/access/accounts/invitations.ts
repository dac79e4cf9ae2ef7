import type { Transaction } from 'kysely';
import type { Store } from '../../store/database.ts';
import type { Tables } from '../../store/tables/tables.ts';
import type { ListedUser } from '../people/list-users.ts';
import { refuseEmail } from '../people/user-rules.ts';
import { insertUser, type NewUser, refuseInvalid, type User, UserError } from '../people/users.ts';
import { endLinks } from './account-links.ts';
import { findKeptText, planLinkMail } from './account-mails.ts';
import { type Doer, noteAccount } from './doer.ts';

export type Invited = Omit<NewUser, 'password'> & { email: string };

/** Adds a person without a password, and mails the link by which the person sets one. Throws UserError. */
export async function inviteUser({ db }: Store, user: Invited, baseUrl: string, by: Doer): Promise<User> {
  return db.transaction().execute((transaction) => inviteIn(transaction, user, baseUrl, by));
}

/** The same within a transaction. */
export async function inviteIn(
  transaction: Transaction<Tables>,
  user: Invited,
  baseUrl: string,
  by: Doer,
): Promise<User> {
  refuseInvalid(user);
  refuseEmail(user.email);
  await refuseTakenEmail(transaction, user.email);
  const invited = await insertUser(transaction, user, null);
  const link = { userId: invited.id, kind: 'invitation', address: user.email, madeBy: by.actor } as const;
  await planLinkMail(transaction, link, baseUrl);
  await noteAccount(transaction, by, 'account.invited', user.login, { role: user.role });
  return invited;
}

/**
 * Mails a new link; the one before works no more. It goes to the person's own address, or to `email` for a person who
 * has none, or has lost the mailbox: then the link proves that address, too. Throws UserError.
 */
export async function sendLink({ db }: Store, ...about: LinkWanted): Promise<void> {
  await db.transaction().execute((transaction) => sendLinkIn(transaction, ...about));
}

type LinkWanted = [
  user: Pick<ListedUser, 'id' | 'login' | 'email' | 'state'>,
  to: { email: string; baseUrl: string },
  by: Doer,
];

/** The same within a transaction. */
export async function sendLinkIn(
  transaction: Transaction<Tables>,
  ...[user, { email, baseUrl }, by]: LinkWanted
): Promise<void> {
  refuseEmail(email);
  const kind = isOwnAddress(user, email) ? 'reset' : 'invitation';
  await refuseTakenEmail(transaction, email, user.id);
  await endLinks(transaction, user.id, ['invitation', 'reset']);
  await planLinkMail(transaction, { userId: user.id, kind, address: email, madeBy: by.actor }, baseUrl);
  await noteAccount(transaction, by, 'account.link_sent', user.login, { kind });
}

/** Whether the person proved it. A link to another address gives the account to whoever reads there. */
export const isOwnAddress = (user: Pick<ListedUser, 'email' | 'state'>, email: string): boolean =>
  user.state === 'active' && email.toLowerCase() === user.email?.toLowerCase();

/** The links that the person has not used work no more. */
export async function withdrawLinks(
  { db }: Store,
  user: { id: string; login: string },
  by: Doer,
): Promise<number> {
  return db.transaction().execute(async (transaction) => {
    const count = await endLinks(transaction, user.id);
    if (count > 0) await noteAccount(transaction, by, 'account.link_withdrawn', user.login);
    return count;
  });
}

/**
 * The text of a mail that the hub kept, since it has no mail server, for an administrator who hands it over. Undefined:
 * there is none, or its link works no more.
 */
export async function showKept(
  { db }: Store,
  user: { id: string; login: string },
  mail: string | undefined,
  by: Doer,
): Promise<string | undefined> {
  if (mail === undefined) return undefined;
  return db.transaction().execute(async (transaction) => {
    const text = await findKeptText(transaction, user.id, mail);
    if (text !== undefined) await noteAccount(transaction, by, 'account.link_shown', user.login);
    return text;
  });
}

/**
 * Throws UserError `taken` if the address is another person's, or another has an invitation at it. Two that are invited
 * at the same moment are told apart when the second uses the link.
 */
export async function refuseTakenEmail(
  transaction: Transaction<Tables>,
  email: string,
  own: string | null = null,
): Promise<void> {
  const address = email.toLowerCase();
  const users = transaction
    .selectFrom('users')
    .select('id')
    .where(({ eb, fn }) => eb(fn<string>('lower', ['email']), '=', address))
    .where('disabled_at', 'is', null);
  const invited = transaction
    .selectFrom('account_links')
    .select('user_id as id')
    .where(({ eb, fn }) => eb(fn<string>('lower', ['address']), '=', address))
    .where('kind', '=', 'invitation')
    .where('used_at', 'is', null)
    .where('ended_at', 'is', null);
  const rows = await users.union(invited).execute();
  if (rows.some(({ id }) => id !== own)) throw new UserError('taken', 'email', 'the email is in use');
}
