import { BoardError } from '../../../adapters/contract.ts';
import { type Reason, reasonOf, toReason } from '../../../schemas/reason.ts';

/** Why a board could not be read. Words of others do not say what kind of failure they tell of, so it stands before them. */
export function toFailureReason(error: unknown): Reason {
  const reason = reasonOf(error);
  return error instanceof BoardError && reason.code === 'said'
    ? toReason(`${error.kind}_because`, { detail: reason })
    : reason;
}
