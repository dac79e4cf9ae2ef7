import { type SelectQueryBuilder, sql } from 'kysely';
import type { Channel } from '../../../schemas/index.ts';
import type { Store } from '../../store/database.ts';
import { type Page, type Place, pageSize, toPage } from '../../store/read-page.ts';
import type { NoticeReport, NoticeState } from '../../store/tables/column-types.ts';
import type { Tables } from '../../store/tables/tables.ts';
import { areFew } from './few-rows.ts';
import type { NoticeEntry } from './read-complaint.ts';
import { toUuid } from './read-operations.ts';

export const noticeStates = ['due', 'sent', 'failed', 'unreachable'] as const satisfies NoticeState[];
export const noticeReports = [
  'awaited',
  'delivered',
  'undelivered',
  'unconfirmed',
] as const satisfies NoticeReport[];

/** `report` says more than `state`: with it, the state does not matter. */
export interface NoticeFilter {
  state?: NoticeState;
  report?: NoticeReport;
  channel?: Channel;
}

/** A notice in the list. `kept`: the local outbox holds its message. */
export type ListedNotice = NoticeEntry & {
  complaintId: string;
  receiptNumber: string;
  createdAt: Date;
  kept: boolean;
};

/** Notices, newest first. */
export async function listNotices(
  store: Store,
  filter: NoticeFilter,
  place: Place = {},
): Promise<Page<ListedNotice>> {
  const backwards = place.before !== undefined;
  const cursor = toUuid(place.before ?? place.after);
  const source = await select(store, filter);
  let query = withDetails(source);
  // Ids are UUIDv7, so the newest notice has the highest id.
  if (cursor) query = query.where('notices.id', backwards ? '>' : '<', cursor);
  const rows = await query
    .orderBy('notices.id', backwards ? 'asc' : 'desc')
    .limit(pageSize + 1)
    .execute();
  return toPage(rows.map(withKept), place, (row) => row.id);
}

/** A notice with its message, if it is kept locally. */
export type NoticeMessage = ListedNotice & {
  message: { address: string; subject: string | null; text: string; html: string | null } | undefined;
};

/** One notice, with its kept message. */
export async function findNotice(store: Store, id: string): Promise<NoticeMessage | undefined> {
  const uuid = toUuid(id);
  if (!uuid) return undefined;
  const row = await withDetails(store.db.selectFrom('notices'))
    .where('notices.id', '=', uuid)
    .executeTakeFirst();
  if (!row) return undefined;
  const message = await store.db
    .selectFrom('outbox')
    .select(['address', 'subject', 'text', 'html'])
    .where('notice_id', '=', uuid)
    .executeTakeFirst();
  return { ...withKept(row), message };
}

/** Days in which texts count that nobody is known to have got. */
const reportDays = 14;
/** The count stops here, so that the page does not slow down when a gateway fails. */
const mostCounted = 1_000;

/** How many texts of the last days did not arrive, or are not known to have arrived. */
export async function countReports(store: Store): Promise<Record<'undelivered' | 'unconfirmed', number>> {
  const counted = (report: NoticeReport) =>
    sql<number>`(select count(*)::int from (select from notices where report = ${sql.lit(report)} and channel = 'sms'
      and sent_at > now() - ${sql.lit(reportDays)} * interval '1 day' limit ${sql.lit(mostCounted)}) found)`;
  const { rows } = await sql<Record<'undelivered' | 'unconfirmed', number>>`
    select ${counted('undelivered')} as undelivered, ${counted('unconfirmed')} as unconfirmed`.execute(
    store.db,
  );
  return rows[0] ?? { undelivered: 0, unconfirmed: 0 };
}

type Query = SelectQueryBuilder<Tables, 'notices', object>;

/** The notices that match the filter. If they are few, all are read at once (few-rows.ts). */
async function select({ db }: Store, { state, report, channel }: NoticeFilter): Promise<Query> {
  const all = db.selectFrom('notices');
  if (!state && !report && !channel) return all;
  // All states are named, because the index of channels begins with the state.
  const inState = report
    ? all.where('report', '=', report)
    : all.where('state', 'in', state ? [state] : noticeStates);
  const matching = channel ? inState.where('channel', '=', channel) : inState;
  if (!(await areFew(db, sql`${matching.select('id')}`))) return matching;
  return db.selectFrom(matching.selectAll().offset(0).as('notices'));
}

const withDetails = (notices: Query) =>
  notices
    .innerJoin('complaints', 'complaints.id', 'notices.complaint_id')
    .leftJoin('outbox', 'outbox.notice_id', 'notices.id')
    .select([
      'notices.id',
      'complaint_id as complaintId',
      'seq',
      'template',
      'audience',
      'agency',
      'recipient',
      'channel',
    ])
    .select(['notices.address', 'state', 'tries', 'last_error as lastError', 'sent_at as sentAt'])
    .select(['report', 'reported_at as reportedAt'])
    .select(['receipt_number as receiptNumber', 'created_at as createdAt', 'outbox.notice_id as keptId']);

const withKept = <R extends { keptId: string | null }>({ keptId, ...row }: R) => ({
  ...row,
  kept: keptId !== null,
});
