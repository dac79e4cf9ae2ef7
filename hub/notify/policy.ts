const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

interface Patience {
  /** Milliseconds before the next try, by the number of tries so far; the last one repeats. */
  pauses: readonly [number, ...number[]];
  /** Tries in all; then the message goes another way, or waits for a person. */
  most: number;
}

/**
 * What happens after each outcome that is not an end. The first pauses suit greylisting, where servers want five
 * minutes or so; eleven tries last about a day and a half.
 *
 * An unknown outcome is tried again soon, while the provider still recognises the same attempt. Later the message
 * is sent anew: telling twice is a nuisance, not telling breaks the duty to notify.
 */
export const policy = {
  retry: {
    pauses: [1, 5, 15, 30, 60, 120, 240, 480].map((minutes) => minutes * minute) as [number, ...number[]],
    most: 11,
  },
  unknown: { pauses: [2 * second, 10 * second, 30 * second, 2 * minute, 10 * minute, hour], most: 8 },
} as const satisfies Record<string, Patience>;

/** A provider that is down: the channel is left alone this long; nothing is counted against its messages. */
const providerPauses = [1, 2, 4, 8, 15, 30, 60].map((seconds) => seconds * second) as [number, ...number[]];

function pick(pauses: readonly [number, ...number[]], times: number): number {
  return pauses[Math.min(Math.max(times, 1), pauses.length) - 1] ?? pauses[0];
}

/** Up to a quarter longer, so that what failed together does not come back together. */
function spread(pause: number): number {
  return Math.round(pause * (1 + Math.random() / 4));
}

/** Milliseconds until the next try, or undefined when it was the last. `tries`: so far, from 1. */
export function pauseAfter(outcome: keyof typeof policy, tries: number): number | undefined {
  const { pauses, most } = policy[outcome];
  return tries >= most ? undefined : spread(pick(pauses, tries));
}

/** Milliseconds to leave a provider alone. `failures`: in a row, from 1. */
export function pauseOfProvider(failures: number): number {
  return spread(pick(providerPauses, failures));
}
