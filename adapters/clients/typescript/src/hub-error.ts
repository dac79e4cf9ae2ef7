import type { components } from './door-types.ts';

/** What is wrong at one place of a request. */
export interface FieldProblem {
  /** JSON pointer (RFC 6901) to the field. */
  pointer: string;
  message: string;
}

/** Whatever a call of the hub may end with, other than its result. */
export abstract class HubError extends Error {
  abstract readonly kind: 'problem' | 'unreachable';
  /** Quote it to the operator of the hub: his log has the same. The same for all tries of a call. */
  readonly requestId: string;
  constructor(message: string, requestId: string, options?: ErrorOptions) {
    super(message, options);
    this.requestId = requestId;
  }
}

/** The hub refused the call: problem+json (RFC 9457). */
export class HubProblem extends HubError {
  readonly kind = 'problem';
  override readonly name = 'HubProblem';
  readonly status: number;
  /** `invalid`, `conflict`, `key-reused` …: the last word of the problem's `type`. `unknown`: it is no problem of the hub. */
  readonly code: string;
  readonly detail: string | undefined;
  readonly errors: FieldProblem[];
  /** Seconds after which the same call may succeed, where the hub or a proxy said so. */
  readonly retryAfter: number | undefined;

  constructor(status: number, requestId: string, problem: Problem, retryAfter: number | undefined) {
    const places = problem.errors?.map(({ pointer, message }) => `${pointer || '/'}: ${message}`) ?? [];
    super([`${status} ${problem.title}`, problem.detail, ...places].filter(Boolean).join('; '), requestId);
    this.status = status;
    this.code = /^urn:minwon-hub:problem:(.+)$/.exec(problem.type ?? '')?.[1] ?? 'unknown';
    this.detail = problem.detail;
    this.errors = problem.errors ?? [];
    this.retryAfter = retryAfter;
  }
}

/** No reply of the hub came, at any try. The call may have been done: the same call again is safe with its key. */
export class HubUnreachable extends HubError {
  readonly kind = 'unreachable';
  override readonly name = 'HubUnreachable';
}

type Problem = Partial<components['schemas']['Problem']> & { title: string };

/** Reads what a refusing reply says. What answers in front of a hub may say it in HTML, or not at all. */
export async function toHubProblem(reply: Response, requestId: string): Promise<HubProblem> {
  const text = await reply.text();
  const id = reply.headers.get('x-request-id') ?? requestId;
  return new HubProblem(reply.status, id, readProblem(reply, text), readRetryAfter(reply.headers));
}

function readProblem(reply: Response, text: string): Problem {
  if (!/^application\/(problem\+)?json\b/i.test(reply.headers.get('content-type') ?? ''))
    return { title: describe(reply), ...(text && { detail: text.slice(0, 500) }) };
  try {
    return toProblem(JSON.parse(text), describe(reply));
  } catch (error) {
    return { title: describe(reply), detail: `${text.slice(0, 500)} (${String(error)})` };
  }
}

/** What is no problem of the hub may have anything under these names. */
function toProblem(said: unknown, title: string): Problem {
  const { type, detail, errors, ...rest } = Object(said) as Record<string, unknown>;
  return {
    title: typeof rest.title === 'string' ? rest.title : title,
    ...(typeof type === 'string' && { type }),
    ...(typeof detail === 'string' && { detail }),
    ...(Array.isArray(errors) && { errors: errors as FieldProblem[] }),
  };
}

const describe = ({ statusText, headers }: Response) =>
  [statusText || 'refused', headers.get('location')].filter(Boolean).join(' → ');

/** RFC 9110, 10.2.3: seconds, or a date. */
function readRetryAfter(headers: Headers): number | undefined {
  const said = headers.get('retry-after')?.trim();
  if (!said) return undefined;
  const seconds = /^\d+$/.test(said) ? Number(said) : (Date.parse(said) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}
