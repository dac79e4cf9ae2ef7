import type { Store } from '../../store/database.ts';
import { type Page, type Place, pageSize, toPage } from '../../store/read-page.ts';
import type { Door } from './call-log.ts';

/** A call as the engineer of its agency sees it. */
export interface CallEntry {
  id: string;
  /** When it was answered. */
  at: Date;
  door: Door;
  operation: string | null;
  status: number;
  problem: string | null;
  ms: number;
  request: string;
  keyId: string | null;
  /** The name of the key, or its last characters. */
  key: string | null;
}

/** Which calls. A filter goes through the agency's own log, which is bounded. */
export interface CallFilter {
  failed?: boolean;
  operation?: string;
  request?: string;
}

/** The calls of one agency, newest first. `place` names ids. */
export async function listCalls(
  { pool }: Pick<Store, 'pool'>,
  agency: string,
  { failed = false, operation, request }: CallFilter,
  place: Place = {},
): Promise<Page<CallEntry>> {
  const backwards = place.before !== undefined;
  const { rows } = await pool.query<Omit<CallEntry, 'at'>>(
    `select c.id, c.door, c.operation, c.status, c.problem, c.ms, c.request, c.key_id as "keyId",
       coalesce(nullif(k.name, ''), '…' || k.hint) as key
     from door_calls c left join api_keys k on k.id = c.key_id
     where c.agency = $1 and ($2::uuid is null or c.id ${backwards ? '>' : '<'} $2)
       and (not $3 or c.problem is not null or c.status >= 400)
       and ($4::text is null or c.operation = $4) and ($5::text is null or c.request = $5)
     order by c.id ${backwards ? 'asc' : 'desc'} limit $6`,
    [
      agency,
      place.before ?? place.after ?? null,
      failed,
      operation ?? null,
      request ?? null,
      (place.size ?? pageSize) + 1,
    ],
  );
  return toPage(
    rows.map((row) => ({ ...row, at: toInstant(row.id) })),
    place,
    ({ id }) => id,
  );
}

/** The operations that the agency's log has, for a list of choices. */
export async function listCalledOperations({ pool }: Pick<Store, 'pool'>, agency: string): Promise<string[]> {
  const { rows } = await pool.query<{ operation: string }>(
    'select distinct operation from door_calls where agency = $1 and operation is not null order by operation',
    [agency],
  );
  return rows.map(({ operation }) => operation);
}

/** The time in a UUIDv7 (RFC 9562, 5.7): its first 48 bits are milliseconds. */
const toInstant = (id: string): Date => new Date(Number.parseInt(id.replace('-', '').slice(0, 12), 16));

/** What the agency used at each door, by day of Asia/Seoul, the newest first. */
export interface DayOfUse {
  day: string;
  door: Door;
  calls: number;
  failed: number;
  /** Those that were told to wait (429). */
  limited: number;
}

const shownDays = 14;

export async function listUse({ pool }: Pick<Store, 'pool'>, agency: string): Promise<DayOfUse[]> {
  const { rows } = await pool.query<DayOfUse>(
    `select day::text, door, calls, failed, limited from door_days
     where agency = $1 and day > (now() at time zone 'Asia/Seoul')::date - ${shownDays} order by day desc, door`,
    [agency],
  );
  return rows;
}
