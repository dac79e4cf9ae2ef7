import type pg from 'pg';
import type { Fingerprint } from '../../../adapters/contract.ts';
import { type ComplaintRow, toComplaint } from '../../complaints/complaint-row.ts';
import { type EventRow, toEvent } from '../../complaints/load-matters.ts';
import { type Substitutes, withSubstitutes } from '../../complaints/substitutes.ts';
import type { Seen } from '../../store/tables/column-types.ts';
import { findPart, type PartColumns, partColumns } from '../parts/part-rows.ts';
import type { HeldLink } from './compare.ts';

/** A link with the post that its board holds now. Undefined: the board holds nothing of it. */
export interface Pair {
  link: HeldLink;
  found: Fingerprint | undefined;
  /** The link is under way: its state cannot be compared now. */
  underWay: boolean;
  /** The link moved since the reading of the board began: the hub cannot even say that it is missing. */
  moved: boolean;
}

const atOnce = 200;

/**
 * Links of an agency by keyset pagination, each with its board's fingerprint. `$3` is when the reading of the board
 * began. A link that is behind, being called, or has moved since then is under way and no drift. A parked link already
 * waits for a person. Of a destroyed complaint (hub/retention) nobody knows any more what its board should hold.
 */
const text = `
select l.id as link_id, l.external_id, l.held, l.joined, l.parts, l.seen, l.substitutes, ${partColumns}, c.*, h.fingerprint,
  l.attempting is not null or l.held < l.reached or exists (select from attempts a where a.link_id = l.id and a.finished_at >= $3)
    or exists (select from events e where e.complaint_id = c.id and e.at >= $3) as moved,
  l.state <> 'open' or l.held < l.due as behind,
  (select jsonb_agg(to_jsonb(e) order by e.seq) from events e where e.complaint_id = c.id and e.seq <= l.held) as events,
  array(select a.seq from attempts a where a.link_id = l.id and a.outcome = 'skipped') as skipped
from links l join complaints c on c.id = l.complaint_id
left join holdings h on h.reconciliation_id = $2 and h.external_id = l.external_id
where l.agency = $1 and ($4::uuid is null or (l.complaint_id, l.id) > ($4, $6)) and l.state <> 'screen' and l.held > 0
  and c.destroyed_at is null
  and (h.external_id is not null or not $5)
  and (l.external_id is not null or not exists (select from holdings n where n.reconciliation_id = $2
    and n.fingerprint->>'receiptNumber' = c.receipt_number || coalesce('-' || l.contribution, '')))
order by l.complaint_id, l.id limit ${atOnce}`;

interface Row extends ComplaintRow, PartColumns {
  link_id: string;
  external_id: string | null;
  held: number;
  joined: number;
  parts: Record<string, string>;
  seen: Seen;
  substitutes: Substitutes;
  fingerprint: Fingerprint | null;
  moved: boolean;
  behind: boolean;
  events: EventRow[] | null;
  skipped: number[];
}

export interface PairsOf {
  agency: string;
  reconciliationId: string;
  startedAt: Date;
  /** Only links whose posts the board has told of: the board was not asked for all. */
  onlyTold: boolean;
}

/** All of them, a batch at a time. */
export async function* listPairs(pool: pg.Pool, of: PairsOf): AsyncGenerator<Pair[]> {
  let after: { complaint: string; link: string } | null = null;
  for (;;) {
    const values: unknown[] = [
      of.agency,
      of.reconciliationId,
      of.startedAt,
      after?.complaint,
      of.onlyTold,
      after?.link,
    ];
    const { rows }: pg.QueryResult<Row> = await pool.query<Row>(text, values);
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map((row) => toPair(row, of.agency));
    after = { complaint: last.id, link: last.link_id };
  }
}

function toPair(row: Row, agency: string): Pair {
  const whole = toComplaint(row);
  const part = findPart(row, whole);
  const events = (row.events ?? []).map(toEvent);
  return {
    link: {
      id: row.link_id,
      agency,
      externalId: row.external_id,
      held: row.held,
      joined: row.joined,
      parts: row.parts,
      seen: row.seen,
      // The board holds what was written there.
      complaint: withSubstitutes(part?.complaint ?? whole, row.substitutes),
      events: withSubstitutes(part ? events.map(part.show) : events, row.substitutes),
      skipped: row.skipped,
    },
    found: toFound(row),
    underWay: row.moved || row.behind,
    moved: row.moved,
  };
}

/** How a part stands on its board is its agency's own affair: only that it is there, and its text, are compared. */
function toFound({ fingerprint, contribution }: Row): Fingerprint | undefined {
  if (!fingerprint || contribution === null) return fingerprint ?? undefined;
  const { status: _status, answers: _answers, followUps: _followUps, ...post } = fingerprint;
  return post;
}
