import { fromGiven, fromGivenProblem, type Problem, ReasonError, reasonOf } from '../../../schemas/reason.ts';
import { BoardError, type Given, type GivenProblem, type Outcome } from '../../contract.ts';
import { Refusal } from './refusal.ts';

/**
 * What happened to a call. The table below says what each kind means for a push and for a pull.
 *
 * - `not_sent`: nothing reached the board (refused, unknown host, no session, given up before it began)
 * - `no_reply`: it was sent, and no complete reply came (reset, time-out, abort)
 * - `busy`: the board asks to wait (429, 503, a lock held by others, too many connections); see `after`
 * - `unauthorised`: 401, 403, a refused password or right, a missing secret
 * - `refused`: nothing was done (another 4xx, values that the database refuses, or an error by the configuration)
 * - `failed`: any other error of the board, which may have done the work before it failed
 * - `malformed`: the reply is unreadable, or is not what the configuration promises
 */
export type CallErrorKind =
  | 'not_sent'
  | 'no_reply'
  | 'busy'
  | 'unauthorised'
  | 'refused'
  | 'failed'
  | 'malformed';

export interface CallErrorOptions {
  /** The next call must not come before this time, if the board named one. */
  after?: Date | undefined;
  /** The refused fields, if the board named them. */
  fields?: GivenProblem[];
  cause?: unknown;
}

/** A call to a board that failed. Adapters from outside may give the reason in plain words. */
export class CallError extends ReasonError {
  readonly kind: CallErrorKind;
  readonly after: Date | undefined;
  readonly fields: Problem[];
  constructor(kind: CallErrorKind, reason: Given, { after, fields = [], cause }: CallErrorOptions = {}) {
    super(fromGiven(reason), { cause });
    this.name = 'CallError';
    this.kind = kind;
    this.after = after;
    this.fields = fields.map(fromGivenProblem);
  }
}

type Meaning = { push: Exclude<Outcome['kind'], 'done'>; pull: BoardError['kind'] };

const meanings: Record<CallErrorKind, Meaning> = {
  not_sent: { push: 'retry', pull: 'unreachable' },
  no_reply: { push: 'unknown', pull: 'unreachable' },
  busy: { push: 'retry', pull: 'busy' },
  unauthorised: { push: 'refused', pull: 'unauthorised' },
  refused: { push: 'refused', pull: 'malformed' },
  failed: { push: 'unknown', pull: 'unreachable' },
  malformed: { push: 'unknown', pull: 'malformed' },
};

/** The outcome of a push that met this error. If the error tells nothing about the board, the outcome is unknown. */
export function toOutcome(error: unknown): Outcome {
  const reason = reasonOf(error);
  if (error instanceof Refusal) return toRefused(error);
  if (!(error instanceof CallError)) return { kind: 'unknown', reason };
  const kind = meanings[error.kind].push;
  if (kind === 'unknown' && error.kind !== 'no_reply') return { kind, reason, isOver: true };
  if (kind === 'refused' && error.kind === 'unauthorised') return { kind, reason, why: 'unauthorised' };
  if (kind === 'refused') return toRefused(error);
  return kind === 'retry' && error.after ? { kind, reason, after: error.after } : { kind, reason };
}

const toRefused = ({ reason, fields }: Refusal | CallError): Outcome => ({
  kind: 'refused',
  reason,
  ...(fields.length > 0 && { fields }),
});

/** The error that reading or asking the board throws for any error. */
export function toBoardError(error: unknown): BoardError {
  if (error instanceof BoardError) return error;
  if (!(error instanceof CallError)) return new BoardError('malformed', reasonOf(error), { cause: error });
  const { kind, reason, after } = error;
  return new BoardError(meanings[kind].pull, reason, { cause: error, ...(after && { after }) });
}
