import type { Logger } from 'pino';
import { toNeighbourhood } from '../../../schemas/networks.ts';
import type { Store } from '../../store/database.ts';
import { type FactorPolicy, toFactorPolicy } from '../factors/factor-policy.ts';
import { findNextStep } from '../factors/prove.ts';
import { hashToken } from '../keys/secret-token.ts';
import { noSignOn, type SignOn, type SignOnDesk } from '../sign-on/sign-on.ts';
import { enter } from './enter.ts';
import { isKnownDevice, type KnownDevice } from './known-devices.ts';
import { HashingBusy, hashPassword, isOutdated, unmatchedHash, verifyPassword } from './passwords.ts';
import { countTries, forgiveTries, giveBackTries, type TrySubject } from './sign-in-tries.ts';
import { findUserByLogin, replaceHash, type User } from './users.ts';

export interface SignInTry {
  login: string;
  password: string;
  /** IP address of the caller. */
  address: string;
  /** The browser in words. */
  browser?: string | undefined;
  /** What the browser's cookie says; anybody may have set it. */
  device?: string | undefined;
}

export type SignIn =
  | { outcome: 'welcome'; user: User; device: KnownDevice }
  /** The password is right, and a second factor is asked for, or has to be set up first. */
  | { outcome: 'half'; user: User; next: 'factor' | 'enrolment' }
  | { outcome: 'refused' }
  /** The password is right, and this person has to sign in at this provider. */
  | { outcome: 'elsewhere'; provider: SignOnDesk }
  /** There were too many tries. The next may be made at `until`. */
  | { outcome: 'wait'; until: Date }
  /** Too many passwords are being checked. The same may be sent again in so many seconds. */
  | { outcome: 'busy'; retryAfter: number };

/**
 * Checks login and password. Every refusal is logged (OWASP ASVS 5, 16.3.1) with the user whom the login names. An
 * unknown login is not logged: people type passwords there.
 */
export function createSignIn(
  store: Store,
  log: Logger,
  policy: FactorPolicy = toFactorPolicy({ STEP_UP_MINUTES: 15 }),
  signOn: Pick<SignOn, 'findOnly'> = noSignOn,
): (given: SignInTry) => Promise<SignIn> {
  return async ({ login, password, address, device, browser }) => {
    const found = await findUserByLogin(store, login);
    const known = found && device && (await isKnownDevice(store, device, found.id)) ? device : undefined;
    const subjects = toSubjects(login, address, known);
    const who = { user: found?.id ?? 'unknown', from: address, knownDevice: known !== undefined };
    const tooMany = await countTries(store, subjects, found?.id);
    if (tooMany) {
      const { kind, until, isFirst } = tooMany;
      if (isFirst) log.warn({ ...who, counted: kind, until }, 'too many tries to sign in');
      return { outcome: 'wait', until };
    }
    // An unknown login has to take as much time as a wrong password, and so has one without a password.
    const right = await judge(password, found?.passwordHash ?? unmatchedHash, known !== undefined);
    if (right instanceof HashingBusy) {
      await giveBackTries(store, subjects);
      return { outcome: 'busy', retryAfter: right.retryAfter };
    }
    if (!found || !right) {
      log.warn(who, 'sign-in refused');
      return { outcome: 'refused' };
    }
    await forgiveTries(store, subjects);
    await renewHash(store, found, password, log);
    const { passwordHash: _, isBreakGlass, email, ...user } = found;
    const provider = signOn.findOnly({ role: user.role, email, isBreakGlass });
    if (provider) {
      log.warn({ ...who, provider: provider.name }, 'sign-in refused: this person signs in at a provider');
      return { outcome: 'elsewhere', provider };
    }
    const next = await findNextStep(store, policy, { ...user, isBreakGlass }, address);
    if (next) return { outcome: 'half', user, next };
    const entering = { userId: user.id, address, known, browser };
    return { outcome: 'welcome', user, device: await enter(store, log, entering) };
  };
}

function toSubjects(login: string, address: string, known: string | undefined): TrySubject[] {
  if (known !== undefined) return [{ kind: 'device', name: hashToken(known) }];
  const from = toNeighbourhood(address);
  // The login is hashed: what was typed may be a password, and of any length.
  const of = hashToken(login);
  return [
    { kind: 'address', name: from },
    { kind: 'pair', name: `${of} ${from}` },
    { kind: 'login', name: of },
  ];
}

/** The present form of a password can be made only while it is known: now. When many sign in, it waits for the next time. */
async function renewHash(
  store: Store,
  { id, passwordHash }: { id: string; passwordHash: string | null },
  password: string,
  log: Logger,
): Promise<void> {
  if (passwordHash === null || !isOutdated(passwordHash)) return;
  try {
    await replaceHash(store, id, passwordHash, await hashPassword(password));
    log.info({ user: id }, 'the password is kept in its present form');
  } catch (error) {
    if (!(error instanceof HashingBusy)) throw error;
  }
}

async function judge(password: string, stored: string, isKnown: boolean): Promise<boolean | HashingBusy> {
  try {
    return await verifyPassword(password, stored, isKnown);
  } catch (error) {
    if (error instanceof HashingBusy) return error;
    throw error;
  }
}
