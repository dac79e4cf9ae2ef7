import { sql, type Transaction } from 'kysely';
import { toNeighbourhood } from '../../../schemas/networks.ts';
import type { Store } from '../../store/database.ts';
import { newId } from '../../store/new-id.ts';
import type { Tables } from '../../store/tables/tables.ts';
import { hashToken } from '../keys/secret-token.ts';
import { countTries, type TooMany } from '../people/sign-in-tries.ts';
import { planLinkMail } from './account-mails.ts';
import { noteAccount } from './doer.ts';

/**
 * Somebody says that he or she forgot the password, and names a login or an address. What happens here is the same for
 * names that are known and that are not: two counts and one row. A worker reads the row and plans the mail, if there is
 * anybody to write to. So neither the words of the answer nor its time tell which names exist. Resolves with the limit
 * of the caller's address, which says nothing of the name. Too many for one name are dropped unsaid: mails went already.
 */
export async function askForReset(
  store: Store,
  asked: { who: string; from: string; baseUrl: string },
): Promise<TooMany | undefined> {
  const who = asked.who.toLowerCase();
  const subjects = [
    { kind: 'forgetful' as const, name: toNeighbourhood(asked.from) },
    // Hashed: people type passwords in any field, and of any length.
    { kind: 'forgotten' as const, name: hashToken(who) },
  ];
  const tooMany = await countTries(store, subjects, undefined);
  if (tooMany) return tooMany.kind === 'forgetful' ? tooMany : undefined;
  await store.pool.query(
    `insert into account_asks (id, base_url, user_id) select $1, $2, coalesce(
       (select id from users where login = $3 and disabled_at is null),
       (select id from users where lower(email) = $3 and disabled_at is null),
       (select user_id from account_links where lower(address) = $3 and kind = 'invitation' and used_at is null
          and ended_at is null limit 1))`,
    [newId(), asked.baseUrl, who],
  );
  return undefined;
}

/** The most rows that one transaction holds. */
const batch = 50;

/** Plans the mails that were asked for. Resolves with the number of rows that were dealt with. */
export async function answerAsks({ db }: Pick<Store, 'db'>): Promise<number> {
  return db.transaction().execute(async (transaction) => {
    const { rows } = await sql<{ userId: string | null; baseUrl: string }>`
      delete from account_asks where id in (
        select id from account_asks order by id limit ${batch} for update skip locked)
      returning user_id as "userId", base_url as "baseUrl"`.execute(transaction);
    for (const { userId, baseUrl } of rows) if (userId) await answer(transaction, userId, baseUrl);
    return rows.length;
  });
}

/** An invited person gets the invitation again: only the link of it can prove the address. */
async function answer(transaction: Transaction<Tables>, userId: string, baseUrl: string): Promise<void> {
  const user = await transaction
    .selectFrom('users')
    .leftJoin('account_links', (join) =>
      join
        .onRef('user_id', '=', 'users.id')
        .on('kind', '=', 'invitation')
        .on('used_at', 'is', null)
        .on('ended_at', 'is', null)
        .on('account_links.expires_at', '>', sql<Date>`now()`),
    )
    .select(['login', 'email', 'password_hash', 'address as invitedAt'])
    .where('users.id', '=', userId)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  if (!user) return;
  const kind = user.password_hash === null ? 'invitation' : 'reset';
  const address = user.password_hash === null ? user.invitedAt : user.email;
  if (address === null) return;
  await planLinkMail(transaction, { userId, kind, address, madeBy: user.login }, baseUrl, true);
  await noteAccount(transaction, { actor: user.login, way: 'console' }, 'account.reset_asked', user.login);
}
