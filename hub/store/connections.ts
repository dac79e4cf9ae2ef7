/**
 * The connections to PostgreSQL that one process may hold, and their users. Only this file divides them: code that
 * needs its own connection takes it from here. So an operator can add up the processes (`DATABASE_CONNECTIONS` each).
 */
export interface Connections {
  /** Administration and all background work. */
  pool: number;
  /** Queries of pages and doors (`asking`), so that they wait for nothing in the background. */
  asking: number;
  /** Statements that run many times a second. */
  hot: number;
}

/**
 * BullMQ on PostgreSQL: one connection adds looks, two take and end them, one waits for them. With Redis it needs none.
 */
export const queueConnections = { adding: 1, working: 2, listening: 1 };
/** The listener of all channels (`listen`), and the session of all locks (`exclusive`). */
const sessions = 2;

/** The connections of a store outside a hub: for commands and tests. */
export const usualConnections: Connections = { pool: 5, asking: 0, hot: 5 };

interface ConnectionSettings {
  DATABASE_CONNECTIONS: number;
  REDIS_URL?: string | undefined;
}

/** Divides the connections that sessions and queue leave between the pools. Each pool gets at least one. */
export function divideConnections({ DATABASE_CONNECTIONS, REDIS_URL }: ConnectionSettings): Connections {
  const { adding, working, listening } = queueConnections;
  const left = DATABASE_CONNECTIONS - sessions - (REDIS_URL ? 0 : adding + working + listening);
  const third = Math.floor(left / 3);
  return { pool: left - 2 * third, asking: third, hot: third };
}
