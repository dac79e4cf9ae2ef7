import type pg from 'pg';
import type { Fingerprint } from '../../../adapters/contract.ts';
import type { DriftKind, DriftPart, RawOutcome } from '../../store/tables/column-types.ts';

/** A post that the board holds and that no link is about. */
export interface Unlinked {
  kind: Extract<DriftKind, 'missing_here' | 'unknown'>;
  externalId: string;
  parts: DriftPart[];
}

const atOnce = 500;

const text = `
select h.external_id, h.fingerprint, l.id as link_id, r.outcome as raw_outcome, n.id as named_link, n.external_id as named_id,
  n.held < n.due or n.attempting is not null as named_moves,
  exists (select from drifts d where d.reconciliation_id = $1 and d.link_id = l.id and d.kind = 'missing_there') as is_reused
from holdings h
left join links l on l.agency = $2 and l.external_id = h.external_id
left join lateral (select r.outcome from raw_items r where r.agency = $2 and r.external_id = h.external_id and r.outcome <> 'duplicate'
  order by r.id desc limit 1) r on true
left join lateral (select n.* from complaints c join links n on n.complaint_id = c.id and n.agency = $2
  where c.receipt_number = substring(h.fingerprint->>'receiptNumber' from '^[0-9]{2}-[0-9]{4}-[0-9]{4}-[0-9]')
    and h.fingerprint->>'receiptNumber' = c.receipt_number || coalesce('-' || n.contribution, '')) n on true
where h.reconciliation_id = $1 and not h.matched and h.external_id > $3
order by h.external_id limit ${atOnce}`;

interface Row {
  external_id: string;
  fingerprint: Fingerprint;
  link_id: string | null;
  raw_outcome: RawOutcome | null;
  named_link: string | null;
  named_id: string | null;
  named_moves: boolean | null;
  /** The hub knows another post under this id, and that post is missing. */
  is_reused: boolean;
}

/**
 * Posts that matched no link, by keyset pagination. Call it after the posts that are missing on the board were entered.
 */
export async function* listUnlinked(
  pool: pg.Pool,
  reconciliationId: string,
  agency: string,
): AsyncGenerator<Unlinked[]> {
  let after = '';
  for (;;) {
    const { rows } = await pool.query<Row>(text, [reconciliationId, agency, after]);
    const last = rows.at(-1);
    if (!last) return;
    yield rows.flatMap((row) => {
      const kind = classify(row);
      return kind ? [{ kind, externalId: row.external_id, parts: [toPart(kind, row)] }] : [];
    });
    after = last.external_id;
  }
}

/** Undefined: the post was linked meanwhile, is being sent, or is parked and waits for a person. */
function classify(row: Row): Unlinked['kind'] | undefined {
  const { fingerprint, raw_outcome: raw } = row;
  if (row.is_reused) return fingerprint.receiptNumber === undefined ? 'missing_here' : 'unknown';
  if (row.link_id !== null || raw === 'parked' || raw === 'discarded') return undefined;
  if (fingerprint.receiptNumber === undefined) return raw === null ? 'missing_here' : 'unknown';
  if (row.named_link !== null && row.named_id === null && row.named_moves) return undefined;
  return 'unknown';
}

/** A second post of a complaint that another post holds is for a person. The rest is taken in, or parked there. */
function toPart(kind: Unlinked['kind'], { raw_outcome: raw, fingerprint, named_id }: Row): DriftPart {
  const isSecond = kind === 'unknown' && (raw === 'applied' || named_id !== null);
  const found = fingerprint.receiptNumber;
  return { part: 'post', remedy: isSecond ? 'person' : 'take', events: [], ...(found && { found }) };
}
