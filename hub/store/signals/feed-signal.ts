import type { Logger } from 'pino';
import type { Store } from '../database.ts';
import { signal, signalChannels } from './signal-channels.ts';

/** Milliseconds in which news are gathered before the other processes are told. */
const gather = 50;

/** Wakes callers that wait for an agency's changes, or for the answer to an ask by its id, in any process. */
export interface FeedSignal {
  /** The agency's copies lack something. */
  changed(agency: string): void;
  /**
   * Resolves when the agency's feed may have news, after `milliseconds`, or when `signal` says that the client has
   * gone. Call it before reading, so that no news are missed between. Undefined: the signal is stopped.
   */
  next(
    agency: string,
    milliseconds: number,
    signal?: AbortSignal,
  ): { heard: Promise<void>; cancel(): void } | undefined;
  stop(): Promise<void>;
}

export function createFeedSignal({ listener, pool }: Store, log: Logger): FeedSignal {
  const waiting = new Map<string, Set<() => void>>();
  const news = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let stopListening: (() => void) | undefined;
  let stopped = false;

  function hear(said: string): void {
    // The empty text: the listener was away, so anything may have happened.
    const agencies = said === '' ? [...waiting.keys()] : said.split(' ');
    for (const agency of agencies) for (const wake of waiting.get(agency) ?? []) wake();
  }
  function tell(): void {
    timer = undefined;
    const agencies = [...news];
    news.clear();
    signal(pool, signalChannels.feeds, inPortions(agencies)).catch((err) =>
      log.debug({ err }, 'feeds were not told of a change'),
    );
  }

  return {
    changed(agency) {
      news.add(agency);
      timer ??= setTimeout(tell, gather);
    },
    next(agency, milliseconds, signal) {
      if (stopped) return undefined;
      stopListening ??= listener.listen(signalChannels.feeds, hear, log);
      const woken = Promise.withResolvers<void>();
      const wake = () => woken.resolve();
      const mine = waiting.get(agency) ?? new Set();
      waiting.set(agency, mine.add(wake));
      const pause = setTimeout(wake, milliseconds);
      const cancel = () => {
        clearTimeout(pause);
        signal?.removeEventListener('abort', wake);
        mine.delete(wake);
        if (mine.size === 0 && waiting.get(agency) === mine) waiting.delete(agency);
        wake();
      };
      signal?.addEventListener('abort', wake, { once: true });
      if (signal?.aborted) wake();
      return { heard: woken.promise, cancel };
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      hear('');
      stopListening?.();
      stopListening = undefined;
    },
  };
}

/** A long poll: reads until there is something, `seconds` have passed, or `signal` says that the client has gone. */
export async function pollUntil<T>(
  feedSignal: FeedSignal,
  agency: string,
  seconds: number | undefined,
  signal: AbortSignal | undefined,
  read: () => Promise<{ found: T; isSomething: boolean }>,
): Promise<T> {
  const until = Date.now() + (seconds ?? 0) * 1000;
  for (;;) {
    const left = until - Date.now();
    const isLast = left <= 0 || signal?.aborted === true;
    const waiting = isLast ? undefined : feedSignal.next(agency, left, signal);
    try {
      const { found, isSomething } = await read();
      if (isSomething || !waiting) return found;
      await waiting.heard;
    } finally {
      waiting?.cancel();
    }
  }
}

/** How many fit into one signal: a code has at most 31 bytes, an id 36. */
const portion = 150;
const inPortions = (agencies: string[]): string[] =>
  Array.from({ length: Math.ceil(agencies.length / portion) }, (_, index) =>
    agencies.slice(index * portion, (index + 1) * portion).join(' '),
  );
