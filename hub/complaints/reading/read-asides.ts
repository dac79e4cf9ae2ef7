import { sql } from 'kysely';
import type { IdentifierKind, MaskCounts } from '../../../schemas/index.ts';
import type { Reason, ReasonCode } from '../../../schemas/reason.ts';
import type { Store } from '../../store/database.ts';

/** Something that came in about a complaint and is part of none of its events. */
export interface AsideEntry {
  id: string;
  agency: string;
  receivedAt: Date;
  /** Why it says nothing new. */
  note: Reason | null;
  /** Words that were cut as a quote or a signature. */
  cut: string | null;
  /** Somebody has restored them. */
  restored: boolean;
}

/** How often numbers of each kind were masked in what came in about a complaint. */
export async function readMasked(store: Store, complaintId: string): Promise<MaskCounts> {
  const { rows } = await sql<{ kind: IdentifierKind; n: number }>`
    select k.key as kind, sum(k.value::int)::int as n from raw_items r, jsonb_each_text(r.masked) k
    where r.complaint_id = ${complaintId} and r.masked is not null group by k.key
  `.execute(store.db);
  return Object.fromEntries(rows.map(({ kind, n }) => [kind, n]));
}

/** These notes tell what stands on a board by now, so only those of the post's newest reading are true. */
const ofReadings: ReasonCode[] = ['comments_of_others', 'shared_thread', 'several'];

/** Oldest first. `mark`: the suffix in the version of an item whose words were restored. */
export async function listAsides(store: Store, complaintId: string, mark: string): Promise<AsideEntry[]> {
  const { rows } = await sql<AsideEntry>`
    select r.id, r.agency, r.received_at as "receivedAt", r.note, r.cut, exists (select from raw_items w
      where w.agency = r.agency and w.external_id = r.external_id and w.version = r.version || ${mark}
        and w.outcome = 'applied') as restored
    from raw_items r where r.complaint_id = ${complaintId} and (r.cut is not null or r.note is not null)
      and (r.note is null or r.note ->> 'code' <> all (${ofReadings}) or not exists (select from raw_items w
        where w.agency = r.agency and w.external_id = r.external_id and w.complaint_id = r.complaint_id
          and w.outcome = 'applied' and w.id > r.id))
    order by r.id limit 200
  `.execute(store.db);
  return rows;
}
