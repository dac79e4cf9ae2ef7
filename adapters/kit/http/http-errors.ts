import { fromGiven, type Problem, ReasonError, reasonOf } from '../../../schemas/reason.ts';
import { BoardError, type Given, type Outcome } from '../../contract.ts';

/**
 * What happened to a call. The one table below says what each kind means for a push and for a pull.
 *
 * - `not_sent`: no byte of the request reached the board (refused, unknown host, no connection)
 * - `no_reply`: sent, and no whole reply came (reset, time-out, abort)
 * - `busy`: 429 or 503; see `after`
 * - `unauthorised`: 401, 403, or a secret that is missing
 * - `refused`: another 4xx, or what the configuration calls an error
 * - `failed`: another 5xx; the board may have done the work before it failed
 * - `malformed`: a reply that is not what the configuration promises
 */
export type HttpErrorKind =
  | 'not_sent'
  | 'no_reply'
  | 'busy'
  | 'unauthorised'
  | 'refused'
  | 'failed'
  | 'malformed';

/** A call to a board that did not end well. */
export class HttpError extends ReasonError {
  readonly kind: HttpErrorKind;
  readonly status: number | undefined;
  /** Not before then, where the board said so. */
  readonly after: Date | undefined;
  /** What exactly is refused, where the board named it. */
  readonly fields: Problem[];
  constructor(
    kind: HttpErrorKind,
    reason: Given,
    options: { status?: number; after?: Date | undefined; fields?: Problem[]; cause?: unknown } = {},
  ) {
    super(fromGiven(reason), { cause: options.cause });
    this.name = 'HttpError';
    this.kind = kind;
    this.status = options.status;
    this.after = options.after;
    this.fields = options.fields ?? [];
  }
}

type Meaning = { push: Exclude<Outcome['kind'], 'done'>; pull: BoardError['kind'] };

const meanings: Record<HttpErrorKind, Meaning> = {
  not_sent: { push: 'retry', pull: 'unreachable' },
  no_reply: { push: 'unknown', pull: 'unreachable' },
  busy: { push: 'retry', pull: 'busy' },
  unauthorised: { push: 'refused', pull: 'unauthorised' },
  refused: { push: 'refused', pull: 'malformed' },
  failed: { push: 'unknown', pull: 'unreachable' },
  malformed: { push: 'unknown', pull: 'malformed' },
};

/** How a push ended that met this error. */
export function toOutcome(error: HttpError): Outcome {
  const kind = meanings[error.kind].push;
  const { reason } = error;
  if (kind === 'refused' && error.kind === 'unauthorised') return { kind, reason, why: 'unauthorised' };
  if (kind === 'refused' && error.fields.length > 0) return { kind, reason, fields: error.fields };
  return kind === 'retry' && error.after ? { kind, reason, after: error.after } : { kind, reason };
}

/** What reading or asking the board throws for an error of any kind. */
export function toBoardError(error: unknown): BoardError {
  if (error instanceof BoardError) return error;
  if (!(error instanceof HttpError)) {
    return new BoardError('malformed', reasonOf(error), { cause: error });
  }
  return new BoardError(meanings[error.kind].pull, error.reason, {
    cause: error,
    ...(error.after && { after: error.after }),
  });
}
