import { ReasonError, toReason } from '../../schemas/reason.ts';

/** Waits for something that is not the call's fault. The time limit stands still meanwhile. */
export type Hold = <T>(wait: () => Promise<T>) => Promise<T>;

/**
 * Works like AbortSignal.timeout with a second signal, but ends timer and listener with the call. At hundreds of calls
 * a second they would pile up. `timeout`: seconds.
 */
export async function withTimeLimit<T>(
  timeout: number,
  cut: AbortSignal,
  call: (signal: AbortSignal, hold: Hold) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const clock = startClock(timeout * 1000, () =>
    controller.abort(new ReasonError(toReason('timed_out', { n: timeout }))),
  );
  const onCut = () => controller.abort(cut.reason);
  cut.addEventListener('abort', onCut);
  if (cut.aborted) onCut();
  try {
    return await call(controller.signal, clock.hold);
  } finally {
    clock.end();
    cut.removeEventListener('abort', onCut);
  }
}

function startClock(milliseconds: number, ring: () => void): { hold: Hold; end(): void } {
  let left = milliseconds;
  let isOver = false;
  let since = performance.now();
  let timer = setTimeout(ring, left);
  return {
    async hold(wait) {
      clearTimeout(timer);
      left -= performance.now() - since;
      try {
        return await wait();
      } finally {
        since = performance.now();
        if (!isOver) timer = setTimeout(ring, Math.max(0, left));
      }
    },
    end() {
      isOver = true;
      clearTimeout(timer);
    },
  };
}
