import type { Logger } from 'pino';
import { createFailures } from './failures.ts';

/** Something that a process does again and again. */
export interface Duty {
  name: string;
  /** Milliseconds from its end to its next beginning. */
  every: number;
  run(): Promise<void> | void;
}

export interface Ticker {
  /** Begins nothing more. Resolves when the duties under way have ended. */
  stop(): Promise<void>;
}

/**
 * Begins all duties at once, in their order, and then each at its own pace, so that none waits for another. A failed
 * duty is logged and begins again at its time.
 */
export function startTicker(duties: readonly Duty[], log: Logger): Ticker {
  const failures = createFailures(log, 'what is due in the database');
  const timers = new Map<Duty, NodeJS.Timeout>();
  const underWay = new Map<Duty, Promise<void>>();
  let stopped = false;

  async function turn(duty: Duty): Promise<void> {
    try {
      await duty.run();
      failures.ended();
    } catch (error) {
      failures.failed(error, duty.name);
    }
    if (!stopped) timers.set(duty, setTimeout(begin, duty.every, duty));
  }
  const begin = (duty: Duty) => void underWay.set(duty, turn(duty));

  for (const duty of duties) begin(duty);
  return {
    async stop() {
      stopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all(underWay.values());
    },
  };
}
