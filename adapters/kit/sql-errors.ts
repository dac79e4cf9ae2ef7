import { BoardError, type Outcome } from '../contract.ts';

/**
 * What happened to a call of a database. The table below says what each kind means for a push and for a pull.
 *
 * - `not_sent`: no session with the database (refused, unknown host, given up before it began)
 * - `no_reply`: there was a session, and the call ended without a reply (reset, time-out, abort)
 * - `busy`: too many connections, a lock that another holds, a deadlock; see `after`
 * - `unauthorised`: password refused, or a right is missing
 * - `refused`: the database judged the statement or its values: nothing of that statement was done
 * - `failed`: any other error of the server
 * - `malformed`: a reply that is none, or not the one that was asked for
 */
export type SqlErrorKind =
  | 'not_sent'
  | 'no_reply'
  | 'busy'
  | 'unauthorised'
  | 'refused'
  | 'failed'
  | 'malformed';

/** A call of a database that did not end well. Messages name tables and columns, never values. */
export class SqlError extends Error {
  readonly kind: SqlErrorKind;
  readonly after: Date | undefined;
  constructor(kind: SqlErrorKind, message: string, options: { cause?: unknown; after?: Date } = {}) {
    super(message, { cause: options.cause });
    this.name = 'SqlError';
    this.kind = kind;
    // Databases name no time to come back.
    this.after = options.after ?? (kind === 'busy' ? new Date(Date.now() + pauseWhenBusy) : undefined);
  }
}

const pauseWhenBusy = 10_000;

type Meaning = { push: Exclude<Outcome['kind'], 'done'>; pull: BoardError['kind'] };

const meanings: Record<SqlErrorKind, Meaning> = {
  not_sent: { push: 'retry', pull: 'unreachable' },
  no_reply: { push: 'unknown', pull: 'unreachable' },
  busy: { push: 'retry', pull: 'busy' },
  unauthorised: { push: 'refused', pull: 'unauthorised' },
  refused: { push: 'refused', pull: 'malformed' },
  failed: { push: 'unknown', pull: 'unreachable' },
  malformed: { push: 'unknown', pull: 'malformed' },
};

/** How a push ended that met this error. */
export function toSqlOutcome({ kind, message, after }: SqlError): Outcome {
  const outcome = { kind: meanings[kind].push, reason: message };
  if (kind === 'unauthorised') return { kind: 'refused', reason: message, why: 'unauthorised' };
  return outcome.kind === 'retry' && after ? { kind: 'retry', reason: message, after } : outcome;
}

/** What reading or asking the board throws for an error of any kind. */
export function toSqlBoardError(error: unknown): BoardError {
  if (error instanceof BoardError) return error;
  if (!(error instanceof SqlError)) {
    const message = error instanceof Error ? error.message : String(error);
    return new BoardError('malformed', message, { cause: error });
  }
  const { kind, message, after } = error;
  return new BoardError(meanings[kind].pull, message, { cause: error, ...(after && { after }) });
}

const bySqlState: [RegExp, SqlErrorKind][] = [
  [/^(28|42501)/, 'unauthorised'],
  [/^(40|53|55P03)/, 'busy'],
  [/^08/, 'no_reply'],
  [/^(21|22|23|42|3D|3F)/, 'refused'],
];

/** By SQLSTATE, whose classes are the same in every database (ISO/IEC 9075-2, 24.1). */
export function kindOfSqlState(state: string): SqlErrorKind {
  return bySqlState.find(([pattern]) => pattern.test(state))?.[1] ?? 'failed';
}
