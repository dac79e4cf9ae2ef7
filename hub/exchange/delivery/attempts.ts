import type { Store } from '../../store/database.ts';
import { createLinkProgress, type LinkProgress } from '../../store/states/link-state.ts';

/**
 * The delivery's book: the link is marked before a call is made, and the call entered with its outcome afterwards.
 * A mark that nobody works on is a call of a process that ended: its outcome is unknown.
 */
export interface Attempts extends LinkProgress {
  /**
   * The board has let others in since it refused the same event of this link: what it refuses is not the hub. `timeout`:
   * seconds that a call may take; one that was under way when it refused says nothing.
   */
  isRefusedAlone(link: { id: string; agency: string }, seq: number, timeout: number): Promise<boolean>;
}

/** Asked only about a board that refuses the hub's credentials. */
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
