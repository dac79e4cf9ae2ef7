/** Items in one commit from which on callers are said to crowd. */
const crowd = 8;
/** Milliseconds after which a crowd that sends nothing more is gone. */
const calm = 50;
/** Milliseconds for which other work gives way at the most: a crowd that stays must not starve it. */
const longest = 5_000;

/** Whether callers crowd at the doors: then the deliveries and notices of this process give way to them for a while. */
export interface Intake {
  /** So many were taken in by one commit. */
  took(count: number): void;
  hasPrecedence(): boolean;
}

/** `clock`: milliseconds. */
export function createIntake(clock: () => number = Date.now): Intake {
  let since = Number.NEGATIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  return {
    took(count) {
      if (count < crowd) return;
      const now = clock();
      if (now - last > calm) since = now;
      last = now;
    },
    hasPrecedence() {
      const now = clock();
      return now - last <= calm && now - since < longest;
    },
  };
}
