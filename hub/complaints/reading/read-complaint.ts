import { sql } from 'kysely';
import {
  type ClockFace,
  type ComplaintContent,
  type ComplaintKind,
  type HistoryType,
  isRunning,
  type Officer,
  type PartRole,
  type RoutingReason,
  type Status,
} from '../../../schemas/index.ts';
import type { Reason } from '../../../schemas/reason.ts';
import type { Store } from '../../store/database.ts';
import { marksOf, personMarks } from '../../store/sealing/keyed.ts';
import type { LinkState, NoticeReport, NoticeState } from '../../store/tables/column-types.ts';
import type { Tables } from '../../store/tables/tables.ts';

/** One complaint with everything that happened to it, as its page shows it. */
export interface ComplaintFile {
  id: string;
  receiptNumber: string;
  origin: string;
  /** The number that the origin's own system gave: the complainant knows that one. Null: it gave none. */
  originNumber: string | null;
  assignee: string;
  status: Status;
  kind: ComplaintKind;
  content: ComplaintContent;
  routing: RoutingReason;
  /** When the hub heard of it. */
  registeredAt: Date;
  /** When the origin took it in: the start of the clock. */
  takenInAt: Date;
  clock: ClockFace | null;
  officer: Officer | null;
  /** The login of that person. Null: nobody was named, or a person without an account. */
  officerUser: string | null;
  dueAt: Date | null;
  overdue: boolean;
  events: EventEntry[];
  links: LinkEntry[];
  /** The posts of its parts on the boards of the agencies that were asked. */
  partLinks: PartLinkEntry[];
  notices: NoticeEntry[];
}

interface EventEntry {
  seq: number;
  type: HistoryType;
  at: Date;
  actor: { agency: string; via: string; user?: string };
  data: Record<string, unknown>;
}

interface PartLinkEntry extends LinkEntry {
  /** The number of what is asked, within the complaint. */
  contribution: number;
}

interface LinkEntry {
  id: string;
  agency: string;
  role: PartRole;
  state: LinkState;
  externalId: string | null;
  held: number;
  due: number;
  tries: number;
  nextAt: Date;
  lastError: Reason | null;
}

export interface NoticeEntry {
  id: string;
  seq: number;
  template: string;
  audience: 'complainant' | 'officer';
  agency: string;
  recipient: string;
  channel: 'email' | 'sms';
  address: string | null;
  state: NoticeState;
  /** What became of it after it was sent. Null: nothing is reported. */
  report: NoticeReport | null;
  /** It lies in the outbox: no provider is configured for its channel, so it went nowhere. */
  kept: boolean;
  reportedAt: Date | null;
  tries: number;
  lastError: Reason | null;
  sentAt: Date | null;
}

/** Finds the complaint by the number that a person quotes. */
export async function findComplaintFile(
  store: Store,
  receiptNumber: string,
): Promise<ComplaintFile | undefined> {
  const row = await store.db
    .selectFrom('complaints')
    .selectAll()
    .where('receipt_number', '=', receiptNumber)
    .executeTakeFirst();
  if (!row) return undefined;
  const [events, links, notices] = await Promise.all([
    listEvents(store, row.id),
    listLinks(store, row.id),
    listNotices(store, row.id),
  ]);
  const { id, origin, assignee, status, kind, content, routing } = row;
  return {
    id,
    origin,
    assignee,
    status,
    kind,
    content,
    routing,
    events,
    links: links.filter(({ contribution }) => contribution === null),
    partLinks: links.flatMap((link) =>
      link.contribution === null ? [] : { ...link, contribution: link.contribution },
    ),
    notices,
    receiptNumber: row.receipt_number,
    originNumber: row.origin_number,
    registeredAt: row.registered_at,
    takenInAt: row.taken_in_at ?? row.registered_at,
    clock: row.clock,
    officer: row.officer,
    officerUser: row.officer_user,
    dueAt: row.due_at,
    overdue: isRunning(status) && row.due_at !== null && row.due_at < new Date(),
  };
}

/** Only what rights depend on, of the complaint with this number. */
export async function findComplaintPart(
  store: Store,
  receiptNumber: string,
): Promise<Pick<ComplaintFile, 'id' | 'assignee' | 'links'> | undefined> {
  const row = await store.db
    .selectFrom('complaints')
    .select(['id', 'assignee'])
    .where('receipt_number', '=', receiptNumber)
    .executeTakeFirst();
  return row && { ...row, links: await listLinks(store, row.id) };
}

async function listEvents(store: Store, complaintId: string): Promise<EventEntry[]> {
  const rows = await store.db
    .selectFrom('events')
    .select(['seq', 'type', 'at', 'actor', 'data'])
    .where('complaint_id', '=', complaintId)
    .orderBy('seq')
    .execute();
  return rows as EventEntry[];
}

function listLinks(
  store: Store,
  complaintId: string,
): Promise<(LinkEntry & { contribution: number | null })[]> {
  return store.db
    .selectFrom('links')
    .select(['id', 'agency', 'role', 'state', 'external_id as externalId', 'held', 'due', 'tries'])
    .select(['next_at as nextAt', 'last_error as lastError', 'contribution'])
    .where('complaint_id', '=', complaintId)
    .orderBy(sql`array_position(array['origin','assignee','part','copy'], role)`)
    .orderBy('agency')
    .orderBy('contribution')
    .execute();
}

function listNotices(store: Store, complaintId: string): Promise<NoticeEntry[]> {
  return store.db
    .selectFrom('notices')
    .select(['id', 'seq', 'template', 'audience', 'agency', 'recipient', 'channel', 'address', 'state'])
    .select(['tries', 'last_error as lastError', 'sent_at as sentAt'])
    .select(['report', 'reported_at as reportedAt'])
    .select(sql<boolean>`exists (select from outbox o where o.notice_id = notices.id)`.as('kept'))
    .where('complaint_id', '=', complaintId)
    .orderBy('seq')
    .orderBy('id')
    .execute();
}

/** An earlier complaint of the same person. */
export interface EarlierComplaint {
  id: string;
  receiptNumber: string;
  title: string;
  status: Status;
  registeredAt: Date;
  complainant: ComplaintContent['complainant'];
}

const mostEarlier = 10;
const marks = personMarks();

/** Complaints with this telephone number (E.164) or e-mail address, newest first. */
export async function listEarlierComplaints(
  store: Store,
  person: { phone?: string | undefined; email?: string | undefined },
  except?: string,
): Promise<EarlierComplaint[]> {
  const { phone, email } = person;
  if (!phone && !email) return [];
  return store.db
    .selectFrom('complaints')
    .select(['id', 'receipt_number as receiptNumber', 'status', 'registered_at as registeredAt'])
    .select(sql<string>`content ->> 'title'`.as('title'))
    .select(sql<Tables['complaints']['content']['complainant']>`content -> 'complainant'`.as('complainant'))
    .where((is) =>
      is.or([
        ...(phone ? [sql<boolean>`${sql.raw(marks.phone)} = any(${marksOf('phone', phone)}::text[])`] : []),
        ...(email
          ? [sql<boolean>`${sql.raw(marks.email)} = any(${marksOf('email', email.toLowerCase())}::text[])`]
          : []),
      ]),
    )
    .$if(except !== undefined, (query) => query.where('id', '<>', except ?? ''))
    .orderBy('registered_at', 'desc')
    .limit(mostEarlier)
    .execute();
}
