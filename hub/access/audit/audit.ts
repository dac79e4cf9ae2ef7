import { sql, type Transaction } from 'kysely';
import type { Database } from '../../store/database.ts';
import { type Page, type Place, pageSize, toPage } from '../../store/read-page.ts';
import type { ChangeWay } from '../../store/tables/column-types.ts';
import type { Tables } from '../../store/tables/tables.ts';
import type { AuditAction } from './audit-actions.ts';

/** One change by a person or a program, whichever way it came. */
export interface AuditEntry {
  id: string;
  at: Date;
  /** The login of a person, or the name of a program. */
  actor: string;
  way: ChangeWay;
  /** An {@link AuditAction}, or one of a later version. */
  action: string;
  /** What it was done to: `agency kotra`. */
  subject: string;
  /** The agency that it concerns. Null: none, or all. */
  agency: string | null;
  /** Data for people, without secrets and personal data. */
  detail: unknown;
}

export type NewAuditEntry = Pick<AuditEntry, 'actor' | 'way' | 'subject'> & {
  action: AuditAction;
  agency?: string | undefined;
  detail?: unknown;
};

/** Writes the entry in the transaction of the change, so that there is none without the other. */
export async function writeAudit(trx: Transaction<Tables>, entry: NewAuditEntry): Promise<void> {
  const { actor, way, action, subject, agency = null, detail } = entry;
  await trx
    .insertInto('audit_entries')
    .values({
      actor,
      way,
      action,
      subject,
      agency,
      detail: detail === undefined ? null : sql`${JSON.stringify(detail)}::jsonb`,
    })
    .execute();
}

export interface AuditFilter {
  agency?: string | undefined;
  actor?: string | undefined;
  action?: string | undefined;
  /** Only entries older than this id: that of the last entry of the page before. */
  before?: string | undefined;
}

type AuditOf = Pick<AuditFilter, 'agency' | 'actor' | 'action'>;

/** Entries, newest first. Each filter has its index. */
export async function listAudit(
  { db }: { db: Database },
  { before, ...of }: AuditFilter = {},
  most = 50,
): Promise<AuditEntry[]> {
  return selectOf(db, of)
    .$if(before !== undefined, (query) => query.where('id', '<', before as string))
    .orderBy('id', 'desc')
    .limit(most)
    .execute();
}

const cursorMark = 'entry_';
const toCursor = ({ id }: AuditEntry) => `${cursorMark}${id}`;
const toId = (cursor: string | undefined) => cursor?.slice(cursorMark.length);

/** The same as a page for people, with its neighbours. */
export async function readAuditPage(
  store: { db: Database },
  of: AuditOf,
  place: Place,
): Promise<Page<AuditEntry>> {
  const { size = pageSize } = place;
  const [older, newer] = [toId(place.after), toId(place.before)];
  const rows =
    newer === undefined
      ? await listAudit(store, { ...of, before: older }, size + 1)
      : await selectOf(store.db, of)
          .where('id', '>', newer)
          .orderBy('id')
          .limit(size + 1)
          .execute();
  return toPage(rows, place, toCursor);
}

const selectOf = (db: Database, { agency, actor, action }: AuditOf) =>
  db
    .selectFrom('audit_entries')
    .selectAll()
    .$if(agency !== undefined, (query) => query.where('agency', '=', agency as string))
    .$if(actor !== undefined, (query) => query.where('actor', '=', actor as string))
    .$if(action !== undefined, (query) => query.where('action', '=', action as string));
