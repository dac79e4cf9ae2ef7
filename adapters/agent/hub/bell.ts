/**
 * A condition variable. It tells a waiting loop that there may be work. If nobody waits, the ring is kept for the next
 * wait.
 */
export interface Bell {
  ring(): void;
  /** Resolves at a ring, after the given time, or when the signal aborts, whichever is first. */
  wait(milliseconds: number, stop: AbortSignal): Promise<void>;
  /** Sets a listener that each ring calls, or removes it. It serves a loop that is already busy with such work. */
  listen(listener: (() => void) | undefined): void;
}

export function createBell(): Bell {
  let rung = false;
  let wake: (() => void) | undefined;
  let heard: (() => void) | undefined;
  return {
    listen(listener) {
      heard = listener;
    },
    ring() {
      rung = true;
      heard?.();
      wake?.();
    },
    async wait(milliseconds, stop) {
      if (!rung && !stop.aborted) {
        await new Promise<void>((resolve) => {
          // setTimeout cannot count longer than this, and here the difference does not matter.
          const timer = setTimeout(end, Math.min(Math.max(milliseconds, 0), 2 ** 31 - 1));
          function end() {
            clearTimeout(timer);
            stop.removeEventListener('abort', end);
            wake = undefined;
            resolve();
          }
          stop.addEventListener('abort', end, { once: true });
          wake = end;
        });
      }
      rung = false;
    },
  };
}

/** A pause that the signal can end early. */
export const pause = (milliseconds: number, stop: AbortSignal): Promise<void> =>
  createBell().wait(milliseconds, stop);
