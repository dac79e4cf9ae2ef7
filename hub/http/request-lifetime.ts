import type { ServerResponse } from 'node:http';

/** How long the caller of one request is there. */
export interface RequestLifetime {
  /** Aborts when the reply is sent or the caller has gone, whichever comes first. */
  readonly ended: AbortSignal;
  /** Calls `giveBack` once at that time, or at once if it has passed. */
  atEnd(giveBack: () => void): void;
}

const lifetimes = new WeakMap<ServerResponse, RequestLifetime>();

/**
 * The one way to learn that a caller has gone. Whatever a request takes (a place, a slot, a timer, a listener) is given
 * back by `atEnd`, called with no `await` after the taking. A listener of `close` that is added after an `await` is too
 * late for a caller that left meanwhile. Then the place stays taken until the process ends.
 */
export function lifetimeOf({ raw }: { raw: ServerResponse }): RequestLifetime {
  const known = lifetimes.get(raw);
  if (known) return known;
  const controller = new AbortController();
  const { signal: ended } = controller;
  const lifetime: RequestLifetime = {
    ended,
    atEnd(giveBack) {
      if (ended.aborted) giveBack();
      else ended.addEventListener('abort', giveBack, { once: true });
    },
  };
  lifetimes.set(raw, lifetime);
  if (raw.closed) controller.abort();
  else raw.once('close', () => controller.abort());
  return lifetime;
}
