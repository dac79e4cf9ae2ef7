import type { Reason } from '../../../schemas/reason.ts';
import type { Directory } from '../../configuration/directory.ts';
import type { Store } from '../../store/database.ts';

/** How an endpoint fares, for the console. */
export interface EndpointState {
  agency: string;
  endpoint: string;
  waiting: number;
  parked: number;
  /** Why the newest call failed, as long as no later one succeeded. */
  lastError: Reason | null;
  failures: number;
  closedUntil: Date | null;
  deliveredAt: Date | null;
  /** A person holds it back since then. */
  pausedAt: Date | null;
  pausedBy: string | null;
}

/** Every endpoint of the configuration in force. */
export async function listEndpoints(
  { pool }: Pick<Store, 'pool'>,
  directory: Pick<Directory, 'listAgencies'>,
): Promise<EndpointState[]> {
  const named = directory
    .listAgencies()
    .flatMap(({ code, webhooks = [] }) => webhooks.map(({ name }) => ({ agency: code, endpoint: name })));
  if (named.length === 0) return [];
  const { rows } = await pool.query<EndpointState>(
    `with counts as (
       select agency, endpoint, (count(*) filter (where state = 'waiting'))::int as waiting,
         (count(*) filter (where state = 'parked'))::int as parked
       from endpoint_deliveries where state in ('waiting', 'parked') and agency = any($2) group by agency, endpoint
     )
     select n.agency, n.endpoint, coalesce(c.waiting, 0) as waiting, coalesce(c.parked, 0) as parked,
       h.last_error as "lastError", coalesce(h.failures, 0) as failures, h.closed_until as "closedUntil",
       h.delivered_at as "deliveredAt", h.paused_at as "pausedAt", h.paused_by as "pausedBy"
     from jsonb_to_recordset($1::jsonb) as n(agency text, endpoint text)
     left join counts c using (agency, endpoint) left join endpoint_health h using (agency, endpoint)
     order by n.agency, n.endpoint`,
    [JSON.stringify(named), [...new Set(named.map(({ agency }) => agency))]],
  );
  return rows;
}

/** An event that an endpoint does not take. The later ones of its complaint wait for it. */
export interface ParkedDelivery {
  id: string;
  agency: string;
  endpoint: string;
  receiptNumber: string;
  seq: number;
  type: string;
  reason: Reason | null;
  owner: string | null;
}

/** The most that one page shows, oldest first. The rest appear when these are decided. */
const mostShown = 100;

export async function listParkedDeliveries({ pool }: Pick<Store, 'pool'>): Promise<ParkedDelivery[]> {
  const { rows } = await pool.query<ParkedDelivery>(
    `select d.id, d.agency, d.endpoint, c.receipt_number as "receiptNumber", d.seq, e.type, d.last_error as reason, d.owner
     from endpoint_deliveries d join complaints c on c.id = d.complaint_id
     join events e on e.complaint_id = d.complaint_id and e.seq = d.seq
     where d.state = 'parked' order by d.next_at, d.id limit ${mostShown}`,
  );
  return rows;
}
