import { pauseAfter } from '../../relay/policy.ts';
import { type Bell, createBell } from '../hub/bell.ts';
import { HubError } from '../hub/hub-error.ts';
import type { AgentParts } from '../parts.ts';

/** Pauses between tries while the hub is away. Even after days, the agent finds it again within a minute. */
const pauses = { firstPause: 500, growth: 2, longestPause: 60_000 };

/** Errors after which sending the same again would not help. */
const final: HubError['kind'][] = ['refused', 'malformed'];

/**
 * Sends something to the hub until the hub has taken it, for days if necessary. When one call succeeds again, all
 * others try at once. Undefined: the agent stops. Throws HubError of the kinds in `giveUpOn`.
 */
export function createInsist(
  { situation, bells, stop }: Pick<AgentParts, 'situation' | 'bells' | 'stop'>,
  giveUpOn = final,
) {
  const back: Bell = createBell();
  bells.hub.push(back);

  function failed(error: unknown, tries: number): number {
    if (!(error instanceof HubError)) throw error;
    situation.note('hub', error.reason);
    if (giveUpOn.includes(error.kind)) throw error;
    return Math.max(pauseAfter(tries, pauses), (error.after?.getTime() ?? 0) - Date.now());
  }

  return async function insist<T>(call: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
    for (let tries = 1; !stop.aborted; tries += 1) {
      try {
        const reply = await call(stop);
        situation.note('hub', undefined);
        if (tries > 1) for (const bell of bells.hub) bell.ring();
        return reply;
      } catch (error) {
        if (!stop.aborted) await back.wait(failed(error, tries), stop);
      }
    }
    return undefined;
  };
}

/** The pause after an error that an immediate retry would not cure. */
export const longPause = pauses.longestPause;
