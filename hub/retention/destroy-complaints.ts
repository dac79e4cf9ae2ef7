import type { Queryable } from '../store/database.ts';
import { forgetLinks } from '../store/states/link-state.ts';
import { forgetNotices } from '../store/states/notice-state.ts';
import { forgetContent, forgetEvent } from './forget.ts';

/** Rows that were removed, by table; of complaints and events, those that were emptied. */
export type Removed = Record<string, number>;

const ofComplaints = 'complaint_id = any($1::uuid[])';
const ofAttachments = `attachment_id in (select id from attachments where ${ofComplaints})`;

/** What goes wholly, in an order that references allow. */
const gone: { table: string; text: string }[] = [
  // A content that nothing refers to any more is swept from its folder or bucket (hub/attachments/content-store.ts).
  {
    table: '',
    text: `update attachment_contents set check_at = now()
      where sha256 in (select sha256 from attachments where ${ofComplaints})`,
  },
  { table: 'attachment_deliveries', text: `delete from attachment_deliveries where ${ofAttachments}` },
  { table: 'attachments', text: `delete from attachments where ${ofComplaints}` },
  {
    table: 'outbox',
    text: `delete from outbox where notice_id in (select id from notices where ${ofComplaints})`,
  },
  {
    table: 'drifts',
    text: `delete from drifts where link_id in (select id from links where ${ofComplaints})`,
  },
  { table: 'answer_reviews', text: `delete from answer_reviews where ${ofComplaints}` },
  { table: 'held_acts', text: `delete from held_acts where ${ofComplaints}` },
  { table: 'drafts', text: `delete from drafts where ${ofComplaints}` },
  { table: 'kept_identifiers', text: `delete from kept_identifiers where ${ofComplaints}` },
  { table: 'notes', text: `delete from notes where ${ofComplaints}` },
  { table: 'duties_told', text: `delete from duties_told where ${ofComplaints}` },
  { table: 'subject_corrections', text: `delete from subject_corrections where ${ofComplaints}` },
  { table: 'subject_hand_work', text: `delete from subject_hand_work where ${ofComplaints}` },
  { table: 'subject_holdings', text: `delete from subject_holdings where ${ofComplaints}` },
  { table: 'complaint_terms', text: `delete from complaint_terms where ${ofComplaints}` },
  { table: '', text: `delete from unindexed where ${ofComplaints}` },
  // The row stays: its version says that the board's post came in already, and holds no text. So it does not come back.
  {
    table: 'raw_items',
    text: `update raw_items set body = '', problems = null, note = null, cut = null where ${ofComplaints}`,
  },
];

/**
 * Destroys what people wrote in complaints, irrecoverably in this database (개인정보 보호법, article 21). What is left says
 * when which step was taken, by which agency: nobody can be told from it. Runs in a transaction that holds the complaints.
 */
export async function destroyComplaints(
  client: Queryable,
  ids: string[],
  destruction: string,
): Promise<Removed> {
  const removed: Removed = {};
  for (const { table, text } of gone) {
    const { rowCount } = await client.query(text, [ids]);
    if (table !== '') removed[table] = rowCount ?? 0;
  }
  await forgetLinks(client, ids);
  removed.notices = await forgetNotices(client, ids);
  removed.events = await emptyEvents(client, ids);
  removed.complaints = await emptyComplaints(client, ids, destruction);
  return removed;
}

async function emptyEvents(client: Queryable, ids: string[]): Promise<number> {
  const { rows } = await client.query<{ complaint_id: string; seq: number; type: string; data: unknown }>(
    `select complaint_id, seq, type, data from events where ${ofComplaints}`,
    [ids],
  );
  const emptied = rows.map(({ data, ...row }) => ({ ...row, data: forgetEvent(row.type, data) }));
  await client.query(
    `update events e set data = x.data from jsonb_to_recordset($1::jsonb) as x(complaint_id uuid, seq int, data jsonb)
     where e.complaint_id = x.complaint_id and e.seq = x.seq`,
    [JSON.stringify(emptied)],
  );
  return rows.length;
}

async function emptyComplaints(client: Queryable, ids: string[], destruction: string): Promise<number> {
  const { rows } = await client.query<{ id: string; content: unknown }>(
    'select id, content from complaints where id = any($1::uuid[])',
    [ids],
  );
  const emptied = rows.map(({ id, content }) => ({ id, content: forgetContent(content) }));
  await client.query(
    `update complaints c set content = x.content, phone_mark = null, email_mark = null, destroyed_at = now(), destroyed_by = $2
     from jsonb_to_recordset($1::jsonb) as x(id uuid, content jsonb) where c.id = x.id`,
    [JSON.stringify(emptied), destruction],
  );
  return rows.length;
}
