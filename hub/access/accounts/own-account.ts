import type { Language } from '../../../schemas/index.ts';
import type { Store } from '../../store/database.ts';
import { tellSessionsEnded } from '../../store/signals/change-signal.ts';
import { forgetDevices } from '../people/known-devices.ts';
import { hashPassword, unmatchedHash, verifyPassword } from '../people/passwords.ts';
import { endSessions } from '../people/sessions.ts';
import { countTries, forgiveTries, giveBackTries } from '../people/sign-in-tries.ts';
import { refuseEmail, refuseName, refusePassword } from '../people/user-rules.ts';
import { findUserByLogin, UserError, updateOwn, updatePassword } from '../people/users.ts';
import { endLinks } from './account-links.ts';
import { planLinkMail, planNews } from './account-mails.ts';
import { noteAccount } from './doer.ts';
import { refuseTakenEmail } from './invitations.ts';

/** The signed-in person, and the session in which the person sits. */
export interface Self {
  id: string;
  login: string;
  session: string;
}

const doer = ({ login }: Self) => ({ actor: login, way: 'console' }) as const;

/** Too many wrong passwords: the next may be typed at `until`. */
export class WaitForPassword extends Error {
  readonly until: Date;
  constructor(until: Date) {
    super('too many wrong passwords');
    this.name = 'WaitForPassword';
    this.until = until;
  }
}

/**
 * Changes one's own password. All other sessions end, and other browsers are not known any more. Throws UserError,
 * WaitForPassword, HashingBusy.
 */
export async function changeOwnPassword(
  store: Store,
  self: Self,
  given: { current: string; password: string },
): Promise<void> {
  await refusePassword(given.password, [self.login]);
  await checkCurrent(store, self, given.current);
  const passwordHash = await hashPassword(given.password);
  await store.db.transaction().execute(async (transaction) => {
    if (!(await updatePassword(transaction, self.id, passwordHash))) return;
    // Also one that would give the account another address: whoever knew the old password may have asked for it.
    await endLinks(transaction, self.id);
    await forgetDevices(transaction, self.id, self.session);
    await endSessions(transaction, self.id, { except: self.session });
    const { email } = await transaction
      .selectFrom('users')
      .select('email')
      .where('id', '=', self.id)
      .executeTakeFirstOrThrow();
    if (email !== null) await planNews(transaction, 'password_changed', { userId: self.id, address: email });
    await noteAccount(transaction, doer(self), 'account.password_set', self.login, { by: 'self' });
  });
  await tellSessionsEnded(store);
}

/** Changes one's own name and language. Throws UserError. */
export async function changeOwnProfile(
  { db }: Store,
  self: Self,
  own: { name: string; language: Language },
): Promise<void> {
  refuseName(own.name);
  await db.transaction().execute(async (transaction) => {
    await updateOwn(transaction, self.id, { ...own, name: own.name.trim() });
    await noteAccount(transaction, doer(self), 'account.changed', self.login);
  });
}

/**
 * Mails a link to an address that the person wants to have. Nothing changes before it is used. Throws UserError,
 * WaitForPassword, HashingBusy.
 */
export async function askForEmail(
  store: Store,
  self: Self,
  given: { email: string; current: string; baseUrl: string },
): Promise<void> {
  refuseEmail(given.email);
  await checkCurrent(store, self, given.current);
  // Mails go wherever the person says, so there are few.
  const tooMany = await countTries(store, [{ kind: 'forgotten', name: `email ${self.id}` }], undefined);
  if (tooMany) throw new UserError('often', 'email', 'too many mails');
  await store.db.transaction().execute(async (transaction) => {
    await refuseTakenEmail(transaction, given.email, self.id);
    const link = { userId: self.id, kind: 'email', address: given.email, madeBy: self.login } as const;
    await planLinkMail(transaction, link, given.baseUrl);
    await noteAccount(transaction, doer(self), 'account.email_asked', self.login);
  });
}

/** A session that somebody took is not enough for what would take the account. */
export async function checkCurrent(
  store: Store,
  { id, login }: Pick<Self, 'id' | 'login'>,
  current: string,
): Promise<void> {
  const subjects = [{ kind: 'own' as const, name: id }];
  const tooMany = await countTries(store, subjects, id);
  if (tooMany) throw new WaitForPassword(tooMany.until);
  const found = await findUserByLogin(store, login);
  const isRight = await verifyPassword(current, found?.passwordHash ?? unmatchedHash, true).catch(
    async (busy: unknown) => {
      await giveBackTries(store, subjects);
      throw busy;
    },
  );
  if (!isRight) throw new UserError('invalid', 'current', 'is not the password');
  await forgiveTries(store, subjects);
}
