import { sql, type Transaction } from 'kysely';
import type { Problem } from '../../../schemas/index.ts';
import { writeAudit } from '../../access/audit/audit.ts';
import type { Store } from '../../store/database.ts';
import type { Tables } from '../../store/tables/tables.ts';
import { giveBackDraft } from '../drafts.ts';
import { toDraftFields } from './held-act.ts';

type Columns = Tables['held_acts'];
/** A held act as its own row has it. */
interface HeldRow {
  id: string;
  complaintId: string;
  receiptNumber: string;
  userId: string | null;
  login: string;
  agency: string;
  form: string;
  fields: Columns['fields'];
  files: Columns['files'];
  reviewId: string | null;
  runId: string | null;
}

const selectRows = (trx: Transaction<Tables>) =>
  trx
    .selectFrom('held_acts as h')
    .innerJoin('complaints as c', 'c.id', 'h.complaint_id')
    .select(['h.id', 'h.complaint_id as complaintId', 'c.receipt_number as receiptNumber', 'h.login'])
    .select(['h.user_id as userId', 'h.agency', 'h.form', 'h.fields', 'h.files'])
    .select(['h.review_id as reviewId', 'h.run_id as runId'])
    .where('h.state', '=', 'held')
    .orderBy('h.id');

/**
 * The acts that an id names, one or those of one run, locked after their complaints: whoever carries one out locks in
 * this order too, and what is given back refers to its complaint.
 */
async function lockOwn(trx: Transaction<Tables>, id: string, userId: string): Promise<HeldRow[]> {
  await sql`select from complaints where id in (select complaint_id from held_acts where id = ${id} or run_id = ${id})
    order by id for key share`.execute(trx);
  return selectRows(trx)
    .where((is) => is.or([is('h.id', '=', id), is('h.run_id', '=', id)]))
    .where('h.user_id', '=', userId)
    .forUpdate('h')
    .execute();
}

/** What a person took back: the form of the complaint, for one; undefined form: several complaints, or a release. */
export interface TakenBack {
  receiptNumber: string;
  form: string | undefined;
}

/**
 * Takes back what a person sent and what has not gone out: one act, or all acts of what was sent to several complaints
 * at once. What was typed is the person's draft again, with its files. An answer that was to be released waits again.
 * Empty: it is too late, or it is another person's.
 */
export function takeBack({ db }: Pick<Store, 'db'>, id: string, user: { id: string; login: string }) {
  return db.transaction().execute(async (trx): Promise<TakenBack[]> => {
    const rows = await lockOwn(trx, id, user.id);
    for (const row of rows) {
      if (row.runId === null) await toDraft(trx, row);
      await setOutcome(trx, row, 'taken_back', []);
      await note(trx, row, user.login, 'act.taken_back');
    }
    const ids = rows.map((row) => row.id);
    if (ids.length > 0) await trx.deleteFrom('held_acts').where('id', 'in', ids).execute();
    return rows.map(({ receiptNumber, form, reviewId, runId }) => ({
      receiptNumber,
      form: reviewId === null && runId === null ? form : undefined,
    }));
  });
}

/**
 * Gives back what was refused when it was due. Its sender finds it as a draft, and is told why until he or she has seen
 * it. False: it is over already.
 */
export function returnHeld({ db }: Pick<Store, 'db'>, id: string, problems: Problem[]): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    await sql`select from complaints where id in (select complaint_id from held_acts where id = ${id}) for key share`.execute(
      trx,
    );
    const row = await selectRows(trx).where('h.id', '=', id).forUpdate('h').executeTakeFirst();
    if (!row) return false;
    await toDraft(trx, row);
    await setOutcome(trx, row, 'refused', problems);
    await trx
      .updateTable('held_acts')
      .set({
        state: 'returned',
        problems: sql`${JSON.stringify(problems)}::jsonb`,
        ended_at: sql`now()`,
      })
      .where('id', '=', id)
      .execute();
    await note(trx, row, 'hub', 'act.not_sent');
    return true;
  });
}

/** The answer of another person stays where it is: it waits to be released. */
async function toDraft(trx: Transaction<Tables>, row: HeldRow): Promise<void> {
  const { userId, complaintId, form, fields, files, reviewId } = row;
  if (userId !== null && reviewId === null)
    await giveBackDraft(trx, { userId, complaintId, form }, { fields: toDraftFields(fields), files });
}

async function setOutcome(
  trx: Transaction<Tables>,
  { runId, receiptNumber }: HeldRow,
  outcome: 'taken_back' | 'refused',
  problems: Problem[],
): Promise<void> {
  if (runId === null) return;
  await trx
    .updateTable('bulk_results')
    .set({ outcome, problems: sql`${JSON.stringify(problems)}::jsonb`, at: sql`now()` })
    .where('run_id', '=', runId)
    .where('receipt_number', '=', receiptNumber)
    .execute();
}

const note = (
  trx: Transaction<Tables>,
  { agency, form, login, receiptNumber }: HeldRow,
  actor: string,
  action: 'act.taken_back' | 'act.not_sent' | 'act.sent_now',
) =>
  writeAudit(trx, {
    ...{ actor, way: 'console', action, agency },
    subject: `complaint ${receiptNumber}`,
    detail: { form, sender: login },
  });

/** Lets what a person sent go out at once: one act, or all acts of one run. Resolves with their ids. */
export function hurry({ db }: Pick<Store, 'db'>, id: string, user: { id: string; login: string }) {
  return db.transaction().execute(async (trx): Promise<string[]> => {
    const rows = await lockOwn(trx, id, user.id);
    const ids = rows.map((row) => row.id);
    if (ids.length === 0) return [];
    // If this process ends now, the next one that looks sends them.
    await trx.updateTable('held_acts').set({ due_at: sql`now()` }).where('id', 'in', ids).execute();
    for (const row of rows) await note(trx, row, user.login, 'act.sent_now');
    return ids;
  });
}

/** Takes away what its sender, or a colleague in place of one who has left, has seen to be returned. */
export async function dismiss(
  { db }: Pick<Store, 'db'>,
  id: string,
  { id: userId, agency }: { id: string; agency: string | null },
): Promise<void> {
  await sql`delete from held_acts h where h.id = ${id} and h.state = 'returned'
    and (h.user_id = ${userId} or h.agency = ${agency ?? 'hub'} and ${isLeft})`.execute(db);
}

/** Its sender cannot sign in any more. */
export const isLeft = sql<boolean>`not exists (select from users u where u.id = h.user_id and u.disabled_at is null)`;
