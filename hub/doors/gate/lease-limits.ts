import { inTransaction, type Store } from '../../store/database.ts';

/** What one agency may do, over all processes together. */
export interface AgencyLimits {
  requestsPerMinute: number;
  concurrency: number;
}

/** The part of an agency's limits that one process has leased. */
export interface Lease {
  /** Requests that this process may let in until the window ends. */
  requests: number;
  /** Requests of the window that no process has leased. */
  left: number;
  /** The name of the window. Another name is another window. */
  window: string;
  /** Milliseconds until the window ends. */
  windowEndsIn: number;
  /** Requests that may be under way at once here, for {@link slotMilliseconds}. */
  slots: number;
}

/**
 * Milliseconds of a lease for slots. Unused slots, or those of a process that ended, are kept from the others this
 * long.
 */
export const slotMilliseconds = 3_000;
const windowMilliseconds = 60_000;

/**
 * Leases a part of an agency's limits to one process. The agency's row in door_windows is the lock. Processes take
 * turns, so together they never get more than the limit.
 */
export async function leaseLimits(
  { pool }: Store,
  agency: string,
  process: string,
  wanted: { requests: number; slots: number; limits: AgencyLimits },
): Promise<Lease> {
  const { limits } = wanted;
  return inTransaction(pool, async (client) => {
    await client.query(
      'insert into door_windows (agency, ends_at, taken) values ($1, now(), 0) on conflict do nothing',
      [agency],
    );
    // The clock is read, not now(): the transaction may have waited for its turn.
    const { rows } = await client.query<{ taken: number; ends_in: number }>(
      `select taken, (extract(epoch from ends_at - clock_timestamp()) * 1000)::float8 as ends_in
       from door_windows where agency = $1 for update`,
      [agency],
    );
    const { taken, ends_in: endsIn } = rows[0] ?? { taken: 0, ends_in: 0 };
    // A window that lasts longer than possible began before the server's clock was set back.
    const isOver = endsIn <= 0 || endsIn > windowMilliseconds;
    const before = isOver ? 0 : taken;
    const requests = Math.max(0, Math.min(wanted.requests, limits.requestsPerMinute - before));
    const { rows: windows } = await client.query<{ window: string }>(
      `update door_windows set taken = $2,
         ends_at = case when $3 then clock_timestamp() + $4 * interval '1 millisecond' else ends_at end
       where agency = $1 returning ends_at::text as window`,
      [agency, before + requests, isOver, windowMilliseconds],
    );
    await client.query(
      `delete from door_slots where agency = $1
         and until not between clock_timestamp() and clock_timestamp() + $2 * interval '1 millisecond'`,
      [agency, slotMilliseconds],
    );
    const { rows: slots } = await client.query<{ slots: number }>(
      `insert into door_slots (agency, process, slots, until)
       select $1, $2, greatest(0, least($3::int, $4::int - coalesce(sum(slots), 0)::int)),
         clock_timestamp() + $5 * interval '1 millisecond'
       from door_slots where agency = $1 and process <> $2
       on conflict (agency, process) do update set slots = excluded.slots, until = excluded.until
       returning slots`,
      [agency, process, wanted.slots, limits.concurrency, slotMilliseconds],
    );
    return {
      requests,
      left: limits.requestsPerMinute - before - requests,
      window: windows[0]?.window ?? '',
      windowEndsIn: isOver ? windowMilliseconds : endsIn,
      slots: slots[0]?.slots ?? 0,
    };
  });
}
