import { said } from '../../schemas/reason.ts';
import type { AdapterContext } from '../contract.ts';
import { type BoardReply, type BoardRequest, type BoardStream, createBoardHttp } from '../kit/http/http.ts';
import { HttpError } from '../kit/http/http-errors.ts';
import { parseJson } from '../kit/text/json.ts';
import type { RestSettings } from './config.ts';
import { type RestMappings, toProblems } from './mapping.ts';

export interface RestClient {
  /**
   * Returns the JSON of a successful reply; `null` for 204 (RFC 9110, 15.3.5: no content) and `undefined` for another
   * empty one. Everything else throws HttpError, also an
   * HTML page or an error inside a 200. So an odd reply never counts as success.
   */
  call(request: RestRequest, signal: AbortSignal): Promise<unknown>;
  /** Streams content of any size. */
  stream(request: BoardRequest, signal: AbortSignal): Promise<BoardStream>;
  close(): Promise<void>;
}

/** `json` replaces the body. */
type RestRequest = BoardRequest & { json?: unknown };

/** The transport: HTTP and JSON. It knows nothing of the meaning of fields. */
export function createRestClient(
  settings: RestSettings,
  context: AdapterContext,
  { errorWhen, fieldErrors }: Pick<RestMappings, 'errorWhen' | 'fieldErrors'>,
): RestClient {
  const http = createBoardHttp(settings, context);

  async function call({ json, ...request }: RestRequest, signal: AbortSignal): Promise<unknown> {
    const headers = { accept: 'application/json', ...request.headers };
    const reply = await http.send(
      json === undefined
        ? { ...request, headers }
        : {
            ...request,
            headers: { ...headers, 'content-type': 'application/json' },
            body: JSON.stringify(json),
          },
      signal,
    );
    if (reply.status < 200 || reply.status > 299) throw await withFields(http.refuse(reply), reply);
    if (reply.status === 204) return null;
    if (reply.text.trim() === '') return undefined;
    const body = parse(reply);
    if (body === undefined) throw http.refuse(reply, 'malformed');
    const error = await errorWhen?.evaluate(body);
    if (isRetry(error)) throw http.refuse(reply, 'busy', said(error.retry));
    const words = typeof error === 'string' ? said(error) : undefined;
    if (error) throw await withFields(http.refuse(reply, 'refused', words), reply);
    return body;
  }

  /**
   * Adds the fields that the board named in a refusal. If the expression cannot read the reply, the error has no
   * fields.
   */
  async function withFields(error: HttpError, reply: BoardReply): Promise<HttpError> {
    const body = error.kind === 'refused' && fieldErrors ? parse(reply) : undefined;
    if (body === undefined) return error;
    const { kind, reason, status, after } = error;
    const fields = toProblems(await fieldErrors?.evaluate(body).catch(() => undefined));
    return new HttpError(kind, reason, { status, after, fields });
  }

  return { call, stream: http.stream, close: http.close };
}

function parse(reply: BoardReply): unknown {
  try {
    return parseJson(reply.text);
  } catch {
    return undefined;
  }
}

function isRetry(error: unknown): error is { retry: string } {
  return typeof error === 'object' && error !== null && 'retry' in error && typeof error.retry === 'string';
}
