import type { Store } from '../../store/database.ts';
import { createLinkProgress, type LinkProgress } from '../../store/states/link-state.ts';

/**
 * The delivery's book. The link is marked before a call; the call is entered with its outcome after it. A mark that
 * nobody works on comes from a process that ended: its outcome is unknown.
 */
export interface Attempts extends LinkProgress {
  /**
   * Whether the board has accepted other links since it refused this event. Then the fault lies with the event, not
   * with the hub's credentials. `timeout`: seconds that a call may take; a call that was under way at the refusal
   * says nothing.
   */
  isRefusedAlone(link: { id: string; agency: string }, seq: number, timeout: number): Promise<boolean>;
}

/** This query runs only for a board that refuses the hub's credentials. */
const refusedAloneText = `
select exists (select from attempts t join boards b on b.agency = $3 where t.link_id = $1 and t.seq = $2 and t.outcome = 'refused'
  and t.finished_at + make_interval(secs => $4) < b.delivered_at) as alone`;

export function createAttempts(store: Store): Attempts {
  return {
    ...createLinkProgress(store),
    async isRefusedAlone({ id, agency }, seq, timeout) {
      const values = [id, seq, agency, timeout];
      const { rows } = await store.pool.query<{ alone: boolean }>(refusedAloneText, values);
      return rows[0]?.alone ?? false;
    },
  };
}
