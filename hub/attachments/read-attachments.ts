import { sql } from 'kysely';
import type { AttachmentReference } from '../../schemas/index.ts';
import type { Reason } from '../../schemas/reason.ts';
import type { Store } from '../store/database.ts';
import type { AttachmentState } from '../store/tables/column-types.ts';
import { toFileName } from './file-name.ts';
import type { Inside } from './reading/inside.ts';

/** A file of a complaint, as people and callers see it. */
export interface AttachmentEntry {
  id: string;
  /** The event to whose text it belongs. */
  seq: number;
  /** The agency that sent it. */
  agency: string;
  name: string;
  state: AttachmentState;
  /** The type that the hub found, not what the sender said. Null: the hub does not hold the content yet. */
  mediaType: string | null;
  size: number | null;
  sha256: string | null;
  /** Why the content is not held, or not yet. */
  lastError: Reason | null;
  tries: number;
  owner: string | null;
  createdAt: Date;
  /** The state of the file on each board that holds a copy. */
  deliveries: DeliveryEntry[];
  /** Who gets it although numbers stand in it. Null: nothing of the kind is known. */
  openTo: string[] | null;
  /** What stands in it. Null: nobody has looked yet, or there is no content. */
  inside: Inside | null;
}

/** Whether a reader of this agency may have the content. */
export const isOpenTo = (
  { state, openTo }: Pick<AttachmentEntry, 'state' | 'openTo'>,
  agency: string | null,
) => state === 'held' || (state === 'withheld' && agency !== null && openTo?.includes(agency) === true);

interface DeliveryEntry {
  agency: string;
  state: 'waiting' | 'held' | 'parked' | 'skipped';
  tries: number;
  lastError: Reason | null;
}

/** Files of a complaint, in the order of its events and of their lists. */
export async function listAttachments(store: Store, complaintId: string): Promise<AttachmentEntry[]> {
  const rows = await store.db
    .selectFrom('attachments as a')
    .leftJoin('attachment_contents as c', 'c.sha256', 'a.sha256')
    .select(['a.id', 'a.seq', 'a.agency', 'a.state', 'a.sha256', 'a.tries', 'a.owner'])
    .select(['a.last_error as lastError', 'a.created_at as createdAt', 'c.media_type as mediaType', 'c.size'])
    .select(['a.open_to as openTo', 'c.inside'])
    .select(sql<string>`a.declared ->> 'name'`.as('name'))
    .select(
      sql<DeliveryEntry[]>`coalesce((select jsonb_agg(jsonb_build_object('agency', d.agency, 'state', d.state,
        'tries', d.tries, 'lastError', d.last_error) order by d.agency)
        from attachment_deliveries d where d.attachment_id = a.id), '[]')`.as('deliveries'),
    )
    .where('a.complaint_id', '=', complaintId)
    .orderBy('a.seq')
    .orderBy('a.position')
    .orderBy('a.id')
    .execute();
  return rows.map((row) => ({
    ...row,
    // Older names were stored before names were checked on their way in.
    name: toFileName(row.name),
    size: row.size === null ? null : Number(row.size),
    inside: row.inside as Inside | null,
  }));
}

/** Those of these ids that are uploads of the agency, with their sizes. */
export async function findUploads(
  store: Store,
  agency: string,
  ids: string[],
): Promise<Map<string, { name: string; size: number; sha256: string; mediaType: string }>> {
  if (ids.length === 0) return new Map();
  const rows = await store.db
    .selectFrom('uploads as u')
    .innerJoin('attachment_contents as c', 'c.sha256', 'u.sha256')
    .select(['u.id', 'u.name', 'c.sha256', 'c.size', 'c.media_type as mediaType'])
    .where('u.agency', '=', agency)
    .where('u.id', 'in', ids)
    .execute();
  return new Map(rows.map(({ id, size, ...upload }) => [id, { ...upload, size: Number(size) }]));
}

/**
 * Files that an agency named and whose content it may send. Held files are included, so that sending again does no
 * harm.
 */
export function listWantedUploads(
  store: Store,
  agency: string,
  complaintId: string,
): Promise<{ id: string; declared: AttachmentReference }[]> {
  return store.db
    .selectFrom('attachments')
    .select(['id', 'declared'])
    .where('complaint_id', '=', complaintId)
    .where('agency', '=', agency)
    .where('via', '=', 'upload')
    .where('state', 'in', ['wanted', 'held', 'withheld'])
    .execute();
}
