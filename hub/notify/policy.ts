const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

interface Patience {
  /** Milliseconds before the next try, by the number of tries so far. The last one repeats. */
  pauses: readonly [number, ...number[]];
  /** All tries. After them the message takes another channel, or waits for a person. */
  most: number;
}

/**
 * What follows an outcome that is not final. The first pauses suit greylisting, where servers want about five minutes.
 * Eleven tries last about a day and a half.
 *
 * An unknown outcome is tried again soon, while the provider still recognises the same attempt. Later the message is
 * sent anew: telling twice is a nuisance, but not telling breaks the duty to notify.
 */
export const policy = {
  retry: {
    pauses: [1, 5, 15, 30, 60, 120, 240, 480].map((minutes) => minutes * minute) as [number, ...number[]],
    most: 11,
  },
  unknown: { pauses: [2 * second, 10 * second, 30 * second, 2 * minute, 10 * minute, hour], most: 8 },
} as const satisfies Record<string, Patience>;

/**
 * Milliseconds from the beginning of a call to its repetition, if its outcome is unknown and the provider reports by
 * calling the hub. Kannel calls within a second, and again every ten seconds while the hub is away.
 */
export const pauseForReport = minute;

/** Pauses of a channel whose provider is down. No try is counted against its messages. */
const providerPauses = [1, 2, 4, 8, 15, 30, 60].map((seconds) => seconds * second) as [number, ...number[]];

function pick(pauses: readonly [number, ...number[]], times: number): number {
  return pauses[Math.min(Math.max(times, 1), pauses.length) - 1] ?? pauses[0];
}

/** Adds up to a quarter, so that messages that failed together do not come back together. */
function spread(pause: number): number {
  return Math.round(pause * (1 + Math.random() / 4));
}

/** Milliseconds until the next try. Undefined: it was the last. `tries`: so far, from 1. */
export function pauseAfter(outcome: keyof typeof policy, tries: number): number | undefined {
  const { pauses, most } = policy[outcome];
  return tries >= most ? undefined : spread(pick(pauses, tries));
}

/** Milliseconds to leave a provider alone. `failures`: in a row, from 1. */
export function pauseOfProvider(failures: number): number {
  return spread(pick(providerPauses, failures));
}
