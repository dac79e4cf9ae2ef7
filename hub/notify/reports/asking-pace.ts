const minute = 60_000;
const hour = 60 * minute;

/** The first and the longest pause. */
const first = minute;
const longest = 6 * hour;
/** Operators report on a long text within 80 hours, and on a short one within 25 (NHN Cloud SMS v3.0, result time-out). */
const givenUpAfter = 80 * hour;

/** When the provider is first asked about a message that it took at `sent`. */
export const firstAsking = (sent: Date): Date => new Date(sent.getTime() + first);

/**
 * When the provider is asked next. Most texts arrive within seconds and the rest when a phone is switched on, so each
 * pause is half of the time that has passed. Null: it is asked no more.
 */
export function findNextAsking(sent: Date, now: Date): Date | null {
  const passed = now.getTime() - sent.getTime();
  if (passed >= givenUpAfter) return null;
  return new Date(now.getTime() + Math.min(Math.max(passed / 2, first), longest));
}
