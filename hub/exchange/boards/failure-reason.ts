import { BoardError } from '../../../adapters/contract.ts';
import { type Reason, type ReasonCode, reasonOf, toReason } from '../../../schemas/reason.ts';

/** Reasons that say the kind of failure themselves. */
const tellsKind: ReadonlySet<string> = new Set<ReasonCode>([
  'no_connection',
  'no_session',
  'credentials_refused',
  'credentials_missing',
  'unexpected_reply',
]);

/** Why a board could not be read: the kind of failure, and what happened. */
export function toFailureReason(error: unknown): Reason {
  const reason = reasonOf(error);
  return error instanceof BoardError && !tellsKind.has(reason.code)
    ? toReason(`${error.kind}_because`, { detail: reason })
    : reason;
}
