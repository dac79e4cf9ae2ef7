import type pg from 'pg';
import type { Complaint } from '../../../schemas/index.ts';
import { passOver } from '../../complaints/links.ts';
import { type EventRow, toEvent } from '../../complaints/load-matters.ts';
import { inTransaction, type Store } from '../../store/database.ts';
import { giveOutLinks } from '../../store/states/link-state.ts';
import { findPart, type PartColumns, partColumns } from '../parts/part-rows.ts';
import { findOwedFiles, owedFiles } from './feed-files.ts';
import type { FeedItem, Recipient } from './feed-item.ts';

/** The most changes that may be out without an acknowledgement. An agency that never acknowledges gets no more. */
const mostOutstanding = 10_000;
const linksAtOnce = 200;

const hasNewsText = `
select exists (select from links l where l.agency = $1 and l.state = 'open' and l.held < l.due
  and coalesce(l.given, l.held) < l.due) or ($2 and exists (select ${owedFiles})) as news`;

/** A link that another transaction is writing is left to the next look. */
const newsText = `
select l.id, l.complaint_id, ${partColumns}, l.joined, l.due, l.given, l.reached, l.again, l.attempting,
  (select jsonb_agg(to_jsonb(e) - 'data' order by e.seq) from events e
    where e.complaint_id = l.complaint_id and e.seq > coalesce(l.given, l.held) and e.seq <= l.due) as events
from links l where l.agency = $1 and l.state = 'open' and l.held < l.due and coalesce(l.given, l.held) < l.due
order by l.next_at, l.id limit ${linksAtOnce} for update of l skip locked`;

interface NewsRow extends PartColumns {
  id: string;
  complaint_id: string;
  joined: number;
  due: number;
  /** The newest event that was given out and not acknowledged. Null: nothing is out. */
  given: number | null;
  reached: number;
  again: number[];
  attempting: number | null;
  events: EventRow[] | null;
}

/** Appends some of the new changes to the agency's feed. False: there was nothing new. */
export async function giveOut(store: Store, recipient: Recipient): Promise<boolean> {
  const { rows } = await store.pool.query<{ news: boolean }>({
    name: 'feed-has-news',
    text: hasNewsText,
    values: [recipient.agency, recipient.files !== undefined],
  });
  if (!rows[0]?.news) return false;
  await inTransaction(store.pool, (client) => append(client, recipient));
  return true;
}

/** Gives out everything that may be out, in as many turns as needed. */
export async function giveOutAll(store: Store, recipient: Recipient): Promise<void> {
  for (let turn = 0; turn < mostOutstanding / linksAtOnce && (await giveOut(store, recipient)); turn += 1);
}

/** One reader at a time appends for an agency: the row in `feeds` is the lock and the counter. */
async function append(client: pg.PoolClient, recipient: Recipient): Promise<void> {
  const { agency } = recipient;
  await client.query('insert into feeds (agency) values ($1) on conflict do nothing', [agency]);
  const { rows: feeds } = await client.query<{ position: string; outstanding: number }>(
    `select position, (select count(*)::int from feed_changes where agency = $1) as outstanding
     from feeds where agency = $1 for update`,
    [agency],
  );
  if ((feeds[0]?.outstanding ?? 0) >= mostOutstanding) return;
  const { rows } = await client.query<NewsRow>(newsText, [agency]);
  const files = recipient.files ? await findOwedFiles(client, recipient) : [];
  const items = [...rows.flatMap((link) => toItems(recipient, link)), ...files];
  await client.query(
    `with base as (
       update feeds set position = position + $2 where agency = $1 returning position - $2 as position
     )
     insert into feed_changes (agency, position, link_id, complaint_id, seq, again, attachment_id)
     select $1, base.position + x.n, x.link_id, x.complaint_id, x.seq, x.again, x.attachment_id
     from base, jsonb_to_recordset($3::jsonb) as x(n int, link_id uuid, complaint_id uuid, seq int, again boolean, attachment_id uuid)`,
    [agency, items.length, JSON.stringify(items.map((item, index) => ({ n: index + 1, ...item })))],
  );
  await giveOutLinks(
    client,
    rows.map((link) => toProgress(recipient, link)),
  );
}

/** The texts are read when a change is given out; here only what kind it is. */
const unread: Complaint = {
  ...{
    id: '',
    receiptNumber: '',
    origin: '',
    assignee: '',
    status: 'assigned',
    registeredAt: '',
    lastSeq: 0,
  },
  content: { title: '', body: '', kind: 'other', complainant: { name: '' }, filedAt: '' },
};

/** The changes that the copy lacks, found as delivery finds them. Events that need no call are passed over. */
function toItems({ carries, isAskable }: Recipient, link: NewsRow): FeedItem[] {
  const part = findPart(link, unread);
  const own = (link.events ?? []).map(toEvent);
  const events = part ? own.map(part.show) : own;
  const wanted = events.filter(({ seq }, index) => {
    const before = seq - 1;
    return passOver({ ...link, held: before }, events.slice(index), carries) === before;
  });
  return wanted.map(({ seq }) => ({
    link_id: link.id,
    complaint_id: link.complaint_id,
    seq,
    again: link.attempting === seq || (isAskable && link.again.includes(seq)),
  }));
}

function toProgress(recipient: Recipient, link: NewsRow) {
  const isOut = link.given !== null || toItems(recipient, link).length > 0;
  return { id: link.id, held: isOut ? 0 : link.due, given: isOut ? link.due : null };
}
