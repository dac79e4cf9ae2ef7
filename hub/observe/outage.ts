import type { Logger } from 'pino';

/** Logs and counts the failures of something that the hub cannot reach: once, then seldom, and once when it is back. */
export interface Outage {
  failed(error: unknown): void;
  ended(): void;
}

/** Milliseconds between two lines with the same reason, and between lines with different ones. */
const seldom = 600_000;
const soonest = 10_000;

/**
 * `what`: as in "what is out of reach". `steady`: milliseconds without a failure before it counts as back. It is needed
 * where only some calls fail.
 */
export function createOutage(log: Logger, what: string, steady = 0): Outage {
  let began: number | undefined;
  let last = 0;
  let failures = 0;
  let said = { at: 0, reason: '' };
  const extent = () => ({ seconds: Math.round((Date.now() - (began ?? Date.now())) / 1000), failures });
  return {
    failed(err) {
      last = Date.now();
      began ??= last;
      failures += 1;
      const reason =
        err instanceof Error ? err.message || String((err as { code?: unknown }).code) : String(err);
      const silence = Date.now() - said.at;
      if (silence < (reason === said.reason ? seldom : soonest))
        return log.debug({ reason }, `${what} is still out of reach`);
      said = { at: Date.now(), reason };
      log.warn({ reason, ...extent() }, `${what} is out of reach; it is tried again until it is back`);
    },
    ended() {
      if (began === undefined || Date.now() - last < steady) return;
      log.info(extent(), `${what} is back`);
      began = undefined;
      failures = 0;
      said = { at: 0, reason: '' };
    },
  };
}
