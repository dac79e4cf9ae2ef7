import type { ServerResponse } from 'node:http';

/** How long the caller of one request is there. */
export interface RequestLifetime {
  /** Aborts when the reply is out or the caller has gone, whichever is first. */
  readonly ended: AbortSignal;
  /** Has `giveBack` called then, once; at once where that was before. */
  atEnd(giveBack: () => void): void;
}

const lifetimes = new WeakMap<ServerResponse, RequestLifetime>();

/**
 * The one way to learn that a caller has gone. What is taken for a caller (a place, a slot, a timer, somebody who listens)
 * is given back by `atEnd`, called with no `await` after the taking. A listener of `close` that is added after an `await`
 * comes too late for who left meanwhile, and what was taken stays taken until the process ends.
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
