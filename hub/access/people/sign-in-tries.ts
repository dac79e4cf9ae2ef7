import type { Transaction } from 'kysely';
import type { Store } from '../../store/database.ts';
import type { Tables } from '../../store/tables/tables.ts';

/**
 * The tries allowed in one window. Strangers who try somebody's login must not shut that person out (OWASP ASVS 5,
 * 6.1.1 and 6.3.1). So the limit over all addresses only slows them, and a known device is counted separately.
 */
export const tryLimits = {
  /** Everything from one address, which may be a whole agency's. */
  address: { tries: 100, minutes: 15 },
  /** One login from one address. */
  pair: { tries: 10, minutes: 15 },
  /**
   * One login from anywhere: NIST SP 800-63B, 5.2.2 limits guesses at one account, not the person's own way in.
   * `first`: so many from addresses that try it for the first time; otherwise two addresses would shut everybody out.
   */
  login: { tries: 20, first: 200, minutes: 3 },
  /** A browser in which the person signed in before. */
  device: { tries: 10, minutes: 15 },
} as const;
/** What is counted in the same way and is no try to sign in, so that no alert counts it as one. */
const otherLimits = {
  /** Own passwords that a signed-in person typed before a change: whoever took a session must not guess on. */
  own: { tries: 10, minutes: 15 },
  /** Second factors of one person from one device or network, and from all networks where the person is not known. */
  factor: { tries: 10, minutes: 15 },
  factors: { tries: 30, minutes: 15 },
  /** Mails that one person asks for, and what one address asks for. */
  forgotten: { tries: 3, minutes: 60 },
  forgetful: { tries: 20, minutes: 15 },
  /** Browsers without a known device that one address sends to providers. It is no guess, and a whole city hall may be one address. */
  sent: { tries: 3_000, minutes: 15 },
} as const;
const limits = { ...tryLimits, ...otherLimits };
type TryKind = keyof typeof limits;

/** What a try is counted for. */
export interface TrySubject {
  kind: TryKind;
  name: string;
}

/** A try over the limit: until when the limit holds, and whether this try was the first one over it. */
export interface TooMany {
  kind: TryKind;
  until: Date;
  isFirst: boolean;
}

const toKey = ({ kind, name }: TrySubject) => `${kind} ${name}`;

/**
 * Counts one try for each subject in turn, and stops at the first one over its limit. Then only that one is charged.
 * The counts are in the database, so limits hold over all processes. They are made before the password is checked, so
 * that tries at the same moment cannot slip through.
 */
export async function countTries(
  store: Store,
  subjects: TrySubject[],
  userId: string | undefined,
): Promise<TooMany | undefined> {
  let isNewHere = false;
  for (const [at, subject] of subjects.entries()) {
    const { tries, until } = await countTry(store, subject, userId);
    const most = subject.kind === 'login' && isNewHere ? tryLimits.login.first : limits[subject.kind].tries;
    if (subject.kind === 'pair') isNewHere = tries === 1;
    if (tries <= most) continue;
    await giveBackTries(store, subjects.slice(0, at));
    return { kind: subject.kind, until, isFirst: tries === most + 1 };
  }
  return undefined;
}

async function countTry({ pool }: Store, subject: TrySubject, userId: string | undefined) {
  const { rows } = await pool.query<{ tries: number; until: Date }>(
    `insert into sign_in_tries (subject, kind, user_id, tries, until) values ($1, $2, $3, 1, now() + $4 * interval '1 minute')
     on conflict (subject) do update set
       tries = case when sign_in_tries.until > now() then sign_in_tries.tries + 1 else 1 end,
       until = case when sign_in_tries.until > now() then sign_in_tries.until else excluded.until end
     returning tries, until`,
    // An address belongs to no single person.
    [toKey(subject), subject.kind, subject.kind === 'address' ? null : userId, limits[subject.kind].minutes],
  );
  return rows[0] ?? { tries: 0, until: new Date() };
}

/** Returns tries that were no guesses. */
export async function giveBackTries({ pool }: Store, subjects: TrySubject[]): Promise<void> {
  await pool.query('update sign_in_tries set tries = greatest(tries - 1, 0) where subject = any($1)', [
    subjects.map(toKey),
  ]);
}

/**
 * Call it after a correct password. The counts for this person on this device or address start anew, and the others are
 * not charged.
 */
export async function forgiveTries(store: Store, subjects: TrySubject[]): Promise<void> {
  const own = subjects.filter(({ kind }) => ['pair', 'device', 'own', 'factor'].includes(kind));
  await store.pool.query('delete from sign_in_tries where subject = any($1)', [own.map(toKey)]);
  await giveBackTries(
    store,
    subjects.filter((subject) => !own.includes(subject)),
  );
}

/**
 * Forgets the tries at a person's login. Call it when the person has set another password by a link: whoever tried the
 * old one too often must get in with the new one at once.
 */
export async function forgetTries(transaction: Transaction<Tables>, userId: string): Promise<void> {
  await transaction.deleteFrom('sign_in_tries').where('user_id', '=', userId).execute();
}

/** Removes ended windows, and devices that were not used for long. */
export async function pruneTries({ pool }: Store): Promise<void> {
  await pool.query('delete from sign_in_tries where until < now()');
  await pool.query('delete from known_devices where expires_at < now()');
}
