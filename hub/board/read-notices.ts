import type { Channel } from '../../schemas/index.ts';
import type { Store } from '../store/database.ts';
import type { NoticeState } from '../store/tables.ts';
import type { NoticeEntry } from './read-complaint.ts';
import { toUuid } from './read-operations.ts';
import { type Page, type Place, pageSize, toPage } from './read-page.ts';

export interface NoticeFilter {
  state?: NoticeState;
  channel?: Channel;
}

/** A notice in the list; `kept` when its message lies in the local outbox. */
export type ListedNotice = NoticeEntry & { receiptNumber: string; createdAt: Date; kept: boolean };

/** Notices, newest first. */
export async function listNotices(
  store: Store,
  filter: NoticeFilter,
  place: Place = {},
): Promise<Page<ListedNotice>> {
  const backwards = place.before !== undefined;
  const cursor = toUuid(place.before ?? place.after);
  let query = selectNotices(store);
  if (filter.state) query = query.where('state', '=', filter.state);
  if (filter.channel) query = query.where('channel', '=', filter.channel);
  // UUIDv7: the newest has the highest id.
  if (cursor) query = query.where('notices.id', backwards ? '>' : '<', cursor);
  const rows = await query
    .orderBy('notices.id', backwards ? 'asc' : 'desc')
    .limit(pageSize + 1)
    .execute();
  return toPage(rows.map(withKept), place, (row) => row.id);
}

/** A notice with its message, where that is kept locally. */
export type NoticeMessage = ListedNotice & {
  message: { address: string; subject: string | null; text: string; html: string | null } | undefined;
};

/** One notice, with its kept message. */
export async function findNotice(store: Store, id: string): Promise<NoticeMessage | undefined> {
  const uuid = toUuid(id);
  if (!uuid) return undefined;
  const row = await selectNotices(store).where('notices.id', '=', uuid).executeTakeFirst();
  if (!row) return undefined;
  const message = await store.db
    .selectFrom('outbox')
    .select(['address', 'subject', 'text', 'html'])
    .where('notice_id', '=', uuid)
    .executeTakeFirst();
  return { ...withKept(row), message };
}

const selectNotices = (store: Store) =>
  store.db
    .selectFrom('notices')
    .innerJoin('complaints', 'complaints.id', 'notices.complaint_id')
    .leftJoin('outbox', 'outbox.notice_id', 'notices.id')
    .select(['notices.id', 'seq', 'template', 'audience', 'agency', 'recipient', 'channel'])
    .select(['notices.address', 'state', 'tries', 'last_error as lastError', 'sent_at as sentAt'])
    .select(['receipt_number as receiptNumber', 'created_at as createdAt', 'outbox.notice_id as keptId']);

const withKept = <R extends { keptId: string | null }>({ keptId, ...row }: R) => ({
  ...row,
  kept: keptId !== null,
});
