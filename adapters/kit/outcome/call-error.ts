import { fromGiven, fromGivenProblem, type Problem, ReasonError, reasonOf } from '../../../schemas/reason.ts';
import { BoardError, type Given, type GivenProblem, type Outcome } from '../../contract.ts';
import { Refusal } from './refusal.ts';

/**
 * What happened to a call. The one table below says what each kind means for a push and for a pull.
 *
 * - `not_sent`: nothing reached the board (refused, unknown host, no session, given up before it began)
 * - `no_reply`: it was sent, and no whole reply came (reset, time-out, abort)
 * - `busy`: the board asks to wait: 429, 503, a lock that another holds, too many connections; see `after`
 * - `unauthorised`: 401, 403, a password or a right that is refused, a secret that is missing
 * - `refused`: another 4xx, values that the database refuses, or what the configuration calls an error; nothing was done
 * - `failed`: any other error of the board, which may have done the work before it failed
 * - `malformed`: a reply that is none, or not what the configuration promises
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
  /** Not before then, where the board said so. */
  after?: Date | undefined;
  /** What exactly is refused, where the board named it. */
  fields?: GivenProblem[];
  cause?: unknown;
}

/** A call to a board that did not end well; adapters from outside may say why in words. */
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

/** How a push ended that met this error; of an error that tells nothing of the board, nobody knows what was done. */
export function toOutcome(error: unknown): Outcome {
  const reason = reasonOf(error);
  if (error instanceof Refusal) return toRefused(error);
  if (!(error instanceof CallError)) return { kind: 'unknown', reason };
  const kind = meanings[error.kind].push;
  if (kind === 'refused' && error.kind === 'unauthorised') return { kind, reason, why: 'unauthorised' };
  if (kind === 'refused') return toRefused(error);
  return kind === 'retry' && error.after ? { kind, reason, after: error.after } : { kind, reason };
}

const toRefused = ({ reason, fields }: Refusal | CallError): Outcome => ({
  kind: 'refused',
  reason,
  ...(fields.length > 0 && { fields }),
});

/** What reading or asking the board throws for an error of any kind. */
export function toBoardError(error: unknown): BoardError {
  if (error instanceof BoardError) return error;
  if (!(error instanceof CallError)) return new BoardError('malformed', reasonOf(error), { cause: error });
  const { kind, reason, after } = error;
  return new BoardError(meanings[kind].pull, reason, { cause: error, ...(after && { after }) });
}
