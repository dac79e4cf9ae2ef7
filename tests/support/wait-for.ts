import { setTimeout as pause } from 'node:timers/promises';

/** Asks until the answer is neither undefined nor false, for at most `within` milliseconds. */
export async function waitFor<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  within = 60_000,
): Promise<T> {
  const until = Date.now() + within;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer as T;
    if (Date.now() > until) throw new Error(`waited ${within} ms in vain for: ${what}`);
    await pause(20);
  }
}
