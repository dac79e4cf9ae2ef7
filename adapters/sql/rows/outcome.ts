import type { Outcome } from '../../contract.ts';
import { Refusal } from '../../kit/http/refusal.ts';
import { messageOf } from '../../kit/reading/check-reading.ts';
import { SqlError, toSqlOutcome } from '../../kit/sql-errors.ts';

/** How a push ended that met this error. */
export function toFailure(error: unknown): Outcome {
  if (error instanceof Refusal) {
    const { message: reason, fields } = error;
    return { kind: 'refused', reason, ...(fields.length > 0 && { fields }) };
  }
  return error instanceof SqlError ? toSqlOutcome(error) : { kind: 'unknown', reason: messageOf(error) };
}
