import type { Store } from '../../store/database.ts';
import { sealed } from '../../store/sealing/keyed.ts';
import type { Tables } from '../../store/tables/tables.ts';

type AskKind = Tables['factor_asks']['kind'];

/** Minutes for which an answer is waited for. */
const minutes = 10;

/** Notes what a browser is asked for. `holder`: the id of the session, or of the half sign-in. A later one replaces it. */
export async function ask({ pool }: Store, holder: string, kind: AskKind, value: string): Promise<void> {
  await pool.query(
    `insert into factor_asks (holder, kind, value, expires_at) values ($1, $2, $3, now() + $4 * interval '1 minute')
     on conflict (holder, kind) do update set value = excluded.value, expires_at = excluded.expires_at`,
    [holder, kind, sealed(value), minutes],
  );
}

/** What was asked, and still is. */
export async function findAsk(
  { db }: Pick<Store, 'db'>,
  holder: string,
  kind: AskKind,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('factor_asks')
    .select('value')
    .where('holder', '=', holder)
    .where('kind', '=', kind)
    .where('expires_at', '>', new Date())
    .executeTakeFirst();
  return row?.value;
}

/** Takes what was asked, so that it is answered once. */
export async function takeAsk(
  { db }: Pick<Store, 'db'>,
  holder: string,
  kind: AskKind,
): Promise<string | undefined> {
  const row = await db
    .deleteFrom('factor_asks')
    .where('holder', '=', holder)
    .where('kind', '=', kind)
    .where('expires_at', '>', new Date())
    .returning('value')
    .executeTakeFirst();
  return row?.value;
}
