import type { AdapterContext } from '../contract.ts';
import { type BoardReply, type BoardRequest, type BoardStream, createBoardHttp } from '../kit/http/http.ts';
import { HttpError } from '../kit/http/http-errors.ts';
import { createRequestSecrets } from '../kit/http/request-secrets.ts';
import { toToldError } from '../kit/mapped/told-error.ts';
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
  /** Puts the secrets into what an expression made. Other parts of a request get them when it is sent. */
  fill<T>(request: T): T;
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
  const secrets = createRequestSecrets(settings.secrets, context);
  const http = createBoardHttp({ ...settings, secrets }, context);
  const toPath = (path: string) => secrets.fillPattern(path, encodeURIComponent);

  function toHttpRequest({ json, ...request }: RestRequest): BoardRequest {
    const { path, query, headers } = request;
    return {
      ...request,
      path: toPath(path),
      ...(query && { query: secrets.fill(query) }),
      headers: {
        accept: 'application/json',
        ...headers,
        ...(json !== undefined && { 'content-type': 'application/json' }),
      },
      ...(json !== undefined && { body: JSON.stringify(secrets.fill(json)) }),
    };
  }

  async function call(request: RestRequest, signal: AbortSignal): Promise<unknown> {
    const reply = await http.send(toHttpRequest(request), signal);
    if (reply.status < 200 || reply.status > 299) throw await withFields(http.refuse(reply), reply);
    if (reply.status === 204) return null;
    if (reply.text.trim() === '') return undefined;
    const body = parse(reply);
    if (body === undefined) throw http.refuse(reply, 'malformed');
    const error = await errorWhen?.evaluate(body);
    const told = toToldError(error);
    if (told) throw await withFields(http.refuse(reply, told.kind, told.words), reply);
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

  return {
    call,
    fill: secrets.fill,
    stream: async (request, signal) => http.stream({ ...request, path: toPath(request.path) }, signal),
    close: http.close,
  };
}

function parse(reply: BoardReply): unknown {
  try {
    return parseJson(reply.text);
  } catch {
    return undefined;
  }
}
