import { type RawBuilder, sql } from 'kysely';
import type { Channel, StepKind } from '../../../schemas/index.ts';
import type { Reason } from '../../../schemas/reason.ts';
import { toUuid } from '../../complaints/reading/read-operations.ts';
import type { CitizenDutyKind } from '../../complaints/steps/duties.ts';
import type { Store } from '../../store/database.ts';
import { type Page, type Place, pageSize, toPage } from '../../store/read-page.ts';
import type { NoticeReport, NoticeState } from '../../store/tables/column-types.ts';

/** What a complaint's list says of it, and of its complainant. */
interface OfComplaint {
  complaintId: string;
  receiptNumber: string;
  title: string;
  complainant: string;
  phone: string | null;
  agency: string;
}

/** A notice that did not reach its complainant. */
export interface UndeliveredNotice extends OfComplaint {
  id: string;
  template: string;
  /** The step that it tells of, for template `step`. */
  step: StepKind | null;
  channel: Channel;
  address: string | null;
  state: NoticeState;
  report: NoticeReport | null;
  /** It lies in the outbox: no provider is configured, so it went nowhere. */
  kept: boolean;
  reason: Reason | null;
  since: Date;
}

/** What an agency owes its complainant now beside the answer. */
export interface OwedDuty extends OfComplaint {
  id: string;
  kind: CitizenDutyKind;
  day: string;
  since: Date;
}

/** The parts of the list. `kept`: messages that only lie in the outbox. */
export const dutyParts = ['undelivered', 'owed', 'kept'] as const;
export type DutyPart = (typeof dutyParts)[number];
/** Counts stop here: a person needs to know no more than "many". */
export const mostCounted = 1000;

const ofComplaint = sql`c.id as "complaintId", c.receipt_number as "receiptNumber", c.content ->> 'title' as title,
  c.content #>> '{complainant,name}' as complainant, c.content #>> '{complainant,phone}' as phone`;

/**
 * A person who was told, or will be, on another channel counts as told. `offset 0`: it is looked up for each notice, and not
 * joined with all that was ever sent.
 */
const isToldOtherwise = sql<boolean>`exists (select from notices o
  where o.complaint_id = n.complaint_id and o.seq = n.seq and o.template = n.template and o.audience = n.audience
    and o.agency = n.agency and coalesce(o.recipient_mark, o.recipient) = coalesce(n.recipient_mark, n.recipient) and o.about = n.about and o.channel <> n.channel
    and o.state in ('due', 'sent') offset 0)`;
/** The words are those of the index `notices_undelivered` (migration 0072), which holds no notice that is known to be told. */
const isUndelivered = sql<boolean>`(n.audience = 'complainant' and n.state in ('failed', 'unreachable')
  and n.by_hand is null and not n.told_otherwise and not ${isToldOtherwise})`;
/** As the index `notices_kept` (migration 0061) has it. Without it, all that was ever sent would be looked through. */
const isKept = sql<boolean>`(n.audience = 'complainant' and n.state = 'sent' and n.provider = 'outbox'
  and n.by_hand is null and exists (select from outbox k where k.notice_id = n.id offset 0))`;

const ofAgency = (column: RawBuilder<unknown>, agency: string | undefined) =>
  agency === undefined ? sql`true` : sql`${column} = ${agency}`;

const notToldByHand = sql<boolean>`not exists (select from duties_told t
  where t.complaint_id = d.complaint_id and t.kind = d.kind and t.day = d.day offset 0)`;

const counted = (rows: RawBuilder<unknown>, most: number) =>
  sql<number>`(select count(*)::int from (${rows} limit ${sql.lit(most)}) found)`;
const undeliveredOf = (agency: string | undefined) =>
  sql`select from notices n where ${isUndelivered} and ${ofAgency(sql`n.agency`, agency)}`;
const owedOf = (agency: string | undefined) =>
  sql`select from owed_duties d where ${ofAgency(sql`d.agency`, agency)} and ${notToldByHand}`;

/** How many of each part there are, of an agency or of all. Each number stops at {@link mostCounted}. */
export async function countDuties(
  { db }: Pick<Store, 'db'>,
  agency?: string,
): Promise<Record<DutyPart, number>> {
  const kept = sql`select from notices n where ${isKept} and ${ofAgency(sql`n.agency`, agency)}`;
  const { rows } = await sql<Record<DutyPart, number>>`select
    ${counted(undeliveredOf(agency), mostCounted)} as undelivered,
    ${counted(owedOf(agency), mostCounted)} as owed,
    ${counted(kept, mostCounted)} as kept`.execute(db);
  return rows[0] ?? { undelivered: 0, owed: 0, kept: 0 };
}

/** The menu counts on every page, so it stops early. hub/console/views/layout.liquid has the same number. */
const mostInMenu = 100;

/** What is owed, for the menu: up to {@link mostInMenu}. */
export async function countOpenDuties({ db }: Pick<Store, 'db'>, agency?: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select
    least(${counted(undeliveredOf(agency), mostInMenu)} + ${counted(owedOf(agency), mostInMenu)},
      ${sql.lit(mostInMenu)}) as count`.execute(db);
  return rows[0]?.count ?? 0;
}

const noticeColumns = sql`n.id, n.template, n.agency, n.channel, n.address, n.state, n.report, n.last_error as reason,
  n.created_at as since, (select e.data #>> '{step,kind}' from events e
    where n.template = 'step' and e.complaint_id = n.complaint_id and e.seq = n.seq) as step`;

/** One page of notices that did not arrive, or (`kept`) were never sent, the newest first. */
export async function listUndelivered(
  { db }: Store,
  { agency, kept }: { agency?: string | undefined; kept: boolean },
  place: Place = {},
): Promise<Page<UndeliveredNotice>> {
  const backwards = place.before !== undefined;
  const cursor = toUuid(place.before ?? place.after);
  const [beyond, direction] = backwards ? [sql`>`, sql`asc`] : [sql`<`, sql`desc`];
  const { rows } = await sql<UndeliveredNotice>`
    with found as materialized (
      select n.* from notices n where ${kept ? isKept : isUndelivered} and ${ofAgency(sql`n.agency`, agency)}
        and ${cursor === undefined ? sql`true` : sql`n.id ${beyond} ${cursor}::uuid`}
      order by n.id ${direction} limit ${sql.lit((place.size ?? pageSize) + 1)})
    select ${noticeColumns}, ${ofComplaint}, ${sql.lit(kept)} as kept
    from found n join complaints c on c.id = n.complaint_id order by n.id ${direction}`.execute(db);
  return toPage(rows, place, ({ id }) => id);
}

/** A notice to a complainant that was not told by hand, for the page on which that is noted. */
export async function findUndelivered({ db }: Store, id: string): Promise<UndeliveredNotice | undefined> {
  const uuid = toUuid(id);
  if (uuid === undefined) return undefined;
  const { rows } = await sql<UndeliveredNotice>`
    select ${noticeColumns}, ${ofComplaint}, exists (select from outbox k where k.notice_id = n.id) as kept
    from notices n join complaints c on c.id = n.complaint_id
    where n.id = ${uuid}::uuid and (${isUndelivered}
      or ${isKept})`.execute(db);
  return rows[0];
}

/** One page of what agencies owe now, the longest owed first. */
export async function listOwed(
  { db }: Store,
  agency: string | undefined,
  place: Place = {},
): Promise<Page<OwedDuty>> {
  const backwards = place.before !== undefined;
  const [at, id] = (place.before ?? place.after ?? '').split('_');
  const [beyond, direction] = backwards ? [sql`<`, sql`desc`] : [sql`>`, sql`asc`];
  const uuid = toUuid(id);
  const { rows } = await sql<OwedDuty>`
    select d.complaint_id as id, d.kind, d.day, d.agency, d.since, ${ofComplaint}
    from owed_duties d join complaints c on c.id = d.complaint_id
    where ${ofAgency(sql`d.agency`, agency)} and ${notToldByHand}
      and ${uuid === undefined ? sql`true` : sql`(d.since, d.complaint_id) ${beyond} (${new Date(Number(at))}, ${uuid}::uuid)`}
    order by d.since ${direction}, d.complaint_id ${direction} limit ${sql.lit((place.size ?? pageSize) + 1)}`.execute(
    db,
  );
  return toPage(rows, place, (row) => `${row.since.getTime()}_${row.id}`);
}

/** Something that is owed now and was not told by hand. */
export async function findOwed(
  { db }: Store,
  { receiptNumber, kind, day }: { receiptNumber: string; kind: string; day: string },
): Promise<OwedDuty | undefined> {
  const { rows } = await sql<OwedDuty>`
    select d.complaint_id as id, d.kind, d.day, d.agency, d.since, ${ofComplaint}
    from complaints c join owed_duties d on d.complaint_id = c.id
    where c.receipt_number = ${receiptNumber} and d.kind = ${kind} and d.day = ${day} and ${notToldByHand}`.execute(
    db,
  );
  return rows[0];
}
