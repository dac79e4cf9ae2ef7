import { said, toReason } from '../../schemas/reason.ts';
import type { AdapterContext } from '../contract.ts';
import {
  type BoardHttp,
  type BoardReply,
  type BoardRequest,
  type BoardStream,
  createBoardHttp,
} from '../kit/http/http.ts';
import { resolveSecret } from '../kit/http/http-auth.ts';
import { toMultipart } from '../kit/http/multipart.ts';
import { createRequestSecrets } from '../kit/http/request-secrets.ts';
import { withoutQuery } from '../kit/http/shown-address.ts';
import type { Open311Settings } from './config.ts';
import { type Entry, type Reply, type Resource, readReply } from './document.ts';

type Fields = Record<string, string>;
type File = Parameters<typeof toMultipart>[1];

export interface Open311Client {
  /**
   * Returns the entries of a list. Throws HttpError for an error, also inside a 200, and for a reply that is not from
   * such a service.
   */
  list(resource: Resource, query: Fields, signal: AbortSignal): Promise<Entry[]>;
  /** Asks for the result of a token. Without service_request_id there is none yet. */
  token(token: string, signal: AbortSignal): Promise<Entry | undefined>;
  /** Sends a form, or a form with a file. Returns the first entry of the reply. */
  post(
    resource: Exclude<Resource, 'services'>,
    form: { fields: Fields; file?: File },
    signal: AbortSignal,
  ): Promise<Entry>;
  /** The request that `post` makes of a form, without credentials. */
  draft(
    resource: Exclude<Resource, 'services'>,
    fields: Fields,
  ): { method: string; url: string; headers: Record<string, string>; fields: Fields };
  /** Streams a file that the board named by its address. */
  stream(url: string, signal: AbortSignal): Promise<BoardStream>;
  close(): Promise<void>;
}

/** The transport: HTTP, forms, XML and JSON. It knows nothing of the meaning of fields. */
export function createOpen311Client(settings: Open311Settings, context: AdapterContext): Open311Client {
  const {
    endpoint,
    format,
    jurisdiction,
    apiKey,
    keyOnRequests,
    auth = { kind: 'none' },
    ...rest
  } = settings;
  const { headers, maxReplyBytes, ca, mediaOrigins = [] } = rest;
  const trusted = { ...(ca && { ca }) };
  const shared = { ...(maxReplyBytes && { maxReplyBytes }), ...trusted };
  const secrets = createRequestSecrets({}, context);
  const http = createBoardHttp({ endpoint, auth, secrets, ...(headers && { headers }), ...shared }, context);
  const others = new Map<string, BoardHttp>();
  const everywhere = jurisdiction ? { jurisdiction_id: jurisdiction } : {};

  const toPost = (resource: Resource) => ({ method: 'POST', path: `${resource}.${format}` });
  const withKey = (fields: Fields, key: string): Fields => ({
    ...everywhere,
    ...(key && { api_key: key }),
    ...fields,
  });

  async function call(request: BoardRequest, resource: Resource, key: string, signal: AbortSignal) {
    secrets.know([key]);
    const reply = await http.send(request, signal);
    const read = readReply(reply.text, resource);
    return { entries: entriesOf(http, reply, read), reply };
  }

  return {
    async list(resource, query, signal) {
      const key = resource === 'servicerequestupdates' || (keyOnRequests && resource === 'requests');
      const secret = key ? keyOf(apiKey, context) : '';
      const all = { ...everywhere, ...(secret && { api_key: secret }), ...query };
      const request = { method: 'GET', path: `${resource}.${format}`, query: all };
      return (await call(request, resource, secret, signal)).entries;
    },
    async token(token, signal) {
      const path = `tokens/${encodeURIComponent(token)}.${format}`;
      return (await call({ method: 'GET', path, query: everywhere }, 'requests', '', signal)).entries[0];
    },
    async post(resource, { fields, file }, signal) {
      const secret = keyOf(apiKey, context);
      const request = { ...toPost(resource), ...toForm(withKey(fields, secret), file) };
      const { entries, reply } = await call(request, resource, secret, signal);
      const [entry] = entries;
      if (!entry) throw http.refuse(reply, 'malformed', toReason('empty_list'));
      return entry;
    },
    draft(resource, fields) {
      const { method, path } = toPost(resource);
      const form = withKey(fields, apiKey ? `$secret(${apiKey})` : '');
      const { headers: own = {} } = toForm(form, undefined);
      const url = `${withoutQuery(endpoint).replace(/\/+$/, '')}/${path}`;
      return { method, url, headers: own, fields: form };
    },
    stream(url, signal) {
      const { origin } = new URL(url);
      if (origin === new URL(endpoint).origin || !mediaOrigins.includes(origin))
        return http.stream({ method: 'GET', path: '', url }, signal);
      const other =
        others.get(origin) ??
        createBoardHttp({ endpoint: origin, auth: { kind: 'none' }, ...trusted }, context);
      others.set(origin, other);
      return other.stream({ method: 'GET', path: '', url }, signal);
    },
    close: async () => void (await Promise.all([http, ...others.values()].map((one) => one.close()))),
  };
}

/** Only a 2xx with a list of the right kind is a success. */
function entriesOf(http: BoardHttp, reply: BoardReply, { entries, errors, tooLarge }: Reply): Entry[] {
  const ok = reply.status >= 200 && reply.status <= 299;
  if (errors !== undefined) throw http.refuse(reply, ok ? 'refused' : undefined, said(errors));
  if (!ok) throw http.refuse(reply);
  if (!entries) throw http.refuse(reply, 'malformed', tooLarge);
  return entries;
}

function toForm(fields: Fields, file: File | undefined): Pick<BoardRequest, 'headers' | 'body'> {
  if (file) return toMultipart(fields, file);
  return {
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: new URLSearchParams(fields).toString(),
  };
}

/** The key is resolved at each call, so that it can rotate. */
const keyOf = (reference: string | undefined, context: AdapterContext): string =>
  reference ? resolveSecret(reference, context) : '';
