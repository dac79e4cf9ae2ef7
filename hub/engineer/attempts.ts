import type { EventType } from '../../schemas/index.ts';
import type { Reason } from '../../schemas/reason.ts';
import type { Store } from '../store/database.ts';
import { type Page, type Place, pageSize, toPage } from '../store/read-page.ts';

/** One call to an endpoint. Without a delivery it was a test. */
export interface EndpointAttemptEntry {
  id: string;
  at: Date;
  ms: number;
  outcome: 'done' | 'retry' | 'refused' | 'unknown';
  status: number | null;
  reason: Reason | null;
  /** Who asked for a test. */
  askedBy: string | null;
  delivery: {
    id: string;
    /** The receipt number and the number of the event: the end of `webhook-id`. */
    event: string;
    type: EventType;
    state: 'waiting' | 'parked' | 'done' | 'skipped';
    tries: number;
  } | null;
}

export interface AttemptFilter {
  failed?: boolean;
}

type Row = Omit<EndpointAttemptEntry, 'delivery'> & {
  delivery: string | null;
  receipt: string;
  seq: number;
  type: EventType;
  state: 'waiting' | 'parked' | 'done' | 'skipped';
  tries: number;
};

/** The calls to one endpoint, newest first. */
export async function listEndpointAttempts(
  { pool }: Pick<Store, 'pool'>,
  { agency, endpoint }: { agency: string; endpoint: string },
  { failed = false }: AttemptFilter,
  place: Place = {},
): Promise<Page<EndpointAttemptEntry>> {
  const backwards = place.before !== undefined;
  const { rows } = await pool.query<Row>(
    `select a.id, a.at, a.ms, a.outcome, a.status, a.reason, a.asked_by as "askedBy", d.id as delivery,
       c.receipt_number as receipt, d.seq, e.type, d.state, d.tries
     from (
       select * from endpoint_attempts where agency = $1 and endpoint = $2 ${failed ? "and outcome <> 'done'" : ''}
         and ($3::uuid is null or id ${backwards ? '>' : '<'} $3)
       order by id ${backwards ? 'asc' : 'desc'} limit $4
     ) a left join endpoint_deliveries d on d.id = a.delivery_id left join complaints c on c.id = d.complaint_id
     left join events e on e.complaint_id = d.complaint_id and e.seq = d.seq
     order by a.id ${backwards ? 'asc' : 'desc'}`,
    [agency, endpoint, place.before ?? place.after ?? null, (place.size ?? pageSize) + 1],
  );
  return toPage(rows.map(toEntry), place, ({ id }) => id);
}

function toEntry({ delivery, receipt, seq, type, state, tries, ...attempt }: Row): EndpointAttemptEntry {
  return {
    ...attempt,
    delivery: delivery === null ? null : { id: delivery, event: `${receipt}/${seq}`, type, state, tries },
  };
}
