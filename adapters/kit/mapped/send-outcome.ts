import type { Outcome } from '../../contract.ts';
import { HttpError, toOutcome } from '../http/http-errors.ts';
import { Refusal } from '../http/refusal.ts';
import { messageOf } from '../reading/check-reading.ts';

/** How a push ended that failed before anything was sent; `where`: the setting that says what is sent. */
export function refusedBefore(error: unknown, where: string): Outcome {
  if (!(error instanceof Refusal)) return { kind: 'refused', reason: `${where}: ${messageOf(error)}` };
  const { message: reason, fields } = error;
  return { kind: 'refused', reason, ...(fields.length > 0 && { fields }) };
}

/** How a push ended that failed when it was sent, or when its reply was read. */
export function failedAfter(error: unknown): Outcome {
  return error instanceof HttpError ? toOutcome(error) : { kind: 'unknown', reason: messageOf(error) };
}
