import { policy } from './policy.ts';

/**
 * The time for running calls when the program stops: `cut` aborts a while after `stop`. `end` removes the listener,
 * because `stop` outlives a drain.
 */
export function startGrace(stop: AbortSignal): { cut: AbortSignal; end(): void } {
  const cut = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const begin = () => {
    timer = setTimeout(() => cut.abort(new Error('the hub is stopping')), policy.grace);
  };
  stop.addEventListener('abort', begin, { once: true });
  return {
    cut: cut.signal,
    end() {
      stop.removeEventListener('abort', begin);
      clearTimeout(timer);
    },
  };
}
