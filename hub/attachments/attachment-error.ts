import { policy } from '../../adapters/relay/policy.ts';
import { type Reason, ReasonError } from '../../schemas/reason.ts';

/**
 * Why a file was not taken in or cannot be given out.
 * - `too_large`, `type`, `empty`, `infected`: the hub never takes this file; sending it again does not help
 * - `damaged`: its size or its SHA-256 is not what the sender said; sending it again may help
 * - `full`, `away`: the store has no room or cannot be reached; nothing is wrong with the file
 * - `quota`: too many files of this agency wait to be named; nothing is wrong with this one
 * - `scanner`: clamd gives no verdict now
 * - `missing`: the store does not have a content that it should have
 */
export class AttachmentError extends ReasonError {
  readonly kind:
    | 'too_large'
    | 'type'
    | 'empty'
    | 'infected'
    | 'damaged'
    | 'full'
    | 'away'
    | 'quota'
    | 'scanner'
    | 'missing';
  /** Seconds after which the same call may succeed, if they are known. */
  readonly retryAfter: number | undefined;
  constructor(
    kind: AttachmentError['kind'],
    reason: Reason,
    options: { cause?: unknown; retryAfter?: number } = {},
  ) {
    super(reason, options);
    this.name = 'AttachmentError';
    this.kind = kind;
    this.retryAfter = options.retryAfter;
  }
}

/** The hub does not take the file, now or later. */
export const isRefusal = ({ kind }: AttachmentError) =>
  kind === 'too_large' || kind === 'type' || kind === 'empty' || kind === 'infected';

/** The fault is the hub's own. It counts against nobody, and the same file is taken when the fault is over. */
export const isOurFault = ({ kind }: AttachmentError) =>
  kind === 'full' || kind === 'away' || kind === 'scanner' || kind === 'missing';

/** Every file meets the same fault, so it is logged as one outage (watched.ts). */
export const isOutage = ({ kind }: AttachmentError) =>
  kind === 'full' || kind === 'away' || kind === 'scanner';

/** Seconds until a caller may send or read a file again: as long as the hub itself leaves its store alone. */
export const outageRetryAfter = policy.storage.firstPause / 1000;
