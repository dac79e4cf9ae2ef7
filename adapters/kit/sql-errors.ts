import type { Given } from '../contract.ts';
import { CallError, type CallErrorKind, type CallErrorOptions } from './outcome/call-error.ts';

/** A database call that failed. Reasons name tables and columns, never values. */
export class SqlError extends CallError {
  constructor(kind: CallErrorKind, reason: Given, options: Omit<CallErrorOptions, 'fields'> = {}) {
    // Databases name no time for the next try.
    const after = options.after ?? (kind === 'busy' ? new Date(Date.now() + pauseWhenBusy) : undefined);
    super(kind, reason, { ...options, after });
    this.name = 'SqlError';
  }
}

const pauseWhenBusy = 10_000;

const bySqlState: [RegExp, CallErrorKind][] = [
  [/^(28|42501)/, 'unauthorised'],
  [/^(40|53|55P03)/, 'busy'],
  [/^08/, 'no_reply'],
  [/^(21|22|23|42|3D|3F)/, 'refused'],
];

/** The kind of error by SQLSTATE. Its classes are the same in every database (ISO/IEC 9075-2, 24.1). */
export function kindOfSqlState(state: string): CallErrorKind {
  return bySqlState.find(([pattern]) => pattern.test(state))?.[1] ?? 'failed';
}
