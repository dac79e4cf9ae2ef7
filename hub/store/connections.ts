/**
 * The connections to PostgreSQL that one process may hold, and who gets them. This file alone divides them: whoever
 * wants one of its own takes it from here, so that an operator can add processes up (`DATABASE_CONNECTIONS` each).
 */
export interface Connections {
  /** Administration and everything that works in the background. */
  pool: number;
  /** What pages and doors ask (`asking`), so that they wait for nothing in the background. */
  asking: number;
  /** Statements that run many times a second. */
  hot: number;
}

/** BullMQ on PostgreSQL: one adds looks, two take and end them, one waits for them. On Redis it has none. */
export const queueConnections = { adding: 1, working: 2, listening: 1 };
/** The listener of all channels (`listen`), and the session of all locks (`exclusive`). */
const sessions = 2;

/** What a store outside a hub takes: commands and tests. */
export const usualConnections: Connections = { pool: 5, asking: 0, hot: 5 };

interface ConnectionSettings {
  DATABASE_CONNECTIONS: number;
  REDIS_URL?: string | undefined;
}

/** What is left beside the sessions and the queue is divided between the pools, each of which has one at least. */
export function divideConnections({ DATABASE_CONNECTIONS, REDIS_URL }: ConnectionSettings): Connections {
  const { adding, working, listening } = queueConnections;
  const left = DATABASE_CONNECTIONS - sessions - (REDIS_URL ? 0 : adding + working + listening);
  const third = Math.floor(left / 3);
  return { pool: left - 2 * third, asking: third, hot: third };
}
