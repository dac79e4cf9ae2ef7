import { createFailing, type Failing, type Failure } from '../../../adapters/relay/failing.ts';
import { openBreaker } from '../../../adapters/relay/open-breaker.ts';
import { busyUntil, toLimits } from '../../../adapters/relay/policy.ts';
import type { Reason } from '../../../schemas/reason.ts';
import type { Store } from '../../store/database.ts';
import { type CallEntry, createCallWriter } from '../../store/states/board-state.ts';
import { releaseLinks } from '../../store/states/link-state.ts';
import type { Board } from './boards.ts';

/**
 * The health of the agencies' boards, and their circuit breakers. All processes share table `boards`, and a drain
 * reads it when it begins. One process at a time drains an agency, so its copy in memory stays right during the
 * drain.
 *
 * A closed board is an open circuit breaker (`closed_until` is in the future): nothing is sent. Half open
 * (`closed_until` has passed): one call tries; each further failure doubles the pause. Recovering (the call
 * succeeded, `closed_until` still stands): each success allows one more call at once.
 */
export interface BoardHealth {
  /** Reads what all processes know of a board. Call it before the board's drain begins anything. */
  load(agency: string): Promise<void>;
  /** Begins with one call at once, as after an outage: a backlog may have gathered. */
  recover(agency: string): void;
  /** Nothing may be sent now. */
  isClosed(agency: string): boolean;
  /** How many links may be under way at once; never more than `most`. */
  allowed(agency: string, most: number): number;
  succeeded(agency: string, most: number): Promise<void>;
  /** `after`: the board asked not to be called before then. `failure`: what is known of the message that failed. */
  failed(
    board: Board,
    error: Reason,
    how?: { after?: Date | undefined; failure?: Failure | undefined },
  ): Promise<void>;
  /** The failing messages of one board. */
  failing(agency: string): Failing;
  /** The board refuses the hub's credentials. The breaker opens at once, and for long. */
  unauthorised(board: Board, error: Reason): Promise<void>;
}

interface State {
  failures: number;
  /** Milliseconds since 1970. */
  closedUntil: number;
  /** How many may be under way at once. */
  allowance: number;
}

const toEntry = (agency: string, { failures, closedUntil }: State): CallEntry => ({
  agency,
  failures,
  closed_until: closedUntil > 0 ? new Date(closedUntil) : null,
  busy_until: null,
  error: null,
});

function createFailingByAgency(): BoardHealth['failing'] {
  const known = new Map<string, Failing>();
  return (agency) => {
    const failing = known.get(agency) ?? createFailing();
    known.set(agency, failing);
    return failing;
  };
}

export function createBoardHealth({ pool }: Store): BoardHealth {
  /** Only boards with trouble stand here. A healthy board costs no memory and hardly a query. */
  const troubled = new Map<string, State>();
  const lastWritten = new Map<string, number>();
  const write = createCallWriter(pool);

  const getState = (agency: string): State =>
    troubled.get(agency) ?? { failures: 0, closedUntil: 0, allowance: Number.POSITIVE_INFINITY };

  return {
    async load(agency) {
      const { rows } = await pool.query<{ failures: number; closed_until: Date | null }>({
        name: 'load-health',
        text: 'select failures, closed_until from boards where agency = $1',
        values: [agency],
      });
      const { failures = 0, closed_until = null } = rows[0] ?? {};
      const allowance = closed_until ? (troubled.get(agency)?.allowance ?? 1) : Number.POSITIVE_INFINITY;
      if (failures === 0 && !closed_until) troubled.delete(agency);
      else troubled.set(agency, { failures, closedUntil: closed_until?.getTime() ?? 0, allowance });
    },
    recover(agency) {
      const { failures = 0, closedUntil = 0 } = troubled.get(agency) ?? {};
      troubled.set(agency, { failures, closedUntil, allowance: 1 });
    },
    isClosed: (agency) => (troubled.get(agency)?.closedUntil ?? 0) > Date.now(),
    allowed: (agency, most) => Math.min(most, troubled.get(agency)?.allowance ?? most),

    async succeeded(agency, most) {
      const state = troubled.get(agency);
      if (!state) {
        if (Date.now() - (lastWritten.get(agency) ?? 0) < 1000) return;
        lastWritten.set(agency, Date.now());
        return write(toEntry(agency, { failures: 0, closedUntil: 0, allowance: most }));
      }
      const { failures, closedUntil } = state;
      Object.assign(state, { failures: 0, allowance: state.allowance + 1 });
      const isWell = state.allowance >= most;
      if (isWell) troubled.delete(agency);
      if (failures > 0 || isWell)
        await write(toEntry(agency, { ...state, closedUntil: isWell ? 0 : closedUntil }));
      if (failures > 0 && closedUntil > 0) await releaseLinks(pool, agency);
    },

    async unauthorised({ agency: { code }, connection }, error) {
      const state = getState(code);
      openBreaker(state, toLimits(connection).breaker, { unauthorised: true, isRecovering: false });
      state.allowance = 1;
      troubled.set(code, state);
      await write({ ...toEntry(code, state), error, unauthorised: true });
    },

    failing: createFailingByAgency(),

    async failed({ agency: { code }, connection }, error, { after, failure } = {}) {
      const state = getState(code);
      const busy = busyUntil(after);
      const isRecovering = state.closedUntil > 0;
      const isCounted = openBreaker(state, toLimits(connection).breaker, { after, failure, isRecovering });
      if (isCounted && state.closedUntil > 0) state.allowance = 1;
      troubled.set(code, state);
      await write({ ...toEntry(code, state), busy_until: busy > 0 ? new Date(busy) : null, error });
    },
  };
}
