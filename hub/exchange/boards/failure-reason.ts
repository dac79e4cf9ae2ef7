import { BoardError } from '../../../adapters/contract.ts';
import { type Reason, reasonOf, toReason } from '../../../schemas/reason.ts';

/**
 * Why a board could not be read. A text from outside does not name the kind of failure, so the kind is put before
 * it.
 */
export function toFailureReason(error: unknown): Reason {
  const reason = reasonOf(error);
  return error instanceof BoardError && reason.code === 'said'
    ? toReason(`${error.kind}_because`, { detail: reason })
    : reason;
}
