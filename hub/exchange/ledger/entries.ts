import { contactCentre } from '../../complaints/speakers.ts';
import { toldToComplainants } from '../../notify/plan.ts';
import { type LedgerDay, spanOf } from './days.ts';

/**
 * Everything that a day's ledger accounts for, one row each, with its side, its agency and its state. *Other* rows than
 * a thing's own must confirm its state. A state that they do not confirm is a difference.
 *
 * `received`: raw items of the day by their outcome. An applied item must have its complaint, and a repetition its
 * original. A complaint must have the item that it came from, and all its events.
 *
 * `due`: an event and a link that it became due to on that day. An event is due to the links that its complaint has.
 * When an agency joins, the complaint's history is due to its link on the day of that event (`joined`). An event from
 * the link's own board is not due. Events that need no call count as held (complaints/links.ts, passOver). Agencies
 * without a board (state `screen`) have nothing delivered to them.
 *
 * `notices`: notices planned on the day. An event that complainants are told of must have one. What only lies in the
 * local outbox, because there is no provider, was kept and not sent.
 *
 * The query starts from a time only: raw items and notices by id, events by block ranges, complaints by their
 * newest-first index. The rest are look-ups by key for the rows found. So the work follows the day, not the size of the
 * tables.
 */
export const entriesText = `
with items as materialized (
  select id, agency, external_id, version, outcome, complaint_id, received_at from raw_items
  where id >= $3 and id < $4 and received_at >= $1 and received_at < $2 and ($5::text is null or agency = $5)
), happened as materialized (
  select complaint_id, seq, type, at, link_id, data->'step'->>'kind' as step,
    case when type = 'registered' then actor->>'agency' when type in ('assigned', 'transferred') then data->>'to' end as party
  from events where at >= $1 and at < $2
), news as materialized (
  select * from happened h where $5 is null or $5 = '${contactCentre}' or party = $5
    or exists (select from links l where l.complaint_id = h.complaint_id and l.agency = $5)
), registered as materialized (
  select id, origin, registered_at from complaints
  where registered_at >= $1 and registered_at < $2 and ($5 is null or origin = $5)
), owed as (
  select l.id as link_id, l.agency, l.state, l.held, l.due, l.attempting, l.next_at, n.complaint_id, e.seq, n.at, e.is_ahead
  from news n join complaints c on c.id = n.complaint_id
  join links l on l.complaint_id = n.complaint_id and l.state <> 'screen' and n.seq >= l.joined and ($5 is null or l.agency = $5)
  cross join lateral (
    select n.seq, n.link_id, n.seq = c.last_seq and (l.held > l.due or l.due > c.last_seq) as is_ahead
    union all
    select h.seq, h.link_id, false from events h
    where n.seq = l.joined and n.seq > 1 and h.complaint_id = n.complaint_id and h.seq < n.seq
  ) e
  where e.link_id is distinct from l.id or e.seq > l.due or e.is_ahead
), partless as materialized (
  select party, complaint_id, seq, at from news n where party is not null and ($5 is null or party = $5)
    and not exists (select from links l where l.complaint_id = n.complaint_id and l.agency = n.party)
), entries as (
  select 'received' as side, i.agency, i.received_at as at, i.id as item, i.complaint_id, null::int as seq,
    case when i.outcome in ('parked', 'discarded') then i.outcome
      when not exists (select from complaints c where c.id = i.complaint_id) then 'item-without-complaint'
      when i.outcome = 'duplicate' and not exists (select from raw_items o where o.agency = i.agency
        and o.external_id = i.external_id and o.version = i.version and o.outcome <> 'duplicate') then 'repetition-without-original'
      else i.outcome end as state
  from items i
  union all
  select 'received', r.origin, r.registered_at, r.id, r.id, null, 'complaint-without-item' from registered r
  where not exists (select from items i where i.complaint_id = r.id)
    and not exists (select from raw_items i where i.complaint_id = r.id and i.decided_at is not null)
  union all
  select 'received', c.origin, c.registered_at, c.id, c.id, c.last_seq, 'events-missing'
  from (select complaint_id from news union select id from registered) touched join complaints c on c.id = touched.complaint_id
  where ($5 is null or c.origin = $5)
    and (c.last_seq, c.last_seq) is distinct from (select (count(*)::int, max(seq)) from events e where e.complaint_id = c.id)
  union all
  select 'due', o.agency, o.at, o.link_id, o.complaint_id, o.seq,
    case when o.is_ahead then 'link-ahead'
      when o.seq > o.due then 'event-not-due'
      when o.seq <= o.held then 'held'
      when o.state = 'parked' then 'parked'
      when o.attempting = o.seq and o.next_at < now() - interval '1 hour' and not exists (select from boards b
        where b.agency = o.agency and (b.failures > 0 or b.closed_until > now())) then 'call-abandoned'
      else 'waiting' end
  from owed o
  union all
  select 'due', p.party, p.at, p.complaint_id, p.complaint_id, p.seq, 'link-missing' from partless p
  where (select c.body is not null from configurations c where c.kind = 'agency' and c.name = p.party
    and c.applied_at <= p.at order by c.version desc limit 1)
  union all
  select 'notices', n.agency, n.created_at, n.id, n.complaint_id, n.seq,
    case when n.state = 'sent' and (n.sent_at is null or n.provider = 'outbox'
        and not exists (select from outbox o where o.notice_id = n.id)) then 'sent-without-trace'
      when n.state = 'due' and greatest(n.attempting_since, n.next_at) < now() - interval '1 hour'
        and n.attempting_since is not null then 'sending-abandoned'
      when n.state = 'due' then 'waiting' when n.state = 'sent' and n.provider = 'outbox' then 'kept' else n.state end
  from notices n where n.id >= $3 and n.id < $4 and n.created_at >= $1 and n.created_at < $2 and ($5 is null or n.agency = $5)
  union all
  select 'notices', c.assignee, n.at, n.complaint_id, n.complaint_id, n.seq, 'notice-missing'
  from news n join complaints c on c.id = n.complaint_id
  where concat_ws(' ', n.type, n.step) = any($6::text[]) and ($5 is null or c.assignee = $5)
    and not exists (select from notices m where m.complaint_id = n.complaint_id and m.seq = n.seq and m.audience = 'complainant')
)`;

/**
 * Milliseconds by which an id may differ from the time in its row. Both are taken at one moment, but by the clocks of
 * hub and database.
 */
const slack = 10 * 60_000;

/** The values of $1 to $6. `agency` undefined: all agencies. */
export function toEntriesValues(day: LedgerDay, agency: string | undefined): unknown[] {
  const { from, to } = spanOf(day);
  const ids = [new Date(from.getTime() - slack), new Date(to.getTime() + slack)].map(toFirstId);
  return [from, to, ...ids, agency ?? null, toldToComplainants];
}

/** The lowest id of a millisecond (RFC 9562, 5.7: the first 48 bits of a UUIDv7). */
function toFirstId(at: Date): string {
  const hex = at.getTime().toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
