import type { RequestLifetime } from '../../hub/http/request-lifetime.ts';

/** A request lifetime that the test ends itself. */
export function startLifetime(): RequestLifetime & { end(): void } {
  const controller = new AbortController();
  return {
    ended: controller.signal,
    atEnd: (giveBack) => controller.signal.addEventListener('abort', giveBack, { once: true }),
    end: () => controller.abort(),
  };
}
