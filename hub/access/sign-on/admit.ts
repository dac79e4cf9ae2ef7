import type { Transaction } from 'kysely';
import type { Store } from '../../store/database.ts';
import type { Tables } from '../../store/tables/tables.ts';
import { changeIn } from '../accounts/administer.ts';
import { type Doer, noteAccount } from '../accounts/doer.ts';
import {
  insertUser,
  loginShape,
  type User,
  UserError,
  updateDepartment,
  updateEmail,
} from '../people/users.ts';
import { type Claims, mapPerson, readClaim, type Standing } from './map-person.ts';
import { type Common, type Identity, isYes } from './provider.ts';
import { SignOnError } from './sign-on-error.ts';
import { takeOnce } from './sign-on-tries.ts';
import { addSubject, findBySubject, hasSubject, lockSubject } from './subjects.ts';

/** Whom a provider vouched for, and what the settings say of that provider. */
export interface Admission {
  provider: Common;
  identity: Identity;
  /** The signed-in account that wants this way in. */
  linkUser: string | null;
  isAgency(code: string): boolean;
}

/**
 * The account of somebody whom a provider vouches for: the one that is bound to this issuer and subject, and no other. Without one it is
 * bound by its signed-in person, by a verified address, or made, as the settings say. Role and agency are taken anew each time, and a
 * change of them is noted as one of the account. Throws SignOnError.
 */
export async function admit(store: Store, admission: Admission): Promise<User> {
  const { provider, identity, isAgency } = admission;
  if (identity.once && !(await takeOnce(store, identity.issuer, identity.once)))
    throw new SignOnError('repeated', 'seen');
  const standing = mapPerson(provider.roles, identity.claims, isAgency);
  if (!standing) throw new SignOnError('unmapped', 'no_rule');
  const by: Doer = { actor: `sign-on:${provider.name}`, way: 'console' };
  return store.db.transaction().execute(async (transaction) => {
    await lockSubject(transaction, identity);
    const bound = await findBySubject(transaction, identity);
    if (bound !== undefined && admission.linkUser !== null && bound !== admission.linkUser)
      throw new SignOnError('taken', 'subject');
    const id = bound ?? (await bind(transaction, admission, standing, by));
    await renew(transaction, await get(transaction, id), standing, by);
    const { department: _, ...user } = await get(transaction, id);
    return user;
  });
}

async function get(transaction: Transaction<Tables>, id: string) {
  const user = await transaction
    .selectFrom('users')
    .select(['id', 'login', 'name', 'role', 'agency', 'language', 'department'])
    .select(['break_glass as isBreakGlass', 'disabled_at'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const { disabled_at: disabledAt, isBreakGlass, ...rest } = user;
  if (disabledAt !== null) throw new SignOnError('disabled', 'disabled');
  // Whoever holds the provider must not hold the account for the day on which it fails.
  if (isBreakGlass) throw new SignOnError('emergency', 'break_glass');
  return rest;
}

/** Finds or makes the account of somebody who is new here. */
async function bind(
  transaction: Transaction<Tables>,
  { provider, identity, linkUser }: Admission,
  standing: Standing,
  by: Doer,
): Promise<string> {
  const { accounts = {}, name } = provider;
  const { email } = identity;
  const owner = email && (await findByEmail(transaction, email.address));
  const known = linkUser ?? (isYes(accounts.linkByEmail) && email?.isVerified ? owner?.id : undefined);
  if (known !== undefined) {
    const { login } = await get(transaction, known);
    // An address that was given to another person must not open the account of the one before.
    if (await hasSubject(transaction, identity.issuer, known))
      throw new SignOnError('taken', 'other_subject');
    await addSubject(transaction, identity, { id: known, login, provider: name }, by);
    return known;
  }
  if (!isYes(accounts.create)) throw new SignOnError('absent', 'no_account');
  if (owner) throw new SignOnError('taken', 'email');
  return create(transaction, { provider, identity }, standing, by);
}

async function findByEmail(
  transaction: Transaction<Tables>,
  address: string,
): Promise<{ id: string } | undefined> {
  return transaction
    .selectFrom('users')
    .select('id')
    .where(({ eb, fn }) => eb(fn<string>('lower', ['email']), '=', address.toLowerCase()))
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
}

/** An account without a password: its person comes in by the provider alone. */
async function create(
  transaction: Transaction<Tables>,
  { provider, identity }: Pick<Admission, 'provider' | 'identity'>,
  { role, agency, department }: Standing,
  by: Doer,
): Promise<string> {
  const { accounts = {} } = provider;
  const { claims, email } = identity;
  const login = await findFreeLogin(transaction, claims, accounts.login);
  const [name = login] = readClaim(claims, accounts.name ?? 'name');
  const profile = { login, name: toName(name, login), role, ...(agency !== null && { agency }) };
  const user = await insertUser(transaction, profile, null);
  if (department) await updateDepartment(transaction, user.id, department);
  if (email?.isVerified) await updateEmail(transaction, user.id, email.address);
  await noteAccount(transaction, by, 'account.added', login, { role, provider: provider.name });
  await addSubject(transaction, identity, { id: user.id, login, provider: provider.name }, by);
  return user.id;
}

const toName = (told: string, login: string): string =>
  told
    .replace(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, 100) || login;

/** The most accounts whose logins would be the same. */
const mostAlike = 50;

/** A login as here, from what the provider calls the person. One that is taken gets a number: it is another person. */
async function findFreeLogin(
  transaction: Transaction<Tables>,
  claims: Claims,
  claim: string | undefined,
): Promise<string> {
  const names = claim === undefined ? ['preferred_username', 'NameID', 'sub'] : [claim];
  const [told = ''] = names.flatMap((name) => readClaim(claims, name));
  const base = (told.split('@')[0] ?? '')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, 36);
  const wanted = [
    base,
    ...Array.from({ length: mostAlike - 1 }, (_, index) => `${base}-${index + 2}`),
  ].filter((login) => loginShape.test(login) && login !== 'hub');
  if (wanted.length === 0) throw new SignOnError('taken', 'login_unusable');
  const rows = await transaction.selectFrom('users').select('login').where('login', 'in', wanted).execute();
  const taken = new Set(rows.map(({ login }) => login));
  const free = wanted.find((login) => !taken.has(login));
  if (free === undefined) throw new SignOnError('taken', 'login');
  return free;
}

/** Takes over what the provider says of the person now. */
async function renew(
  transaction: Transaction<Tables>,
  user: User & { department: string | null },
  { role, agency, department }: Standing,
  by: Doer,
): Promise<void> {
  const isMoved = user.role !== role || user.agency !== agency;
  if (isMoved) {
    const { name, language } = user;
    const profile = { name, language, role, ...(agency !== null && { agency }) };
    try {
      await changeIn(transaction, user.id, profile, by);
    } catch (error) {
      if (error instanceof UserError && error.kind === 'last') throw new SignOnError('last', 'last');
      throw error;
    }
  }
  // A department belongs to an agency: whoever moves leaves it.
  const wanted = department === undefined ? (isMoved ? null : user.department) : department;
  if (wanted === user.department) return;
  await updateDepartment(transaction, user.id, wanted);
  if (!isMoved) await noteAccount(transaction, by, 'account.changed', user.login, { role });
}
