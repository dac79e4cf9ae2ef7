import { listAsides } from '../../hub/complaints/reading/read-asides.ts';
import type { Store } from '../../hub/store/database.ts';
import type { Reason } from '../../schemas/index.ts';
import { wordReason } from '../../schemas/reason.ts';
import type { HeldComplaint } from './product.ts';

/** What a hub holds, out of its own database. */
export async function listComplaints(store: Store, title: string): Promise<HeldComplaint[]> {
  const { rows } = await store.pool.query<Omit<HeldComplaint, 'notes'>>(
    `select c.id, c.receipt_number as "receiptNumber", c.content ->> 'title' as title, c.content ->> 'body' as body,
       c.status, c.origin, c.assignee,
       (select json_agg(json_build_object('type', e.type, 'agency', e.actor ->> 'agency', 'data', e.data) order by e.seq)
        from events e where e.complaint_id = c.id) as events
     from complaints c where c.content ->> 'title' = $1 order by c.id`,
    [title],
  );
  return Promise.all(
    rows.map(async (row) => {
      const asides = await listAsides(store, row.id, '+');
      return { ...row, notes: asides.flatMap(({ note }) => (note ? [note.code] : [])) };
    }),
  );
}

/** True: all links of the agency hold what they should. Throws if one is parked, or a post of its board. */
export async function isSettled(store: Store, agency: string): Promise<boolean> {
  const { rows } = await store.pool.query<{ what: string; reason: Reason }>(
    `select external_id as what, last_error as reason from links where agency = $1 and state = 'parked'
     union all select external_id, problems -> 0 -> 'reason' from raw_items where agency = $1 and outcome = 'parked'`,
    [agency],
  );
  const [parked] = rows;
  if (parked) throw new Error(`parked, ${parked.what}: ${wordReason(parked.reason, 'en')}`);
  const open = "select from links where agency = $1 and state = 'open' and held < due limit 1";
  return (await store.pool.query(open, [agency])).rowCount === 0;
}

/** Milliseconds of the last look at the agency's board. */
export async function lookedAt(store: Store, agency: string): Promise<number> {
  const { rows } = await store.pool.query<{ at: Date | null }>(
    'select polled_at as at from boards where agency = $1',
    [agency],
  );
  return rows[0]?.at?.getTime() ?? 0;
}
