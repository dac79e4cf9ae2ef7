import type { Store } from '../store/database.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import { findUserByLogin, type User } from './users.ts';

/** Tries that are let through in one window, whoever makes them. An address may be a whole agency's. */
const limits = { login: 10, address: 100 };
const windowMinutes = 15;

export type SignIn =
  | { outcome: 'welcome'; user: User }
  | { outcome: 'refused' }
  /** Too many tries for this login or from this address; the next may be made at `until`. */
  | { outcome: 'wait'; until: Date };

/**
 * Judges login and password. Tries are counted in the database, so the limit holds over all processes, and
 * before the password is looked at, so that tries made at once do not slip through.
 */
export function createSignIn(
  store: Store,
): (login: string, password: string, address: string) => Promise<SignIn> {
  // An unknown login has to cost as much time as a wrong password.
  const nobody = hashPassword('nobody has this password');
  return async (login, password, address) => {
    const subject = `login ${login.slice(0, 100)}`;
    const waits = await Promise.all([
      countTry(store, subject, limits.login),
      countTry(store, `address ${address}`, limits.address),
    ]);
    const until = waits.find((wait) => wait !== undefined);
    if (until) return { outcome: 'wait', until };
    const user = await findUserByLogin(store, login);
    const right = await verifyPassword(password, user?.passwordHash ?? (await nobody));
    if (!user || !right) return { outcome: 'refused' };
    await forget(store, subject, `address ${address}`);
    const { passwordHash: _, ...welcome } = user;
    return { outcome: 'welcome', user: welcome };
  };
}

/** Counts one try; the end of the window when it is one too many. */
async function countTry(store: Store, subject: string, limit: number): Promise<Date | undefined> {
  const { rows } = await store.pool.query<{ tries: number; until: Date }>(
    `insert into sign_in_tries (subject, tries, until) values ($1, 1, now() + $2 * interval '1 minute')
     on conflict (subject) do update set
       tries = case when sign_in_tries.until > now() then sign_in_tries.tries + 1 else 1 end,
       until = case when sign_in_tries.until > now() then sign_in_tries.until else excluded.until end
     returning tries, until`,
    [subject, windowMinutes],
  );
  const row = rows[0];
  return row && row.tries > limit ? row.until : undefined;
}

/** A right password was no guess: the login starts anew, and a busy address is not charged for it. */
async function forget(store: Store, login: string, address: string): Promise<void> {
  await store.pool.query(
    `with forgotten as (delete from sign_in_tries where subject = $1)
     update sign_in_tries set tries = tries - 1 where subject = $2`,
    [login, address],
  );
}

/** Forget windows that are over. */
export async function pruneTries(store: Store): Promise<void> {
  await store.db.deleteFrom('sign_in_tries').where('until', '<', new Date()).execute();
}
