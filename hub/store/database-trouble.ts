import { DatabaseError } from 'pg';
import { isOfSqlClass, isSqlState } from './sql-states.ts';

/** Node's error codes for a server that is not there, not yet there, or has gone. */
const unreachable =
  /^(ECONN|EHOST|ENET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)|^connect ENOENT|Connection terminated|not queryable|timeout expired|^timeout exceeded/;

/**
 * The passing trouble that stops the database, in words without addresses. Undefined: waiting does not help, as with a
 * wrong password or a database that does not exist.
 */
export function findPassingTrouble(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof DatabaseError) return findRefusal(error);
  const code = 'code' in error ? String(error.code) : '';
  if (unreachable.test(code) || unreachable.test(error.message)) return 'the database is out of reach';
  return error.cause === undefined ? undefined : findPassingTrouble(error.cause);
}

function findRefusal(error: DatabaseError): string | undefined {
  if (isOfSqlClass(error, 'noRoom')) return 'the database has no connection or no room left';
  if (isOfSqlClass(error, 'intervention')) return 'the database is starting or stopping';
  if (isOfSqlClass(error, 'connection')) return 'the database is out of reach';
  return isSqlState(error, 'readOnly') ? 'the database takes no changes' : undefined;
}

/** The server is there but gives no connection: it has too many, or it is starting. */
export const isRefused = (error: unknown): boolean =>
  error instanceof DatabaseError && isSqlState(error, 'tooManyConnections', 'cannotConnectNow');
