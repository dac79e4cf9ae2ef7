import { sql, type Transaction } from 'kysely';
import type { Store } from '../../store/database.ts';
import { newId } from '../../store/new-id.ts';
import type { Tables } from '../../store/tables/tables.ts';
import { createSecretToken, hashToken } from '../keys/secret-token.ts';

/**
 * `invitation`: sets the first password, and proves the address. `reset`: sets another password. `email`: proves an
 * address that the person wants to have from now on.
 */
export type LinkKind = Tables['account_links']['kind'];

/** Hours until a link of each kind expires. Whoever asks for a reset sits at the screen. */
const linkHours: Record<LinkKind, number> = { invitation: 72, reset: 1, email: 24 };

/** `unknown`: there is none with this token, or its person is disabled. */
export type LinkState = 'open' | 'used' | 'expired' | 'ended' | 'unknown';

/** The link of a token, with its person. */
export interface FoundLink {
  id: string;
  kind: LinkKind;
  address: string;
  state: LinkState;
  userId: string;
  login: string;
  name: string;
}

/** What a link is for. */
export interface LinkOf {
  userId: string;
  kind: LinkKind;
  address: string;
  /** The login of who asks for it. */
  madeBy: string;
}

/**
 * Makes a link. A person has one open link of each kind; the earlier one ends. `keep`: an earlier one for the same
 * address stays and gets more time, so that nobody can spoil a mail that is on its way by asking for another.
 */
export async function makeLink(
  transaction: Transaction<Tables>,
  link: LinkOf,
  keep = false,
): Promise<{ id: string }> {
  const { userId, kind, address, madeBy } = link;
  const expiresAt = sql<Date>`now() + make_interval(hours => ${linkHours[kind]})`;
  // Two that ask at the same moment come one after the other.
  await transaction.selectFrom('users').select('id').where('id', '=', userId).forUpdate().execute();
  const kept = keep
    ? await transaction
        .updateTable('account_links')
        .set({ expires_at: expiresAt })
        .where('user_id', '=', userId)
        .where('kind', '=', kind)
        .where('address', '=', address)
        .where('used_at', 'is', null)
        .where('ended_at', 'is', null)
        .returning('id')
        .executeTakeFirst()
    : undefined;
  if (kept) return kept;
  await endLinks(transaction, userId, [kind]);
  const id = newId();
  await transaction
    .insertInto('account_links')
    .values({ id, user_id: userId, kind, address, made_by: madeBy, expires_at: expiresAt })
    .execute();
  return { id };
}

/** Ends the open links of a person: they work no more. Resolves with their number. */
export async function endLinks(
  transaction: Transaction<Tables>,
  userId: string,
  kinds: readonly LinkKind[] = ['invitation', 'reset', 'email'],
): Promise<number> {
  const { numUpdatedRows } = await transaction
    .updateTable('account_links')
    .set({ ended_at: new Date() })
    .where('user_id', '=', userId)
    .where('kind', 'in', kinds)
    .where('used_at', 'is', null)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/**
 * Makes a token for a mail that is about to go. Only its hash is kept, so the token is in the mail and nowhere else. A
 * mail that is sent again has another token, and both work: nobody knows which of the two arrives.
 */
export async function addToken(transaction: Transaction<Tables>, linkId: string): Promise<string> {
  const token = createSecretToken();
  await transaction
    .insertInto('account_tokens')
    .values({ token_hash: hashToken(token), link_id: linkId })
    .execute();
  return token;
}

/** Forgets the token of a mail that did not go. */
export async function dropToken({ db }: Pick<Store, 'db'>, token: string): Promise<void> {
  await db.deleteFrom('account_tokens').where('token_hash', '=', hashToken(token)).execute();
}

/** The link of a token, in any state. Undefined: nobody knows the token, or its person is disabled. */
export async function findLink({ db }: Pick<Store, 'db'>, token: string): Promise<FoundLink | undefined> {
  return db
    .selectFrom('account_tokens')
    .innerJoin('account_links', 'account_links.id', 'link_id')
    .innerJoin('users', 'users.id', 'user_id')
    .select(['account_links.id', 'kind', 'address', 'user_id as userId', 'login', 'name'])
    .select(
      sql<LinkState>`case when used_at is not null then 'used' when ended_at is not null then 'ended'
        when account_links.expires_at <= now() then 'expired' else 'open' end`.as('state'),
    )
    .where('token_hash', '=', hashToken(token))
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
}

/** Uses a link, for good. False: it is open no more, perhaps since another has just used it. */
export async function useLink(transaction: Transaction<Tables>, id: string): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable('account_links')
    .set({ used_at: new Date() })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** The open links of a person, and those that expired unused. */
export interface ListedLink {
  id: string;
  kind: LinkKind;
  address: string;
  madeBy: string;
  createdAt: Date;
  expiresAt: Date;
}

export async function listOpenLinks({ db }: Pick<Store, 'db'>, userId: string): Promise<ListedLink[]> {
  return db
    .selectFrom('account_links')
    .select(['id', 'kind', 'address', 'made_by as madeBy', 'created_at as createdAt'])
    .select('expires_at as expiresAt')
    .where('user_id', '=', userId)
    .where('used_at', 'is', null)
    .where('ended_at', 'is', null)
    .orderBy('created_at', 'desc')
    .execute();
}
