import type pg from 'pg';
import { toReason } from '../../../schemas/index.ts';
import { newId } from '../../store/new-id.ts';
import type { Board } from '../boards/boards.ts';
import { saveFileOutcomes } from './file-outcomes.ts';
import { type AgentOutcome, type Reported, toReportedText } from './reported.ts';

/**
 * Enters how bringing things ended, in an agent's words: done moves links forward as far as nothing before is still out;
 * what was refused or cannot be known parks its link, as a board's own refusal does. What is not out (any more) was
 * reported before and is passed over, so that a report may be sent again. `clock` turns the agent's times into the hub's.
 */
export async function saveOutcomes(
  client: pg.PoolClient,
  { agency: { code, officers } }: Board,
  outcomes: AgentOutcome[],
  clock: (time: string) => Date,
): Promise<{ reported: Reported[]; cursor: string }> {
  const owner = officers[0]?.name ?? code;
  await lockLinks(client, code, outcomes);
  const reported = await takeOut(client, code, outcomes);
  const ofEvents = reported.filter(({ outcome }) => outcome.file === undefined);
  await enterAttempts(client, ofEvents, clock);
  await moveLinks(client, code, ofEvents, owner);
  await saveFileOutcomes(client, reported, owner);
  const { rows } = await client.query<{ position: string }>('select position from feeds where agency = $1', [
    code,
  ]);
  return { reported, cursor: rows[0]?.position ?? '0' };
}

const named = `jsonb_to_recordset($2::jsonb) as x(n int, "receiptNumber" text, seq int, file uuid)
  join complaints c on c.receipt_number = x."receiptNumber" join links l on l.complaint_id = c.id and l.agency = $1`;

const toNamed = (agency: string, outcomes: AgentOutcome[]) => [
  agency,
  JSON.stringify(outcomes.map(({ receiptNumber, seq, file }, n) => ({ n, receiptNumber, seq, file }))),
];

/** In the order of their ids: two reports at once do not wait for each other in a circle. */
async function lockLinks(client: pg.PoolClient, agency: string, outcomes: AgentOutcome[]): Promise<void> {
  await client.query(
    `select from links where id in (select l.id from ${named}) order by id for update`,
    toNamed(agency, outcomes),
  );
}

async function takeOut(client: pg.PoolClient, agency: string, outcomes: AgentOutcome[]): Promise<Reported[]> {
  const { rows } = await client.query<{ n: number; link_id: string; complaint_id: string }>(
    `with named as (
       select distinct on (l.id, x.seq, x.file) x.n, l.id, x.seq, x.file from ${named} order by l.id, x.seq, x.file, x.n
     )
     delete from feed_changes f using named x
     where f.link_id = x.id and f.seq = x.seq and f.attachment_id is not distinct from x.file
     returning x.n, f.link_id, f.complaint_id`,
    toNamed(agency, outcomes),
  );
  return rows
    .sort((a, b) => a.n - b.n)
    .map(({ n, link_id: linkId, complaint_id: complaintId }) => {
      return { linkId, complaintId, outcome: outcomes[n] as AgentOutcome };
    });
}

async function enterAttempts(
  client: pg.PoolClient,
  reported: Reported[],
  clock: (time: string) => Date,
): Promise<void> {
  const rows = reported.map(({ linkId, outcome: { seq, kind, reason, startedAt, finishedAt } }) => ({
    ...{ id: newId(), link_id: linkId, seq, outcome: kind },
    ...(reason !== undefined && { reason: toReportedText(reason) }),
    ...{ started_at: clock(startedAt), finished_at: clock(finishedAt) },
  }));
  await client.query(
    `insert into attempts (id, link_id, seq, started_at, finished_at, outcome, reason)
     select * from jsonb_to_recordset($1::jsonb)
       as x(id uuid, link_id uuid, seq int, started_at timestamptz, finished_at timestamptz, outcome text, reason text)`,
    [JSON.stringify(rows)],
  );
}

/** What one report says of one link. */
interface Move {
  external_id?: string;
  parts: Record<string, string>;
  parked?: { seq: number; reason: string; is_unknown: boolean };
}

function toMoves(reported: Reported[]): Map<string, Move> {
  const moves = new Map<string, Move>();
  for (const { linkId, outcome } of reported) {
    const move: Move = moves.get(linkId) ?? { parts: {} };
    moves.set(linkId, move);
    const { kind, seq, externalId, partId, reason: given = toReason('no_reason_given') } = outcome;
    const reason = toReportedText(given);
    if (kind !== 'done') move.parked ??= { seq, reason, is_unknown: kind === 'unknown' };
    if (externalId !== undefined) move.external_id = externalId;
    if (partId !== undefined) move.parts[seq] = partId;
  }
  return moves;
}

/**
 * `held` goes to right before the first event that is still out or was not done, or past everything that was given. What
 * is out of a parked link is out no more.
 */
const moveText = `
with moves as materialized (
  select x.*, (x.parked ->> 'seq')::int as parked_seq,
    least((x.parked ->> 'seq')::int, (select min(f.seq) from feed_changes f where f.link_id = x.id and f.attachment_id is null)) as first
  from jsonb_to_recordset($1::jsonb) as x(id uuid, external_id text, parts jsonb, parked jsonb)
), withdrawn as (
  delete from feed_changes f using moves m where m.parked is not null and f.link_id = m.id and f.attachment_id is null
)
update links l set
  held = greatest(l.held, coalesce(m.first - 1, l.given, l.held)),
  given = case when m.first is null or m.parked is not null then null else l.given end,
  external_id = coalesce(m.external_id, l.external_id),
  parts = l.parts || m.parts,
  attempting = case when (m.parked ->> 'is_unknown')::boolean then m.parked_seq
    when m.parked is not null or l.attempting < coalesce(m.first, l.attempting + 1) then null else l.attempting end,
  state = case when m.parked is null then l.state else 'parked' end,
  tries = case when m.parked is null then 0 else l.tries + 1 end,
  next_at = now(), last_error = m.parked ->> 'reason', owner = case when m.parked is not null then $2 end
from moves m where l.id = m.id`;

async function moveLinks(
  client: pg.PoolClient,
  agency: string,
  reported: Reported[],
  owner: string,
): Promise<void> {
  const moves = [...toMoves(reported)].map(([id, move]) => ({ id, ...move }));
  if (moves.length === 0) return;
  // A board that gives a number again (it was restored from an old copy) has lost what it stood for.
  const owners = new Map(moves.flatMap(({ id, external_id }) => (external_id ? [[external_id, id]] : [])));
  for (const move of moves)
    if (move.external_id && owners.get(move.external_id) !== move.id) delete move.external_id;
  await client.query(
    `update links l set external_id = null from unnest($2::text[], $3::uuid[]) as x(external_id, id)
     where l.agency = $1 and l.external_id = x.external_id and l.id <> x.id`,
    [agency, [...owners.keys()], [...owners.values()]],
  );
  await client.query(moveText, [JSON.stringify(moves), owner]);
}
