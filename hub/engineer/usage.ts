import { type DayOfUse, listUse } from '../access/calls/read-calls.ts';
import type { Directory } from '../configuration/directory.ts';
import { toDoorLimits } from '../configuration/door-limits.ts';
import type { Store } from '../store/database.ts';

/** What the agency may do at the doors, and what it did. */
export interface Usage {
  limits: {
    requestsPerMinute: number;
    concurrency: number;
    bodyBytes: number | null;
    networks: string[] | null;
    /** How many client certificates are known. Null: none is asked for. */
    certificates: number | null;
    signed: boolean;
  };
  /** The minute that is counted now. Null: nobody calls. */
  window: { taken: number; endsAt: Date } | null;
  days: DayOfUse[];
}

export async function readUsage(
  store: Pick<Store, 'pool'>,
  directory: Pick<Directory, 'findAgency'>,
  agency: string,
): Promise<Usage> {
  const rules = directory.findAgency(agency)?.doors ?? {};
  const { bodyBytes = null, networks = null, certificates, signed = false } = rules;
  const [{ rows }, days] = await Promise.all([
    store.pool.query<{ taken: number; endsAt: Date }>(
      'select taken, ends_at as "endsAt" from door_windows where agency = $1 and ends_at > now()',
      [agency],
    ),
    listUse(store, agency),
  ]);
  const limits = {
    ...toDoorLimits(rules),
    bodyBytes,
    networks,
    certificates: certificates?.length ?? null,
    signed,
  };
  return { limits, window: rows[0] ?? null, days };
}
