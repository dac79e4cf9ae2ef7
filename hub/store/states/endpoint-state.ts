/**
 * The one owner of the tables `endpoint_deliveries`, `endpoint_attempts` and `endpoint_health`: what the endpoints of
 * agencies are told of, each call, and how each of them fares. Only prune.ts also removes rows of them, those that ended
 * long ago.
 *
 * | transition          | who calls it                     | from → to               | what changes |
 * | ------------------- | -------------------------------- | ----------------------- | ------------ |
 * | `plannedDeliveries` | intake, with the events          | new → waiting           | all of it |
 * | `recordDelivery`    | delivery, after a call           | waiting → done, skipped (not wanted any more), waiting, parked | state, tries, next_at, shut_out_at, external_id, last_error, owner, ended_at |
 * | `releaseDeliveries` | breaker, when its endpoint is back | waiting               | next_at of those that were tried |
 * | `retryDelivery`     | a person                         | parked → waiting        | tries, next_at, shut_out_at, owner, decided_by, decided_at |
 * | `skipDelivery`      | a person                         | parked → skipped        | last_error (the reason), owner, decided_by, decided_at, ended_at |
 * | `replayDeliveries`  | a person                         | done → waiting          | tries, next_at, last_error, ended_at, decided_by, decided_at |
 * | `dropRemoved`       | upkeep, for removed endpoints    | any → gone              | the rows, in both tables |
 * | `resendDeliveries`  | a person                         | parked, waiting, done → waiting | tries, next_at, shut_out_at, owner, last_error, ended_at, decided_by, decided_at |
 * | `recordTest`        | a person's test                  | -                       | a row of `endpoint_attempts` |
 * | `pauseEndpoint`, `resumeEndpoint` | a person           | any                     | paused_at, paused_by of `endpoint_health` |
 * | `recordHealth`      | breaker, after deliveries        | any                     | the row of `endpoint_health` |
 */
import { type Reason, said, toReason } from '../../../schemas/reason.ts';
import type { Queryable } from '../database.ts';
import { newId } from '../new-id.ts';
import type { Provided } from '../tables/column-types.ts';
import { providedToEndpoint } from './provision-state.ts';

/** One event that an endpoint is to be told of. */
export interface PlannedDelivery {
  agency: string;
  endpoint: string;
  complaint_id: string;
  seq: number;
}

/** The events before `before` that an endpoint is told of because its agency has just joined. */
export interface PlannedHistory {
  agency: string;
  endpoint: string;
  complaint_id: string;
  before: number;
  types: string[];
}

/** The parts of the statement that saves a group's decisions: new events, and the history of new links, as JSON. */
export const plannedDeliveries = (rows: `$${number}`, history: `$${number}`) => `
  insert into endpoint_deliveries (agency, endpoint, complaint_id, seq)
  select agency, endpoint, complaint_id, seq from jsonb_to_recordset(${rows}::jsonb) as x(agency text, endpoint text, complaint_id uuid, seq int)
  union all select x.agency, x.endpoint, e.complaint_id, e.seq
  from jsonb_to_recordset(${history}::jsonb) as x(agency text, endpoint text, complaint_id uuid, before int, types jsonb)
  join events e on e.complaint_id = x.complaint_id and e.seq < x.before and x.types ? e.type
  on conflict do nothing`;

export interface DeliveryProgress {
  id: string;
  state: 'done' | 'skipped' | 'waiting' | 'parked';
  tries: number;
  nextAt: Date;
  shutOutAt: Date | null;
  reason: Reason | null;
  owner: string | null;
  /** The receiver's own id of the complaint. */
  externalId: string | null;
}

/** One call to an endpoint and how it ended. */
export interface EndpointAttempt {
  agency: string;
  endpoint: string;
  at: Date;
  ms: number;
  outcome: 'done' | 'retry' | 'refused' | 'unknown';
  status: number | null;
  reason: Reason | null;
  /** What it held of the complainant. Absent: it was a test. */
  provided?: Provided;
}

/** The delivery and its call, if there was one. A row that a person decided about, or that is gone, stays as it is. */
export async function recordDelivery(
  client: Queryable,
  progress: DeliveryProgress,
  attempt?: EndpointAttempt,
): Promise<void> {
  const { id, state, tries, nextAt, shutOutAt, reason, owner, externalId } = progress;
  if (attempt) {
    await insertAttempt(client, { ...attempt, deliveryId: id, askedBy: null });
    const provided = attempt.provided && JSON.stringify(attempt.provided);
    await client.query({
      name: 'provide-endpoint',
      text: providedToEndpoint,
      values: [id, attempt.outcome, provided],
    });
  }
  await client.query({
    name: 'record-endpoint-delivery',
    text: `update endpoint_deliveries set state = $2, tries = $3, next_at = $4, shut_out_at = $5, last_error = $6, owner = $7, external_id = coalesce($8, external_id),
             ended_at = case when $2 in ('done', 'skipped') then now() end
           where id = $1 and state = 'waiting'`,
    values: [id, state, tries, nextAt, shutOutAt, reason && JSON.stringify(reason), owner, externalId],
  });
}

/** Keeps a test that a person asked for. Resolves with its id. */
export const recordTest = (client: Queryable, test: EndpointAttempt & { askedBy: string }): Promise<string> =>
  insertAttempt(client, { ...test, deliveryId: null });

async function insertAttempt(
  client: Queryable,
  attempt: EndpointAttempt & { deliveryId: string | null; askedBy: string | null },
): Promise<string> {
  const { agency, endpoint, at, ms, outcome, status, reason, deliveryId, askedBy } = attempt;
  const id = newId();
  await client.query({
    name: 'record-endpoint-attempt',
    text: `insert into endpoint_attempts (agency, endpoint, id, delivery_id, at, ms, outcome, status, reason, asked_by)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    values: [
      ...[agency, endpoint, id, deliveryId, at, ms, outcome, status],
      ...[reason && JSON.stringify(reason), askedBy],
    ],
  });
  return id;
}

export async function releaseDeliveries(client: Queryable, agency: string, endpoint: string): Promise<void> {
  await client.query({
    name: 'release-endpoint-deliveries',
    text: `update endpoint_deliveries set next_at = now()
           where agency = $1 and endpoint = $2 and state = 'waiting' and tries > 0 and next_at > now()`,
    values: [agency, endpoint],
  });
}

/** Resolves with the endpoint. Undefined: it is not parked. */
export type Decided = { agency: string; endpoint: string } | undefined;

export async function retryDelivery(client: Queryable, id: string, user: string): Promise<Decided> {
  const { rows } = await client.query<{ agency: string; endpoint: string }>(
    `update endpoint_deliveries set state = 'waiting', tries = 0, next_at = now(), shut_out_at = null, owner = null,
       decided_by = $2, decided_at = now()
     where id = $1 and state = 'parked' returning agency, endpoint`,
    [id, user],
  );
  return rows[0];
}

export async function skipDelivery(
  client: Queryable,
  { id, user, reason }: { id: string; user: string; reason: string },
): Promise<Decided> {
  const { rows } = await client.query<{ agency: string; endpoint: string }>(
    `update endpoint_deliveries set state = 'skipped', last_error = $3, owner = null, decided_by = $2, decided_at = now(),
       ended_at = now()
     where id = $1 and state = 'parked' returning agency, endpoint`,
    [id, user, JSON.stringify(toReason('skipped_by', { user, detail: said(reason) }))],
  );
  return rows[0];
}

/** Tells an endpoint again of what it took since an instant; not of what a person skipped. Resolves with the number of events. */
export async function replayDeliveries(
  client: Queryable,
  { agency, endpoint, since, user }: { agency: string; endpoint: string; since: Date; user: string },
): Promise<number> {
  const { rowCount } = await client.query(
    `update endpoint_deliveries set state = 'waiting', tries = 0, next_at = now(), shut_out_at = null, last_error = null,
       ended_at = null, decided_by = $4, decided_at = now()
     where agency = $1 and endpoint = $2 and state = 'done' and ended_at >= $3`,
    [agency, endpoint, since, user],
  );
  return rowCount ?? 0;
}

/** What of an endpoint is sent again: one delivery, or those of which a call failed since then. */
export type Resent = { id: string } | { failedSince: Date };

/**
 * Sends again what an endpoint did not take, or one delivery whatever became of it. What a person skipped stays so.
 * Resolves with the number of events.
 */
export async function resendDeliveries(
  client: Queryable,
  { agency, endpoint }: { agency: string; endpoint: string },
  what: Resent,
  user: string,
): Promise<number> {
  const [which, value] =
    'id' in what
      ? ["d.id = $4 and d.state in ('parked', 'waiting', 'done')", what.id]
      : [
          `d.state in ('parked', 'waiting') and (d.state = 'parked' or d.tries > 0) and exists (
             select from endpoint_attempts a where a.agency = $1 and a.endpoint = $2 and a.delivery_id = d.id
               and a.outcome <> 'done' and a.at >= $4)`,
          what.failedSince,
        ];
  const { rowCount } = await client.query(
    `update endpoint_deliveries d set state = 'waiting', tries = 0, next_at = now(), shut_out_at = null, owner = null,
       last_error = null, ended_at = null, decided_by = $3, decided_at = now()
     where d.agency = $1 and d.endpoint = $2 and ${which}`,
    [agency, endpoint, user, value],
  );
  return rowCount ?? 0;
}

/** Holds the endpoint back: nothing is sent, and what it is to be told of waits. */
export async function pauseEndpoint(
  client: Queryable,
  { agency, endpoint }: { agency: string; endpoint: string },
  user: string,
): Promise<void> {
  await client.query(
    `insert into endpoint_health (agency, endpoint, settings, paused_at, paused_by) values ($1, $2, '', now(), $3)
     on conflict (agency, endpoint) do update set paused_at = coalesce(endpoint_health.paused_at, excluded.paused_at),
       paused_by = coalesce(endpoint_health.paused_by, excluded.paused_by)`,
    [agency, endpoint, user],
  );
}

export async function resumeEndpoint(
  client: Queryable,
  { agency, endpoint }: { agency: string; endpoint: string },
): Promise<void> {
  await client.query(
    'update endpoint_health set paused_at = null, paused_by = null where agency = $1 and endpoint = $2',
    [agency, endpoint],
  );
}

/**
 * Removes the rows of endpoints that the configuration in force does not name. It reads the configuration in the same
 * statement: a process may have written rows for an endpoint of which this one has not heard yet.
 */
export async function dropRemoved(client: Queryable): Promise<void> {
  await client.query({
    name: 'drop-removed-endpoints',
    text: `
with in_force as materialized (
  select distinct on (name) name, body from configurations where kind = 'agency' order by name, version desc
), named as materialized (
  select f.name as agency, w ->> 'name' as endpoint from in_force f
  cross join lateral jsonb_array_elements(coalesce(f.body -> 'webhooks', '[]')) w
), attempts as (
  delete from endpoint_attempts a where not exists (select from named n where n.agency = a.agency and n.endpoint = a.endpoint)
), healths as (
  delete from endpoint_health h where not exists (select from named n where n.agency = h.agency and n.endpoint = h.endpoint)
)
delete from endpoint_deliveries d where not exists (select from named n where n.agency = d.agency and n.endpoint = d.endpoint)`,
  });
}

export interface EndpointHealth {
  /** Tells one configuration of the endpoint from another. */
  settings: string;
  failures: number;
  closedUntil: Date | null;
  lastError: Reason | null;
  deliveredAt: Date | null;
}

export async function recordHealth(
  client: Queryable,
  { agency, endpoint }: { agency: string; endpoint: string },
  { settings, failures, closedUntil, lastError, deliveredAt }: EndpointHealth,
): Promise<void> {
  await client.query({
    name: 'record-endpoint-health',
    text: `insert into endpoint_health (agency, endpoint, settings, failures, closed_until, last_error, delivered_at)
           values ($1, $2, $3, $4, $5, $6, $7)
           on conflict (agency, endpoint) do update set settings = excluded.settings, failures = excluded.failures,
             closed_until = excluded.closed_until, last_error = excluded.last_error, delivered_at = excluded.delivered_at`,
    values: [
      agency,
      endpoint,
      settings,
      failures,
      closedUntil,
      lastError && JSON.stringify(lastError),
      deliveredAt,
    ],
  });
}
