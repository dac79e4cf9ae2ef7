import { setTimeout as pause } from 'node:timers/promises';
import type { Limits } from '../../../adapters/relay/policy.ts';
import type { Store } from '../../store/database.ts';
import { takeCall } from '../../store/states/board-state.ts';

/**
 * The rate limiter: spaces the calls to boards with a limited rate, over all processes. The table holds the time of
 * the next call.
 */
export interface Pace {
  /** Resolves when the next call may be made, or at once if no rate is set. False: `stop` came first. */
  take(agency: string, rate: Limits['rate'], stop: AbortSignal): Promise<boolean>;
}

const length = { second: 1000, minute: 60_000 };

export function createPace({ pool }: Store): Pace {
  return {
    async take(agency, rate, stop) {
      if (!rate) return !stop.aborted;
      const wait = await takeCall(pool, agency, length[rate.per] / rate.calls / 1000);
      return waitUnlessStopped(wait, stop);
    },
  };
}

async function waitUnlessStopped(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  if (milliseconds > 0) await pause(milliseconds, undefined, { signal }).catch(() => undefined);
  return !signal.aborted;
}
