import { sql } from 'kysely';
import { writeAudit } from '../../access/audit/audit.ts';
import { type ComplaintRow, toComplaint } from '../../complaints/complaint-row.ts';
import type { Directory } from '../../configuration/directory.ts';
import { planReminder } from '../../notify/plan.ts';
import type { Store } from '../../store/database.ts';
import { insertNoticesIn } from '../../store/states/notice-state.ts';
import { countInspected } from './read-inspection.ts';

const dayLength = 24 * 3_600_000;

/**
 * When a letter is due (Decree, article 28), the strictest first: days after the deadline. Each is made once for a
 * complaint and an agency.
 */
const letterRules = [
  { rule: 'overdue_30', days: 30 },
  { rule: 'overdue', days: 0 },
] as const;

const ruleOf = (dueAt: Date, now: Date): string =>
  letterRules.find(({ days }) => now.getTime() - dueAt.getTime() > days * dayLength)?.rule ?? 'overdue';

/** The most letters of one press of the button. */
const mostLetters = 200;

/** An open complaint beyond its deadline, locked, so that two people make no letter twice. */
const listOverdue = (agency: string) => sql<ComplaintRow & { due_at: Date }>`
  select c.* from complaints c
  where c.id in (select complaint_id from process_cases where agency = ${agency} and state in ('open', 'overdue') and state = 'overdue')
    and c.assignee = ${agency} and c.due_at < now()
    and not exists (select from reminder_letters r where r.complaint_id = c.id and r.agency = c.assignee
      and (r.rule = 'overdue_30' or c.due_at >= now() - interval '30 days'))
  order by c.due_at limit ${sql.lit(mostLetters)} for update of c`;

/**
 * Makes the letters that are due now, as notices to the agency's officers, in one transaction with the record of them and the
 * audit entry. Resolves with their number.
 */
export async function makeLetters(
  { store, directory }: { store: Pick<Store, 'db'>; directory: Directory },
  { agency, month, by }: { agency: string; month: string; by: string },
  now = new Date(),
): Promise<number> {
  return store.db.transaction().execute(async (trx) => {
    const { rows } = await listOverdue(agency).execute(trx);
    if (rows.length === 0) return 0;
    const letters = rows.map((row) => ({ row, rule: ruleOf(row.due_at, now) }));
    await trx
      .insertInto('reminder_letters')
      .values(
        letters.map(({ row, rule }) => ({
          ...{ complaint_id: row.id, agency, rule, due_at: row.due_at },
          ...{ made_by: by, made_at: now },
        })),
      )
      .execute();
    const plans = letters.flatMap(({ row, rule }) =>
      planReminder({ complaint: toComplaint(row), directory, now, which: 'reminder', rule }),
    );
    await insertNoticesIn(trx, plans);
    const detail = { letters: rows.length, month };
    const subject = `agency ${agency}`;
    await writeAudit(trx, {
      actor: by,
      way: 'console',
      action: 'inspection.reminded',
      subject,
      agency,
      detail,
    });
    return rows.length;
  });
}

/** Confirms the inspection of a month, with what it shows now. A later confirmation takes its place. */
export async function confirmInspection(
  store: Pick<Store, 'db'>,
  { agency, month, note, by }: { agency: string; month: string; note: string; by: string },
): Promise<void> {
  const counts = JSON.stringify(await countInspected(store, agency, month));
  await store.db.transaction().execute(async (trx) => {
    await sql`insert into inspections (agency, month, note, confirmed_by, counts)
      values (${agency}, ${month}, ${note}, ${by}, ${counts}::jsonb)
      on conflict (agency, month) do update set note = excluded.note, confirmed_by = excluded.confirmed_by,
        confirmed_at = now(), counts = excluded.counts`.execute(trx);
    const subject = `agency ${agency}`;
    const detail = { month };
    await writeAudit(trx, {
      actor: by,
      way: 'console',
      action: 'inspection.confirmed',
      subject,
      agency,
      detail,
    });
  });
}
