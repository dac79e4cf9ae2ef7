import { sql } from 'kysely';
import type { EventType, Problem } from '../../../schemas/index.ts';
import type { Reason } from '../../../schemas/reason.ts';
import type { Store } from '../../store/database.ts';
import { type Page, type Place, pageSize, toPage } from '../../store/read-page.ts';
import type { RawSource } from '../../store/tables/column-types.ts';
import type { Tables } from '../../store/tables/tables.ts';

/** The health of an agency's board. */
export interface BoardHealth {
  agency: string;
  polledAt: Date | null;
  pollError: Reason | null;
  deliveredAt: Date | null;
  failures: number;
  closedUntil: Date | null;
  busyUntil: Date | null;
  lastError: Reason | null;
  lastErrorAt: Date | null;
  /** Links behind, and the time since when the oldest of their events waits. */
  behind: number;
  oldest: Date | null;
  parkedLinks: number;
  parkedItems: number;
}

/** The health of a board that the hub has not used yet. */
export const unknownHealth: Omit<BoardHealth, 'agency'> = {
  polledAt: null,
  pollError: null,
  deliveredAt: null,
  failures: 0,
  closedUntil: null,
  busyUntil: null,
  lastError: null,
  lastErrorAt: null,
  behind: 0,
  oldest: null,
  parkedLinks: 0,
  parkedItems: 0,
};

/** The health of every board that the hub has used, or of one. */
export async function listBoardHealth(store: Store, agency?: string): Promise<Map<string, BoardHealth>> {
  const own = agency === undefined ? sql`` : sql`and agency = ${agency}`;
  const { rows } = await sql<BoardHealth>`
    with late as materialized (
      select agency, complaint_id, held from links where state = 'open' and held < due ${own}
    ), behind as (
      select agency, count(*)::int as behind,
        min((select at from events e where e.complaint_id = late.complaint_id and e.seq = late.held + 1)) as oldest
      from late group by agency
    ), stuck as (
      select agency, count(*)::int as links from links where state = 'parked' ${own} group by agency
    ), unread as (
      select agency, count(*)::int as items from raw_items where outcome = 'parked' ${own} group by agency
    ), known as (
      select * from boards where true ${own}
    )
    select agency, polled_at as "polledAt", poll_error as "pollError", delivered_at as "deliveredAt",
      coalesce(failures, 0) as failures, closed_until as "closedUntil", busy_until as "busyUntil", last_error as "lastError",
      last_error_at as "lastErrorAt", coalesce(behind, 0) as behind, oldest,
      coalesce(stuck.links, 0) as "parkedLinks", coalesce(unread.items, 0) as "parkedItems"
    from known full join behind using (agency) full join stuck using (agency) full join unread using (agency)
  `.execute(store.db);
  return new Map(rows.map((row) => [row.agency, row]));
}

/** A call to a board, for the agency's page. */
export interface AttemptEntry {
  receiptNumber: string;
  seq: number;
  /** What kind of event was brought. Null: the board was told of none, or the complaint is gone. */
  type: EventType | null;
  startedAt: Date;
  finishedAt: Date | null;
  outcome: Tables['attempts']['outcome'];
  reason: Reason | null;
}

/** Calls are shown for so many complaints: the agency's newest ones, and those behind that are due next. */
const recentComplaints = 200;

/** The newest calls to one agency's board, about its newest complaints and those that it is behind with. */
export async function listNewestAttempts({ db }: Store, agency: string): Promise<AttemptEntry[]> {
  const { rows } = await sql<AttemptEntry>`
    with recent as materialized (
      (select id, complaint_id from links where agency = ${agency} order by complaint_id desc limit ${recentComplaints})
      union
      (select id, complaint_id from links where agency = ${agency} and state = 'open' and held < due
        order by next_at limit ${recentComplaints})
    )
    select c.receipt_number as "receiptNumber", a.seq, e.type, a.started_at as "startedAt", a.finished_at as "finishedAt",
      a.outcome, a.reason
    from recent r join attempts a on a.link_id = r.id join complaints c on c.id = r.complaint_id
      left join events e on e.complaint_id = r.complaint_id and e.seq = a.seq
    order by a.id desc limit ${pageSize}`.execute(db);
  return rows;
}

/** A raw item that could not be applied. */
export interface ParkedItem {
  id: string;
  agency: string;
  source: RawSource;
  externalId: string;
  receivedAt: Date;
  problems: Problem[] | null;
  owner: string | null;
}

/** Parked raw items, newest first: all, or those of one agency. */
export async function listParkedItems(
  store: Store,
  place: Place = {},
  agency?: string,
): Promise<Page<ParkedItem>> {
  const backwards = place.before !== undefined;
  const cursor = toUuid(place.before ?? place.after);
  const rows = await store.db
    .selectFrom('raw_items')
    .select(['id', 'agency', 'source', 'external_id as externalId', 'received_at as receivedAt'])
    .select(['problems', 'owner'])
    .where('outcome', '=', 'parked')
    .$if(agency !== undefined, (query) => query.where('agency', '=', agency ?? ''))
    .$if(cursor !== undefined, (query) => query.where('id', backwards ? '>' : '<', cursor ?? ''))
    .orderBy('id', backwards ? 'asc' : 'desc')
    .limit(pageSize + 1)
    .execute();
  return toPage(rows, place, (row) => row.id);
}

/** The longest raw item, in characters, that a list reads for its title. */
const longestForTitle = 200_000;

/** What came in as some parked items, where it is not too long to be read for a title. */
export function listParkedBodies(
  { db }: Pick<Store, 'db'>,
  ids: readonly string[],
): Promise<{ id: string; agency: string; body: string }[]> {
  return db
    .selectFrom('raw_items')
    .select(['id', 'agency', 'body'])
    .where(sql<boolean>`id = any(${[...ids]}::uuid[])`)
    .where('outcome', '=', 'parked')
    .where(sql<boolean>`length(body) <= ${sql.lit(longestForTitle)}`)
    .execute();
}

/** The titles of some complaints by their receipt numbers; for an agency, of those that it has a part in. */
export async function listTitles(
  { db }: Pick<Store, 'db'>,
  receiptNumbers: readonly string[],
  reader?: string,
): Promise<Map<string, string>> {
  const { rows } = await sql<{ receiptNumber: string; title: string }>`
    select c.receipt_number as "receiptNumber", c.content ->> 'title' as title from complaints c
    where c.receipt_number = any(${[...receiptNumbers]}::text[]) and (${reader ?? null}::text is null
      or exists (select from links l where l.complaint_id = c.id and l.agency = ${reader ?? null}))`.execute(
    db,
  );
  return new Map(rows.map((row) => [row.receiptNumber, row.title]));
}

/** One parked raw item with what came in. */
export async function findParkedItem(
  store: Store,
  id: string,
): Promise<(ParkedItem & { body: string }) | undefined> {
  const uuid = toUuid(id);
  if (!uuid) return undefined;
  return store.db
    .selectFrom('raw_items')
    .select(['id', 'agency', 'source', 'external_id as externalId', 'received_at as receivedAt'])
    .select(['problems', 'owner', 'body'])
    .where('id', '=', uuid)
    .where('outcome', '=', 'parked')
    .executeTakeFirst();
}

/** A link whose board refuses an event. */
export interface ParkedLink {
  id: string;
  agency: string;
  receiptNumber: string;
  title: string;
  externalId: string | null;
  held: number;
  due: number;
  tries: number;
  lastError: Reason | null;
  owner: string | null;
}

/** Parked links, the oldest complaint first: all, or those of one agency. */
export async function listParkedLinks(
  store: Store,
  place: Place = {},
  agency?: string,
): Promise<Page<ParkedLink>> {
  const backwards = place.before !== undefined;
  const cursor = toUuid(place.before ?? place.after);
  const rows = await store.db
    .selectFrom('links')
    .innerJoin('complaints', 'complaints.id', 'links.complaint_id')
    .select(['links.id', 'links.agency', 'receipt_number as receiptNumber', 'external_id as externalId'])
    .select(['held', 'due', 'tries', 'last_error as lastError', 'owner'])
    .select(sql<string>`content ->> 'title'`.as('title'))
    .where('state', '=', 'parked')
    .$if(agency !== undefined, (query) => query.where('links.agency', '=', agency ?? ''))
    .$if(cursor !== undefined, (query) => query.where('links.id', backwards ? '<' : '>', cursor ?? ''))
    .orderBy('links.id', backwards ? 'desc' : 'asc')
    .limit(pageSize + 1)
    .execute();
  return toPage(rows, place, (row) => row.id);
}

/** The text, if it is a UUID. */
export const toUuid = (text: string | undefined): string | undefined =>
  text !== undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text) ? text : undefined;
