/** Tells whoever waits that there may be something to do. A ring while nobody waits is kept for the next one. */
export interface Bell {
  ring(): void;
  /** Resolves at a ring, after so many milliseconds, or when the signal comes: at the latest. */
  wait(milliseconds: number, stop: AbortSignal): Promise<void>;
  /** Called at each ring, until another listener or none is named: for who is busy with such things already. */
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
          // A longer time than setTimeout can count is as good as this one.
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

/** Just a pause, which the signal ends. */
export const pause = (milliseconds: number, stop: AbortSignal): Promise<void> =>
  createBell().wait(milliseconds, stop);
