import { Refusal } from '../../../http/problem.ts';

/**
 * Milliseconds in which a message counts as new. UsernameToken Profile 1.0 (section 3.1) recommends five minutes at
 * least, and clocks of partner systems differ by minutes, both ways.
 */
const tolerance = 5 * 60_000;

/** xsd:dateTime with an offset. WS-Security 1.0 (section 10) wants UTC, but some toolkits write another offset. */
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** Until when a message made at `created` must be remembered, so that its repetition is recognised. */
export const rememberUntil = (created: Date): Date => new Date(created.getTime() + 3 * tolerance);

/** The time of an element Created or Expires. Errors: Refusal. */
export function mustBeInstant(text: string, name: string): Date {
  const time = new Date(instant.test(text) ? text : Number.NaN);
  if (Number.isNaN(time.getTime()))
    throw new Refusal(
      'unauthenticated',
      `${name} must be a time in UTC, for example 2026-11-20T00:30:00.000Z (it is ${text.slice(0, 40) || 'empty'})`,
    );
  return time;
}

/** Errors: Refusal that says by how much the clocks differ. */
export function mustBeFresh(created: Date, now: number, expires?: Date): void {
  const age = now - created.getTime();
  if (Math.abs(age) > tolerance) {
    const direction = age > 0 ? 'older' : 'newer';
    throw new Refusal(
      'unauthenticated',
      `the message's Created is ${Math.round(Math.abs(age) / 1000)} seconds ${direction} than the hub's clock ` +
        `(${new Date(now).toISOString()}); at most ${tolerance / 1000} are taken`,
    );
  }
  // Expires says how long the sender wants to be believed. One minute is added for different clocks.
  if (expires && now > expires.getTime() + 60_000)
    throw new Refusal('unauthenticated', `the message expired at ${expires.toISOString()}`);
}
