import { sql, type Transaction } from 'kysely';
import type { AttachmentReference } from '../../../schemas/index.ts';
import type { Store } from '../../store/database.ts';
import { sealedJsonText } from '../../store/sealing/keyed.ts';
import { clearMembers } from '../../store/sealing/sealed-columns.ts';
import type { Tables } from '../../store/tables/tables.ts';
import { dropDraft } from '../drafts.ts';
import type { SentAct } from './held-act.ts';

/** Days that the files of an act are kept for it: as long as a draft to which they may return. */
const fileDays = 30;

/** `by`: the login of the person whose act waits for this complaint already. */
export type Holding = { ok: true } | { ok: false; by: string };

/** Keeps an act for so many seconds before it goes out, and removes its draft. */
export const hold = ({ db }: Pick<Store, 'db'>, act: SentAct, seconds: number): Promise<Holding> =>
  db.transaction().execute((trx) => holdIn(trx, act, seconds));

/** The same in a transaction that does more. */
export async function holdIn(trx: Transaction<Tables>, act: SentAct, seconds: number): Promise<Holding> {
  if (await insert(trx, act, seconds)) {
    await keepFiles(trx, act.files);
    await tidyUp(trx, act);
    return { ok: true };
  }
  const other = await trx
    .selectFrom('held_acts')
    .select(['login', 'user_id', 'external_id'])
    .where('complaint_id', '=', act.complaintId)
    .where('state', '=', 'held')
    .executeTakeFirst();
  // It went out while this was asked.
  if (!other) return { ok: false, by: '-' };
  const isSame = other.user_id === act.userId && other.external_id === act.externalId;
  return isSame ? { ok: true } : { ok: false, by: other.login };
}

/** False: another act waits for the complaint. */
async function insert(trx: Transaction<Tables>, act: SentAct, seconds: number): Promise<boolean> {
  const { complaintId, userId, login, agency, form, action, seq, reviewId, runId, externalId } = act;
  const made = await trx
    .insertInto('held_acts')
    .values({
      ...{ complaint_id: complaintId, user_id: userId, login, agency, form, action, seq },
      ...{ external_id: externalId, review_id: reviewId ?? null, run_id: runId ?? null },
      fields: sealedJsonText(act.fields),
      files: sealedJsonText(act.files, clearMembers.files),
      post: sealedJsonText(act.post),
      masked: sql`${JSON.stringify(act.masked)}::jsonb`,
      due_at: sql`now() + make_interval(secs => ${seconds})`,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return made !== undefined;
}

const keepFiles = (trx: Transaction<Tables>, files: readonly AttachmentReference[]) => {
  const ids = files.flatMap(({ id }) => id ?? []);
  return sql`update uploads set kept_until = greatest(kept_until, now() + make_interval(days => ${sql.lit(fileDays)}))
    where id::text = any(${ids})`.execute(trx);
};

/** What the person was writing is sent. What came back from this form before is mended. */
async function tidyUp(trx: Transaction<Tables>, { userId, complaintId, form, reviewId, runId }: SentAct) {
  if (reviewId === undefined && runId === undefined) await dropDraft(trx, { userId, complaintId, form });
  await trx
    .deleteFrom('held_acts')
    .where('complaint_id', '=', complaintId)
    .where('user_id', '=', userId)
    .where('form', '=', form)
    .where('state', '=', 'returned')
    .execute();
}
