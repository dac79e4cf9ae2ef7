import type { Transaction } from 'kysely';
import type { Store } from '../../store/database.ts';
import { tellSessionsEnded } from '../../store/signals/change-signal.ts';
import type { Tables } from '../../store/tables/tables.ts';
import { forgetDevices } from '../people/known-devices.ts';
import { hashPassword } from '../people/passwords.ts';
import { endSessions } from '../people/sessions.ts';
import { forgetTries } from '../people/sign-in-tries.ts';
import { refusePassword } from '../people/user-rules.ts';
import { updateEmail, updatePassword } from '../people/users.ts';
import { endLinks, type FoundLink, findLink, type LinkState, useLink } from './account-links.ts';
import { planNews } from './account-mails.ts';
import { noteAccount } from './doer.ts';

/** `done`, or the state in which the link is: the person has to ask for another. */
export type LinkUse = 'done' | Exclude<LinkState, 'open'>;

/**
 * Sets the password of the link's person: the first one (invitation) or another (reset). All sessions end, and no
 * browser is known any more. The link is used only if the password is set. Throws UserError, HashingBusy.
 */
export async function setPasswordByLink(store: Store, token: string, password: string): Promise<LinkUse> {
  const link = await findLink(store, token);
  // A password is hashed for a link that works, and for no other: hashing is slow.
  if (link?.state !== 'open') return link?.state ?? 'unknown';
  if (link.kind === 'email') return 'unknown';
  await refusePassword(password, [link.login, link.name, link.address]);
  const passwordHash = await hashPassword(password);
  const isDone = await store.db
    .transaction()
    .execute(async (transaction) => {
      if (!(await useLink(transaction, link.id))) return false;
      if (!(await updatePassword(transaction, link.userId, passwordHash))) throw new LinkLost();
      const before = await findEmail(transaction, link.userId);
      if (link.kind === 'invitation') await updateEmail(transaction, link.userId, link.address);
      await endLinks(transaction, link.userId);
      await endSessions(transaction, link.userId);
      await forgetDevices(transaction, link.userId);
      await forgetTries(transaction, link.userId);
      await tellOfPassword(transaction, link, before);
      await noteAccount(transaction, doer(link), 'account.password_set', link.login, { by: link.kind });
      return true;
    })
    .catch(orLost);
  if (isDone) await tellSessionsEnded(store);
  return isDone ? 'done' : afterRace(store, token);
}

/** From now on the person has the address that the link was sent to. Throws UserError `taken`. */
export async function confirmEmailByLink(store: Store, token: string): Promise<LinkUse> {
  const link = await findLink(store, token);
  if (link?.state !== 'open') return link?.state ?? 'unknown';
  if (link.kind !== 'email') return 'unknown';
  const isDone = await store.db.transaction().execute(async (transaction) => {
    if (!(await useLink(transaction, link.id))) return false;
    const before = await findEmail(transaction, link.userId);
    await updateEmail(transaction, link.userId, link.address);
    // Mails to the earlier address set no password any more.
    await endLinks(transaction, link.userId, ['reset', 'invitation']);
    if (before !== null)
      await planNews(transaction, 'email_changed', { userId: link.userId, address: before });
    await noteAccount(transaction, doer(link), 'account.email_set', link.login);
    return true;
  });
  return isDone ? 'done' : afterRace(store, token);
}

/** The person was disabled while the password was hashed. */
class LinkLost extends Error {}

function orLost(error: unknown): false {
  if (error instanceof LinkLost) return false;
  throw error;
}

/** Another has used or ended the link since it was looked at. */
async function afterRace(store: Store, token: string): Promise<Exclude<LinkState, 'open'>> {
  const link = await findLink(store, token);
  return link === undefined || link.state === 'open' ? 'unknown' : link.state;
}

const doer = ({ login }: FoundLink) => ({ actor: login, way: 'console' }) as const;

async function findEmail(transaction: Transaction<Tables>, userId: string): Promise<string | null> {
  const row = await transaction
    .selectFrom('users')
    .select('email')
    .where('id', '=', userId)
    .executeTakeFirst();
  return row?.email ?? null;
}

/** Whoever did not set the password learns that somebody did. A first password is no news. */
async function tellOfPassword(
  transaction: Transaction<Tables>,
  { kind, userId, address }: FoundLink,
  before: string | null,
): Promise<void> {
  const told = kind === 'reset' ? address : before;
  if (told !== null) await planNews(transaction, 'password_changed', { userId, address: told });
}
