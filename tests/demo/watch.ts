import { setTimeout as pause } from 'node:timers/promises';
import type { Facts } from './expected.ts';
import { lookEvery, type Observer } from './observer.ts';

/** Waits for facts outside the hub. */
export interface Watch {
  /** The facts that can be seen here. */
  visible(facts: Facts): Facts;
  /** The wanted facts that are missing. */
  missing(mark: string, wanted: Facts): string[];
  /** Resolves when all of them are there. Rejects at the deadline and names the missing ones. */
  arrive(mark: string, wanted: Facts): Promise<void>;
  /** Resolves when nothing is missing. Rejects at the deadline. */
  until(lacking: () => string[]): Promise<void>;
  stop(): Promise<void>;
}

interface Waiter {
  lacking(): string[];
  resolve(): void;
  reject(error: Error): void;
}

/** What can be seen only where messages leave the hub. */
const outsideOnly = /^(mail|text) to |^parked /;

/** Without `messages` only the boards are watched, because messages that stay in the hub arrive nowhere else. */
export async function startWatch(
  observer: Observer,
  deadline: AbortSignal,
  messages: boolean,
): Promise<Watch> {
  const waiters = new Set<Waiter>();
  let stopped = false;
  await observer.look();
  const looking = lookOn();

  async function lookOn(): Promise<void> {
    while (!stopped) {
      await pause(lookEvery);
      await observer.look();
      for (const waiter of waiters) {
        const lacking = waiter.lacking();
        if (lacking.length > 0 && !deadline.aborted) continue;
        waiters.delete(waiter);
        if (lacking.length === 0) waiter.resolve();
        else waiter.reject(new Error(`the time is over; still waiting for ${lacking.join('; ')}`));
      }
    }
  }

  const visible = (facts: Facts): Facts =>
    messages ? facts : new Map([...facts].filter(([fact]) => !outsideOnly.test(fact)));

  function missing(mark: string, wanted: Facts): string[] {
    const found = observer.factsOf(mark);
    return [...visible(wanted)]
      .filter(([fact, times]) => (found.get(fact) ?? 0) < times)
      .map(([fact]) => fact);
  }

  const until = (lacking: () => string[]): Promise<void> =>
    lacking().length === 0
      ? Promise.resolve()
      : new Promise((resolve, reject) => waiters.add({ lacking, resolve, reject }));

  return {
    visible,
    missing,
    arrive: (mark, wanted) => until(() => missing(mark, wanted)),
    until,
    async stop() {
      stopped = true;
      await looking;
    },
  };
}
