import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Agency } from '../../../schemas/index.ts';

/**
 * A board that takes its credentials inside the request: a service key in the query, as at the national data portal, a
 * login in the body, as at Znuny's GenericInterface, and a key in a header of its own. It tells every caller what it
 * was sent, as systems do whose developers look for mistakes.
 */
export interface KeyedBoard {
  url: string;
  fault: KeyedFault;
  /** Posts that the list shows. */
  posts: { id: string; title: string; updatedAt: string }[];
  /** What was sent, as the board read it. */
  taken: { path: string; query: Record<string, string>; body: Record<string, unknown>; header: string }[];
  close(): Promise<void>;
}

type KeyedFault = 'none' | 'json-500' | 'html-500' | 'xml-400' | 'told-in-200' | 'no-json' | 'cut' | 'fields';

export interface KeyedSecrets {
  serviceKey: string;
  password: string;
  header: string;
}

const toXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** What the board says about a call that goes wrong: all of it holds what the caller sent. */
const faults: Record<Exclude<KeyedFault, 'none'>, (response: ServerResponse, said: Said) => void> = {
  'json-500': (response, { body, url }) =>
    response
      .writeHead(500, { 'content-type': 'application/json' })
      .end(JSON.stringify({ message: url, body })),
  'html-500': (response, { url, body }) =>
    response
      .writeHead(500, { 'content-type': 'text/html' })
      .end(`<html><title>Error at ${url} ${toXml(JSON.stringify(body))}</title></html>`),
  'xml-400': (response, { query, body, header }) =>
    response
      .writeHead(400, { 'content-type': 'application/xml' })
      .end(`<error>${toXml(`${query.serviceKey} ${String(body.Password)} ${header}`)}</error>`),
  'told-in-200': (response, { query, body }) => {
    const error = `no: ${query.serviceKey} ${String(body.Password)}`;
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
  },
  // PHP's json_encode escapes slashes and letters beyond ASCII.
  'no-json': (response, { body }) => {
    const text = JSON.stringify(body)
      .replaceAll('/', '\\/')
      .replace(/[^\0-\x7f]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
    response.writeHead(200, { 'content-type': 'application/json' }).end(`Notice: ${text}`);
  },
  cut: (response) => response.destroy(),
  fields: (response, { body }) =>
    response
      .writeHead(422, { 'content-type': 'application/json' })
      .end(
        JSON.stringify({ fields: [{ pointer: '/Password', message: `given: ${String(body.Password)}` }] }),
      ),
};

interface Said {
  url: string;
  query: Record<string, string>;
  body: Record<string, unknown>;
  header: string;
}

export async function startKeyedBoard(secrets: KeyedSecrets): Promise<KeyedBoard> {
  const server = createServer((request, response) => void answer(request, response));
  const board: KeyedBoard = {
    url: '',
    fault: 'none',
    posts: [],
    taken: [],
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams, href } = new URL(request.url ?? '', board.url);
    const query = Object.fromEntries(searchParams);
    const body = await readJson(request);
    const header = String(request.headers['x-client-secret'] ?? '');
    board.taken.push({ path: pathname, query, body, header });
    const said = { url: href, query, body, header };
    if (board.fault !== 'none') return void faults[board.fault](response, said);
    const isRead = request.method === 'GET';
    const isIn =
      header === secrets.header &&
      (isRead ? query.serviceKey === secrets.serviceKey : body.Password === secrets.password);
    if (!isIn)
      return send(response, { Error: { ErrorCode: 'AuthFail', ErrorMessage: JSON.stringify(said) } });
    if (!isRead) return send(response, { TicketID: `T-${board.taken.length}`, request: body });
    const file = (id: string) =>
      `${board.url}/files/${id}?serviceKey=${encodeURIComponent(secrets.serviceKey)}`;
    send(response, {
      request: said,
      posts: board.posts.map((post) => ({ ...post, file: file(post.id), said })),
    });
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  board.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return board;
}

function send(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return text ? JSON.parse(text) : {};
}

/** An agency with such a board. Its secrets are the variables KEYED_SERVICE, KEYED_PASSWORD and KEYED_HEADER. */
export const toKeyedAgency = (url: string, code: string): Agency => ({
  code,
  name: { ko: code },
  officers: [{ name: '담당자' }],
  board: {
    adapter: 'rest',
    networks: ['127.0.0.0/8'],
    pollEvery: 0.2,
    settings: {
      endpoint: url,
      auth: { kind: 'none' },
      secrets: {
        serviceKey: 'env:KEYED_SERVICE',
        password: 'env:KEYED_PASSWORD',
        header: 'env:KEYED_HEADER',
      },
      headers: { 'x-client-secret': '{secret.header}' },
      errorWhen: '$exists(Error) ? { "unauthorised": Error.ErrorMessage } : error',
      fieldErrors: 'fields',
      pull: {
        path: 'list',
        query: '{ "serviceKey": $secret("serviceKey"), "since": since, "page": page, "size": size }',
        items: 'posts',
        externalId: 'id',
        updatedAt: 'updatedAt',
      },
      normalise: `{ "content": { "title": title, "body": title, "kind": "query",
        "complainant": { "name": "홍길동" }, "filedAt": updatedAt,
        "attachments": [{ "name": "a.pdf", "url": file }] } }`,
      push: {
        registered: {
          method: 'POST',
          path: 'tickets',
          body: `{ "UserLogin": "hub", "Password": $secret("password"), "title": complaint.content.title, "originNo": originNumber,
            "note": "key " & $secret("password") }`,
          externalId: 'TicketID',
        },
      },
    },
  },
});
