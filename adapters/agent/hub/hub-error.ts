import { type Reason, ReasonError } from '../../../schemas/index.ts';

/**
 * Why a call to the hub failed.
 *
 * - `away`: no connection, no reply in time, or a failing proxy or server in between
 * - `busy`: the hub asks to wait; see `after`
 * - `unauthorised`: the hub does not know this agent's key or token
 * - `refused`: another 4xx; the hub considers the call wrong
 * - `malformed`: this version of the agent does not understand the reply
 */
export class HubError extends ReasonError {
  override name = 'HubError';
  readonly kind: 'away' | 'busy' | 'unauthorised' | 'refused' | 'malformed';
  readonly status: number | undefined;
  readonly after: Date | undefined;
  /** The hub's own error code (hub/http/problem.ts). */
  readonly code: string | undefined;
  constructor(
    kind: HubError['kind'],
    reason: Reason,
    options: { cause?: unknown; status?: number; after?: Date | undefined; code?: string | undefined } = {},
  ) {
    super(reason, { cause: options.cause });
    this.kind = kind;
    this.status = options.status;
    this.after = options.after;
    this.code = options.code;
  }
}
