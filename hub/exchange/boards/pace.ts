import { setTimeout as pause } from 'node:timers/promises';
import type { Limits } from '../../../adapters/relay/policy.ts';
import type { Store } from '../../store/database.ts';

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
      const { rows } = await pool.query<{ wait: number }>({
        name: 'take-pace',
        text: `insert into boards (agency, next_call_at) values ($1, now() + make_interval(secs => $2))
          on conflict (agency) do update set next_call_at = greatest(boards.next_call_at, now()) + make_interval(secs => $2)
          returning (extract(epoch from next_call_at - now()) - $2) * 1000 as wait`,
        values: [agency, length[rate.per] / rate.calls / 1000],
      });
      return waitUnlessStopped(Number(rows[0]?.wait ?? 0), stop);
    },
  };
}

async function waitUnlessStopped(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  if (milliseconds > 0) await pause(milliseconds, undefined, { signal }).catch(() => undefined);
  return !signal.aborted;
}
