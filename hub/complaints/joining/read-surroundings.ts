import type { Complainant, Complaint, ComplaintKind, Post, Status } from '../../../schemas/index.ts';
import { type Queryable, toHotStatement } from '../../store/database.ts';
import { marksOf } from '../../store/sealing/keyed.ts';
import { parseReceiptNumber } from '../receipt-number.ts';
import { isSamePerson, markText } from './same-person.ts';
import type { EarlierSame, Peer, Surroundings } from './surroundings.ts';

type Of = Pick<Complaint, 'id' | 'content' | 'registeredAt' | 'takenInAt'>;

const peersText = `
with asked as (
  select id from complaints where receipt_number = any($2::text[])
  union select $1::uuid
  union select complaint_id from joins where lead_id = $1 and parted_seq is null
)
select c.id, c.receipt_number, c.assignee, c.status, c.content -> 'complainant' as complainant, j.lead_id,
  (select l.receipt_number from complaints l where l.id = j.lead_id) as lead,
  exists (select from joins o where o.lead_id = c.id and o.parted_seq is null) as leads,
  array(select k.agency from links k where k.complaint_id = c.id) as agencies
from asked join complaints c on c.id = asked.id
left join joins j on j.complaint_id = c.id and j.parted_seq is null
order by c.registered_at, c.id`;

const peersStatement = toHotStatement({ name: 'joining-peers', text: peersText });

interface PeerRow {
  id: string;
  receipt_number: string;
  assignee: string;
  status: Status;
  complainant: Complainant;
  lead_id: string | null;
  lead: string | null;
  leads: boolean;
  agencies: string[];
}

/** Reads what stands around a complaint: what is joined to it and to what, and those that `numbers` name. */
export async function readPeers(
  client: Queryable,
  complaintId: string,
  numbers: readonly string[],
): Promise<Omit<Surroundings, 'earlier'>> {
  const { rows } = await client.query<PeerRow>(peersStatement([complaintId, numbers]));
  const named = rows.filter(({ receipt_number }) => numbers.includes(receipt_number)).map(toPeer);
  return {
    lead: rows.find(({ id }) => id === complaintId)?.lead ?? null,
    group: rows.filter(({ lead_id }) => lead_id === complaintId).map(toPeer),
    named: new Map(named.map((peer) => [peer.receiptNumber, peer])),
  };
}

const toPeer = ({ receipt_number: receiptNumber, lead_id: _lead, ...row }: PeerRow): Peer => ({
  ...row,
  receiptNumber,
});

/** The most identical texts that are looked at: the oldest say as much as the newest. */
const mostSame = 200;

/**
 * Complaints with the same text that came before and were not withdrawn. Its result is an answer or a refusal. It counts
 * as told when the notice of it was sent and does not lie in the outbox, or came back, and when the board on which it was
 * filed has it: from that board itself, or brought there.
 */
const earlierText = `
select c.id, c.receipt_number, c.assignee, c.kind, c.status, c.content -> 'complainant' as complainant,
  coalesce(c.taken_in_at, c.registered_at) as taken_in_at, t.at as told_at, t.seq as told_seq,
  array(select k.agency from links k where k.complaint_id = c.id) as agencies
from complaint_terms w join complaints c on c.id = w.complaint_id
left join lateral (
  select least(n.sent_at, b.at) as at, e.seq from events e
  left join lateral (select n.sent_at from notices n where n.complaint_id = e.complaint_id and n.seq = e.seq
    and n.audience = 'complainant' and n.state = 'sent' and n.report is distinct from 'undelivered'
    and not exists (select from outbox o where o.notice_id = n.id) order by n.sent_at limit 1) n on true
  left join lateral (select case when e.link_id = l.id then e.at else (select min(a.finished_at) from attempts a
      where a.link_id = l.id and a.seq = e.seq and a.outcome = 'done') end as at
    from links l where l.complaint_id = e.complaint_id and l.role = 'origin' and l.agency = c.origin) b on true
  where e.complaint_id = c.id and (e.type = 'answered' or (e.type = 'step_taken' and e.data #>> '{step,kind}' = 'refused'))
    and least(n.sent_at, b.at) is not null
  order by least(n.sent_at, b.at) limit 1) t on true
where w.text_mark = any($1) and c.id <> $2 and c.kind <> 'statutory' and c.status <> 'withdrawn'
  and (coalesce(c.taken_in_at, c.registered_at), c.id) < ($3::timestamptz, $2)
order by coalesce(c.taken_in_at, c.registered_at), c.id limit ${mostSame}`;

interface EarlierRow {
  id: string;
  kind: ComplaintKind;
  receipt_number: string;
  assignee: string;
  status: Status;
  complainant: Complainant;
  taken_in_at: Date;
  told_at: Date | null;
  told_seq: number | null;
  agencies: string[];
}

/** Earlier identical complaints of the same person, over all agencies, oldest first (Act, article 23). */
export async function readEarlierSame(
  client: Queryable,
  { id, content, registeredAt, takenInAt = registeredAt }: Of,
): Promise<EarlierSame[]> {
  if (content.kind === 'statutory') return [];
  const { rows } = await client.query<EarlierRow>({
    name: 'earlier-same',
    text: earlierText,
    values: [marksOf('matter', markText(content)), id, takenInAt],
  });
  return rows
    .filter(({ complainant }) => isSamePerson(complainant, content.complainant))
    .map((row) => ({
      id: row.id,
      kind: row.kind,
      receiptNumber: row.receipt_number,
      assignee: row.assignee,
      status: row.status,
      takenInAt: row.taken_in_at,
      agencies: row.agencies,
      toldAt: row.told_at,
      toldSeq: row.told_seq,
    }));
}

/** What the steps of a post need to know beside the complaint. Undefined: they need nothing. */
export async function readSurroundings(
  client: Queryable,
  complaint: Of,
  { steps = [] }: Post,
): Promise<Surroundings | undefined> {
  const numbers = steps.flatMap((step) => {
    if (step.kind !== 'joined' && step.kind !== 'parted') return [];
    return step.complaints.map((text) => parseReceiptNumber(text) ?? text);
  });
  const asksPeers = numbers.length > 0 || steps.some(({ kind }) => kind === 'represented');
  const asksEarlier = steps.some(({ kind }) => kind === 'closed_as_repeat');
  if (!asksPeers && !asksEarlier) return undefined;
  const peers = await readPeers(client, complaint.id, numbers);
  return { ...peers, earlier: asksEarlier ? await readEarlierSame(client, complaint) : [] };
}
