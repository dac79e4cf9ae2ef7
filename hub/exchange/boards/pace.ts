import { setTimeout as pause } from 'node:timers/promises';
import type { Limits } from '../../../adapters/relay/policy.ts';
import type { Store } from '../../store/database.ts';
import { takeCall } from '../../store/states/board-state.ts';

/** Spaces the calls to boards whose rate is limited, over all processes: the table holds the time of the next call. */
export interface Pace {
  /** Resolves when the next call may be made; false: `stop` came first. At once where no rate is set. */
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
