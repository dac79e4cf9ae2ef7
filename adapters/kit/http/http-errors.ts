import type { Given } from '../../contract.ts';
import { CallError, type CallErrorKind, type CallErrorOptions } from '../outcome/call-error.ts';

/** An HTTP call that failed. */
export class HttpError extends CallError {
  readonly status: number | undefined;
  constructor(
    kind: CallErrorKind,
    reason: Given,
    { status, ...options }: CallErrorOptions & { status?: number | undefined } = {},
  ) {
    super(kind, reason, options);
    this.name = 'HttpError';
    this.status = status;
  }
}
