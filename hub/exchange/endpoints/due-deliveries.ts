import type { Change } from '../../../adapters/contract.ts';
import type { DisclosedItem, PartRole } from '../../../schemas/index.ts';
import { type ComplaintRow, toComplaint } from '../../complaints/complaint-row.ts';
import { discloseComplaint, discloseEvent, listProvided } from '../../complaints/disclosure/disclose.ts';
import { type Disclosure, withConsents } from '../../complaints/disclosure/disclosure.ts';
import { type EventRow, toPublicEvent } from '../../complaints/load-matters.ts';
import type { Queryable } from '../../store/database.ts';
import { consentedColumn } from '../../store/states/consent-state.ts';
import type { Provided } from '../../store/tables/column-types.ts';
import { toLinkRole } from '../parts/to-part-change.ts';

/** An event that an endpoint is told of next, of its complaint. */
export interface DueDelivery {
  /** The complaint: one event of it is under way at a time. */
  id: string;
  deliveryId: string;
  tries: number;
  shutOutAt: Date | null;
  change: Change;
  provided: Provided;
}

/** A row is due if its endpoint is not held back, and no earlier event of its complaint still waits or is parked. */
const isDue = `d.state = 'waiting' and d.next_at <= now()
  and not exists (select from endpoint_health p where p.agency = d.agency and p.endpoint = d.endpoint and p.paused_at is not null)
  and not exists (select from endpoint_deliveries o where o.agency = d.agency and o.endpoint = d.endpoint
    and o.complaint_id = d.complaint_id and o.seq < d.seq and o.state in ('waiting', 'parked'))`;

type Row = ComplaintRow & {
  delivery_id: string;
  tries: number;
  shut_out_at: Date | null;
  role: PartRole;
  consented: DisclosedItem[] | null;
  external_id: string | null;
  event: EventRow;
};

/**
 * What an endpoint is to be told of now, longest waiting first; nothing of complaints in `underWay`. `disclosure`: of its agency. `isProbe`: what
 * has failed least comes first, since one call decides whether an endpoint is back.
 */
export async function findDueDeliveries(
  client: Queryable,
  { agency, endpoint, disclosure }: { agency: string; endpoint: string; disclosure: Disclosure },
  { underWay, limit, isProbe }: { underWay: string[]; limit: number; isProbe: boolean },
): Promise<DueDelivery[]> {
  const { rows } = await client.query<Row>({
    name: 'find-endpoint-deliveries',
    text: `
select d.id as delivery_id, ${consentedColumn('d.complaint_id', 'd.agency')}, d.tries, d.shut_out_at, l.role, c.*,
  (select o.external_id from endpoint_deliveries o where o.agency = d.agency and o.endpoint = d.endpoint
    and o.complaint_id = d.complaint_id and o.external_id is not null order by o.seq desc limit 1) as external_id, to_jsonb(e) as event
from endpoint_deliveries d join complaints c on c.id = d.complaint_id
join events e on e.complaint_id = d.complaint_id and e.seq = d.seq
join links l on l.complaint_id = d.complaint_id and l.agency = d.agency and l.contribution is null
where d.agency = $1 and d.endpoint = $2 and ${isDue} and not d.complaint_id = any($3::uuid[])
order by case when $5 then d.tries else 0 end, d.next_at, d.complaint_id limit $4`,
    values: [agency, endpoint, underWay, limit, isProbe],
  });
  return rows.map((row) => toDue(row, disclosure));
}

function toDue(row: Row, ofAgency: Disclosure): DueDelivery {
  const disclosure = withConsents(ofAgency, row.consented);
  const { role } = row;
  const whole = toComplaint(row);
  const { linkId: _own, ...event } = discloseEvent(toPublicEvent(row.event), role, disclosure);
  return {
    id: row.id,
    deliveryId: row.delivery_id,
    tries: row.tries,
    shutOutAt: row.shut_out_at,
    provided: listProvided(whole.content, role, disclosure),
    change: {
      event,
      complaint: discloseComplaint(whole, role, disclosure),
      role: toLinkRole(role),
      ...(row.external_id && { ref: { externalId: row.external_id } }),
    },
  };
}

/**
 * The subjects of the endpoints, of those given, that have something due and are not left alone now. A configuration
 * that changed ends every pause.
 */
export async function findDueEndpoints(
  client: Queryable,
  endpoints: { subject: string; settings: string }[],
): Promise<string[]> {
  if (endpoints.length === 0) return [];
  const { rows } = await client.query<{ subject: string }>({
    name: 'sweep-endpoints',
    text: `
select s.subject from (select subject, settings, split_part(subject, '/', 1) as agency, split_part(subject, '/', 2) as endpoint
  from unnest($1::text[], $2::text[]) as x(subject, settings)) s
left join endpoint_health h on h.agency = s.agency and h.endpoint = s.endpoint
where (h.settings <> s.settings and (h.closed_until is not null or h.failures > 0))
  or ((h.closed_until is null or h.closed_until <= now()) and exists (select from endpoint_deliveries d
    where d.agency = s.agency and d.endpoint = s.endpoint and ${isDue}))`,
    values: [endpoints.map(({ subject }) => subject), endpoints.map(({ settings }) => settings)],
  });
  return rows.map(({ subject }) => subject);
}
