import { pauseAfter } from '../relay/policy.ts';
import { type Bell, createBell } from './bell.ts';
import { HubError } from './hub-error.ts';
import type { AgentParts } from './parts.ts';

/** Between two tries at a hub that is away; after days of absence it is found again within a minute. */
const pauses = { firstPause: 500, growth: 2, longestPause: 60_000 };

/**
 * Says something to the hub until it was taken, and stays patient through days. Undefined: the agent stops. Throws
 * HubError `refused` and `malformed`: saying the same again would not help.
 */
export function createInsist(parts: Pick<AgentParts, 'situation' | 'bells' | 'stop'>) {
  const { situation, bells, stop } = parts;
  const back: Bell = createBell();
  bells.hub.push(back);

  return async function insist<T>(call: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
    for (let tries = 1; !stop.aborted; tries += 1) {
      try {
        const reply = await call(stop);
        situation.note('hub', undefined);
        if (tries > 1) for (const bell of bells.hub) if (bell !== back) bell.ring();
        return reply;
      } catch (error) {
        if (stop.aborted) return undefined;
        if (!(error instanceof HubError)) throw error;
        situation.note('hub', error.message);
        if (error.kind === 'refused' || error.kind === 'malformed') throw error;
        const wait = Math.max(pauseAfter(tries, pauses), (error.after?.getTime() ?? 0) - Date.now());
        await back.wait(wait, stop);
      }
    }
    return undefined;
  };
}

/** After something that trying again at once would not mend. */
export const longPause = pauses.longestPause;
