import type pg from 'pg';
import { eventTypes } from '../../schemas/index.ts';
import { passOver } from '../board/links.ts';
import { inTransaction, type Store } from '../store/database.ts';
import { type EventRow, toEvent } from './load-matters.ts';

/** Changes that may be out without an acknowledgement; an agency that never acknowledges gets no more. */
const mostOutstanding = 10_000;
const linksAtOnce = 200;
const everyKind = new Set(eventTypes);

const hasNewsText = `
select exists (select from links l where l.agency = $1 and l.state = 'open' and l.held < l.due
  and coalesce(l.given, l.held) < l.due) as news`;

/** A link that somebody is writing at this moment is left to the next look. */
const newsText = `
select l.id, l.complaint_id, l.joined, l.due, l.given,
  (select jsonb_agg(to_jsonb(e) - 'data' order by e.seq) from events e
    where e.complaint_id = l.complaint_id and e.seq > coalesce(l.given, l.held) and e.seq <= l.due) as events
from links l where l.agency = $1 and l.state = 'open' and l.held < l.due and coalesce(l.given, l.held) < l.due
order by l.next_at, l.id limit ${linksAtOnce} for update of l skip locked`;

interface NewsRow {
  id: string;
  complaint_id: string;
  joined: number;
  due: number;
  /** The event up to which it was given out and not acknowledged; null: nothing is out. */
  given: number | null;
  events: EventRow[] | null;
}

/** Puts what is new at the end of the agency's feed. */
export async function giveOut(store: Store, agency: string): Promise<void> {
  const { rows } = await store.pool.query<{ news: boolean }>({
    name: 'feed-has-news',
    text: hasNewsText,
    values: [agency],
  });
  if (rows[0]?.news) await inTransaction(store.pool, (client) => append(client, agency));
}

/** One reader at a time per agency: its row in `feeds` is the lock and the counter. */
async function append(client: pg.PoolClient, agency: string): Promise<void> {
  await client.query('insert into feeds (agency) values ($1) on conflict do nothing', [agency]);
  const { rows: feeds } = await client.query<{ position: string; outstanding: number }>(
    `select position, (select count(*)::int from feed_changes where agency = $1) as outstanding
     from feeds where agency = $1 for update`,
    [agency],
  );
  if ((feeds[0]?.outstanding ?? 0) >= mostOutstanding) return;
  const { rows } = await client.query<NewsRow>(newsText, [agency]);
  if (rows.length === 0) return;
  const changes = rows.flatMap(toChanges);
  await client.query(
    `with base as (
       update feeds set position = position + $2 where agency = $1 returning position - $2 as position
     )
     insert into feed_changes (agency, position, link_id, complaint_id, seq)
     select $1, base.position + x.n, x.link_id, x.complaint_id, x.seq
     from base, jsonb_to_recordset($3::jsonb) as x(n int, link_id uuid, complaint_id uuid, seq int)`,
    [agency, changes.length, JSON.stringify(changes.map((change, index) => ({ n: index + 1, ...change })))],
  );
  await client.query(
    `update links l set held = greatest(l.held, x.held), given = x.given
     from jsonb_to_recordset($1::jsonb) as x(id uuid, held int, given int) where l.id = x.id`,
    [JSON.stringify(rows.map(toProgress))],
  );
}

/** What the copy lacks: neither the agency's own words, nor progress from before it came in. */
function toChanges(link: NewsRow) {
  const wanted = (link.events ?? []).map(toEvent).filter((event) => {
    const before = event.seq - 1;
    return passOver({ id: link.id, held: before, joined: link.joined }, [event], everyKind) === before;
  });
  return wanted.map(({ seq }) => ({ link_id: link.id, complaint_id: link.complaint_id, seq }));
}

function toProgress(link: NewsRow) {
  const isOut = link.given !== null || toChanges(link).length > 0;
  return { id: link.id, held: isOut ? 0 : link.due, given: isOut ? link.due : null };
}
