import type { Store } from '../store/database.ts';
import { createGroupCommit } from '../store/group-commit.ts';
import { pauseAfter, policy } from './policy.ts';

/**
 * How an agency's board has been doing, and its breaker: after some failures in a row nothing is sent for a
 * while; then one drain tries again (half open), and each further failure doubles the pause.
 */
export function createBoardHealth({ pool }: Store) {
  /** What this process knows, so that an untroubled board costs no query. */
  const troubled = new Map<string, { failures: number; closedUntil: number }>();
  const lastWritten = new Map<string, number>();

  const write = createGroupCommit<
    { agency: string; failures: number; closedUntil: number; error: string | null },
    void
  >(
    async (group) => {
      const newest = new Map(group.map((entry) => [entry.agency, entry]));
      const rows = [...newest.values()].map(({ agency, failures, closedUntil, error }) => ({
        agency,
        failures,
        error,
        closed_until: closedUntil > 0 ? new Date(closedUntil) : null,
      }));
      await pool.query(
        `insert into boards (agency, failures, closed_until, last_error, last_error_at, delivered_at)
         select agency, failures, closed_until, error, case when error is not null then now() end, case when error is null then now() end
         from jsonb_to_recordset($1::jsonb) as x(agency text, failures int, closed_until timestamptz, error text)
         on conflict (agency) do update set failures = excluded.failures, closed_until = excluded.closed_until,
           last_error = coalesce(excluded.last_error, boards.last_error), last_error_at = coalesce(excluded.last_error_at, boards.last_error_at),
           delivered_at = coalesce(excluded.delivered_at, boards.delivered_at)`,
        [JSON.stringify(rows)],
      );
      return group.map(() => undefined);
    },
    { most: 100 },
  );

  return {
    isClosed(agency: string): boolean {
      const known = troubled.get(agency);
      return known !== undefined && known.closedUntil > Date.now();
    },
    /** Half open: a board that has just been away is tried with one call before it gets all of them. */
    isTroubled(agency: string): boolean {
      return (troubled.get(agency)?.failures ?? 0) >= policy.breaker.failures;
    },
    /** `error` null or undefined: the board did what was asked. */
    async record(agency: string, error: string | null | undefined): Promise<void> {
      if (!error) {
        const wasTroubled = troubled.delete(agency);
        const isFresh = Date.now() - (lastWritten.get(agency) ?? 0) < 1000;
        if (!wasTroubled && isFresh) return;
        lastWritten.set(agency, Date.now());
        return write({ agency, failures: 0, closedUntil: 0, error: null });
      }
      const failures = (troubled.get(agency)?.failures ?? 0) + 1;
      const over = failures - policy.breaker.failures;
      const closedUntil = over >= 0 ? Date.now() + pauseAfter(over + 1, policy.breaker) : 0;
      troubled.set(agency, { failures, closedUntil });
      return write({ agency, failures, closedUntil, error });
    },
  };
}
