import { sql } from 'kysely';
import { type NewAuditEntry, writeAudit } from '../../access/audit/audit.ts';
import type { Store } from '../../store/database.ts';
import { sealedJsonText } from '../../store/sealing/keyed.ts';
import { clearMembers } from '../../store/sealing/sealed-columns.ts';
import { tellByHand } from '../../store/states/notice-state.ts';
import type { ByHand } from '../../store/tables/column-types.ts';
import type { OwedDuty, UndeliveredNotice } from './read-duties.ts';

export const handWays = ['telephone', 'letter', 'visit'] as const satisfies ByHand['way'][];
export const longestNote = 1000;

/** What a person typed: how the complainant was told, and what came of it. */
export type Told = Pick<ByHand, 'way' | 'note'>;

const toAudit = (
  actor: string,
  what: string,
  told: ByHand['way'],
  { receiptNumber, agency }: { receiptNumber: string; agency: string },
): NewAuditEntry => ({
  actor,
  way: 'console',
  action: 'notice.told_by_hand',
  agency,
  subject: `complaint ${receiptNumber}`,
  // The note may name the person, so it stays with the notice.
  detail: { what, told },
});

/** Notes, with the audit entry, that a complainant was told what a notice did not bring. False: it was noted before. */
export async function noteTold(
  { db }: Pick<Store, 'db'>,
  notice: UndeliveredNotice,
  told: Told,
  by: string,
): Promise<boolean> {
  const byHand: ByHand = { ...told, by, at: new Date().toISOString() };
  return db.transaction().execute(async (trx) => {
    if (!(await tellByHand(trx, notice.id, byHand))) return false;
    await writeAudit(trx, toAudit(by, notice.template, told.way, notice));
    return true;
  });
}

/** The same of something that is owed beside the answer. */
export async function noteDutyTold(
  { db }: Pick<Store, 'db'>,
  duty: OwedDuty,
  told: Told,
  by: string,
): Promise<boolean> {
  const byHand: ByHand = { ...told, by, at: new Date().toISOString() };
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql`insert into duties_told (complaint_id, kind, day, by_hand)
      values (${duty.id}, ${duty.kind}, ${duty.day}, ${sealedJsonText(byHand, clearMembers.byHand)})
      on conflict do nothing returning kind`.execute(trx);
    if (rows.length === 0) return false;
    await writeAudit(trx, toAudit(by, `${duty.kind} ${duty.day}`, told.way, duty));
    return true;
  });
}
