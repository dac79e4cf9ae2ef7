import type { Transaction } from 'kysely';
import type { Store } from '../../store/database.ts';
import { newId } from '../../store/new-id.ts';
import type { Tables } from '../../store/tables/tables.ts';

/*
 * Mails to engineers about new versions of the REST API.
 */

/** Rows of one statement. */
const batch = 1_000;

/**
 * Notes the versions that this hub serves, oldest first, and plans a mail for each one that is new to each engineer with an
 * address who wants them. All in one transaction: each is told once, over all processes and restarts. A hub that noted none
 * before is new, and tells nobody of the past. Resolves with the number of mails.
 */
export async function tellOfVersions(
  { db }: Pick<Store, 'db'>,
  versions: readonly string[],
): Promise<number> {
  return db.transaction().execute(async (transaction) => {
    const known = await transaction.selectFrom('api_versions').select('version').execute();
    const unknown = versions.filter((version) => known.every((one) => one.version !== version));
    if (unknown.length === 0) return 0;
    const noted = await transaction
      .insertInto('api_versions')
      .values(unknown.map((version) => ({ version })))
      .onConflict((conflict) => conflict.doNothing())
      .returning('version')
      .execute();
    if (known.length === 0) return 0;
    return planMails(
      transaction,
      noted.map(({ version }) => version),
    );
  });
}

async function planMails(transaction: Transaction<Tables>, versions: string[]): Promise<number> {
  const engineers = await transaction
    .selectFrom('users')
    .select(['id', 'email'])
    .where('role', '=', 'engineer')
    .where('email', 'is not', null)
    .where('disabled_at', 'is', null)
    .where('change_mails', '=', true)
    .execute();
  const rows = versions.flatMap((about) =>
    engineers.map(({ id, email }) => ({
      id: newId(),
      user_id: id,
      kind: 'api_changed' as const,
      address: email as string,
      about,
    })),
  );
  for (let at = 0; at < rows.length; at += batch)
    await transaction
      .insertInto('account_mails')
      .values(rows.slice(at, at + batch))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  return rows.length;
}

/** Whether the person wants these mails, and has an address to which they can go. */
export async function readChangeMails(
  { db }: Pick<Store, 'db'>,
  userId: string,
): Promise<{ wants: boolean; hasAddress: boolean }> {
  const row = await db
    .selectFrom('users')
    .select(['change_mails', 'email'])
    .where('id', '=', userId)
    .executeTakeFirstOrThrow();
  return { wants: row.change_mails, hasAddress: row.email !== null };
}

/** Mails that were planned and did not go yet are dropped, too, once the person wants none. */
export async function setChangeMails(
  { db }: Pick<Store, 'db'>,
  userId: string,
  wants: boolean,
): Promise<void> {
  await db.updateTable('users').set({ change_mails: wants }).where('id', '=', userId).execute();
}
