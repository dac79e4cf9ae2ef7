import { type Reason, ReasonError } from '../../../schemas/index.ts';

/**
 * Why the hub did not take or give something.
 *
 * - `away`: no connection, no reply in time, a proxy or a server in between failed
 * - `busy`: asks to wait; see `after`
 * - `unauthorised`: does not know this agent's key or token
 * - `refused`: another 4xx: what was said is wrong in its eyes
 * - `malformed`: a reply that an agent of this version does not understand
 */
export class HubError extends ReasonError {
  override name = 'HubError';
  readonly kind: 'away' | 'busy' | 'unauthorised' | 'refused' | 'malformed';
  readonly status: number | undefined;
  readonly after: Date | undefined;
  /** The hub's own code of a refusal (hub/http/problem.ts). */
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
