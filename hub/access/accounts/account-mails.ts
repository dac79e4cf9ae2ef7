import { type Selectable, sql, type Transaction } from 'kysely';
import type { Reason } from '../../../schemas/index.ts';
import type { Store } from '../../store/database.ts';
import { newId } from '../../store/new-id.ts';
import type { Tables } from '../../store/tables/tables.ts';
import { addToken, type LinkKind, type LinkOf, makeLink } from './account-links.ts';

/** What a mail tells: a link of its kind, or that something was changed, without any link. */
export type AccountMailKind = Tables['account_mails']['kind'];

/** Makes a link and plans the mail with it. `baseUrl`: the hub's address, without a slash at the end. */
export async function planLinkMail(
  transaction: Transaction<Tables>,
  link: LinkOf,
  baseUrl: string,
  keep = false,
): Promise<void> {
  const { userId, kind, address } = link;
  const { id } = await makeLink(transaction, link, keep);
  await transaction
    .insertInto('account_mails')
    .values({ id: newId(), user_id: userId, kind, link_id: id, address, base_url: baseUrl })
    .execute();
}

/** Plans a mail that only tells of a change. */
export async function planNews(
  transaction: Transaction<Tables>,
  kind: Exclude<AccountMailKind, LinkKind | 'api_changed'>,
  { userId, address, facts }: { userId: string; address: string; facts?: Record<string, string> },
): Promise<void> {
  await transaction
    .insertInto('account_mails')
    .values({
      id: newId(),
      user_id: userId,
      kind,
      address,
      facts: facts ? (JSON.stringify(facts) as never) : null,
    })
    .execute();
}

/** A mail about to be sent, with everything that its text needs. */
export interface DueMail {
  id: string;
  userId: string;
  kind: AccountMailKind;
  linkId: string | null;
  /** The version of the API that the mail is about. */
  about: string | null;
  address: string;
  baseUrl: string | null;
  /** What happened, where the mail tells of more than a change. */
  facts: Record<string, string> | null;
  tries: number;
  createdAt: Date;
}

export async function findDueMails(
  { db }: Pick<Store, 'db'>,
  now: Date,
  underWay: string[],
  most: number,
): Promise<DueMail[]> {
  return db
    .selectFrom('account_mails')
    .select([
      'id',
      'user_id as userId',
      'kind',
      'link_id as linkId',
      'about',
      'address',
      'base_url as baseUrl',
    ])
    .select(['tries', 'facts', 'created_at as createdAt'])
    .where('state', '=', 'due')
    .where('next_at', '<=', now)
    .$if(underWay.length > 0, (query) => query.where('id', 'not in', underWay))
    .orderBy('next_at')
    .orderBy('id')
    .limit(most)
    .execute();
}

/** The text's values of a mail that begins. */
export interface BegunMail {
  login: string;
  name: string;
  token: string | null;
  expiresAt: Date | null;
}

/**
 * Begins to send a mail: makes its token, and counts the try. `againAt`: when the mail is due again if this process ends
 * before it writes the outcome. Undefined: there is nothing to send, since its link is open no more, its person is disabled,
 * wants no mail of the kind, or what waited was decided. Then the mail is dropped.
 */
export async function beginMail(
  { db }: Pick<Store, 'db'>,
  mail: DueMail,
  againAt: Date,
): Promise<BegunMail | undefined> {
  return db.transaction().execute(async (transaction) => {
    const found = await transaction
      .selectFrom('account_mails')
      .innerJoin('users', 'users.id', 'account_mails.user_id')
      .leftJoin('account_links', 'account_links.id', 'link_id')
      .select(['login', 'name', 'account_links.expires_at as expiresAt'])
      .where('account_mails.id', '=', mail.id)
      .where('state', '=', 'due')
      .where('disabled_at', 'is', null)
      .where(sql<boolean>`(account_mails.kind <> 'api_changed' or (role = 'engineer' and change_mails))`)
      .where(
        sql<boolean>`(account_mails.kind <> 'answer_waiting' or exists (select from answer_reviews r
          where r.id::text = account_mails.about and r.state = 'waiting'))`,
      )
      .where(
        sql<boolean>`(link_id is null or (used_at is null and ended_at is null and account_links.expires_at > now()))`,
      )
      .executeTakeFirst();
    await transaction
      .updateTable('account_mails')
      .set(found ? { tries: mail.tries + 1, next_at: againAt } : { state: 'dropped' })
      .where('id', '=', mail.id)
      .where('state', '=', 'due')
      .execute();
    if (!found) return undefined;
    const token = mail.linkId === null ? null : await addToken(transaction, mail.linkId);
    return { ...found, token };
  });
}

export interface MailOutcome {
  state: 'due' | 'sent' | 'failed';
  tries: number;
  nextAt: Date;
  provider: string;
  lastError: Reason | null;
  sentAt: Date | null;
  /** The text, where the hub keeps it because no mail server is set. */
  kept: string | null;
}

/** Durable after the call. */
export async function finishMail({ db }: Pick<Store, 'db'>, id: string, outcome: MailOutcome): Promise<void> {
  const { state, tries, nextAt, provider, lastError, sentAt, kept } = outcome;
  await db
    .updateTable('account_mails')
    .set({
      state,
      tries,
      next_at: nextAt,
      provider,
      last_error: lastError && (JSON.stringify(lastError) as never),
      sent_at: sentAt,
      kept,
    })
    .where('id', '=', id)
    .where('state', '=', 'due')
    .execute();
}

/** A mail as an administrator sees it. */
export interface ListedMail {
  id: string;
  kind: AccountMailKind;
  address: string;
  state: Selectable<Tables['account_mails']>['state'];
  lastError: Reason | null;
  createdAt: Date;
  sentAt: Date | null;
  /** The hub has kept the text, and its link still works. */
  isKept: boolean;
}

const mostListed = 10;
/** A text whose link works no more helps nobody. */
const isKept = sql<boolean>`kept is not null and (link_id is null or exists (select from account_links l
  where l.id = link_id and l.used_at is null and l.ended_at is null and l.expires_at > now()))`;

/** The newest mails to a person. */
export async function listMails({ db }: Pick<Store, 'db'>, userId: string): Promise<ListedMail[]> {
  return db
    .selectFrom('account_mails')
    .select(['id', 'kind', 'address', 'state', 'last_error as lastError', 'created_at as createdAt'])
    .select(['sent_at as sentAt', isKept.as('isKept')])
    .where('user_id', '=', userId)
    .orderBy('created_at', 'desc')
    .limit(mostListed)
    .execute();
}

/** The text of a mail that the hub kept. Undefined: there is none, or its link works no more. */
export async function findKeptText(
  transaction: Transaction<Tables>,
  userId: string,
  id: string,
): Promise<string | undefined> {
  const row = await transaction
    .selectFrom('account_mails')
    .select('kept')
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .where(isKept)
    .executeTakeFirst();
  return row?.kept ?? undefined;
}
