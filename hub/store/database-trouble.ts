import { DatabaseError } from 'pg';

/** Codes of Node for a server that is not there, not yet there or has gone. */
const unreachable =
  /^(ECONN|EHOST|ENET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)|^connect ENOENT|Connection terminated|not queryable|timeout expired|^timeout exceeded/;

/**
 * What keeps the database from working for now, in words without addresses; undefined where waiting does not help, as
 * with a wrong password or a database that does not exist. SQLSTATE as in PostgreSQL's appendix A.
 */
export function findPassingTrouble(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error ? String(error.code) : '';
  if (error instanceof DatabaseError) return findRefusal(code);
  if (unreachable.test(code) || unreachable.test(error.message)) return 'the database is out of reach';
  return error.cause === undefined ? undefined : findPassingTrouble(error.cause);
}

function findRefusal(code: string): string | undefined {
  if (code.startsWith('53')) return 'the database has no connection or no room left';
  if (code.startsWith('57P')) return 'the database is starting or stopping';
  if (code.startsWith('08')) return 'the database is out of reach';
  // A standby that has not been promoted yet.
  return code === '25006' ? 'the database takes no changes' : undefined;
}

/** The server is there and has no connection to give: too many (53300), or it is starting (57P03). */
export const isRefused = (error: unknown): boolean =>
  error instanceof DatabaseError && /^(53300|57P03)$/.test(error.code ?? '');
