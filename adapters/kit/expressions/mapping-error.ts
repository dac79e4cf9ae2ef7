import { type Reason, ReasonError, toReason } from '../../../schemas/reason.ts';

/**
 * `syntax`: the expression does not compile. `limit`: it ran too long, too deep or too large. `failed`: it cannot map
 * this input.
 */
export class MappingError extends ReasonError {
  readonly kind: 'syntax' | 'limit' | 'failed';
  /** Characters from the start of the expression, if known. */
  readonly position: number | undefined;
  /** The reason without the position. */
  readonly plainReason: Reason;
  constructor(kind: MappingError['kind'], reason: Reason, position?: number, cause?: unknown) {
    super(position === undefined ? reason : toReason('at_character', { detail: reason, position }), {
      cause,
    });
    this.name = 'MappingError';
    this.kind = kind;
    this.position = position;
    this.plainReason = reason;
  }
}
