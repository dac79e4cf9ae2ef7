import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Agency, BoardConnection } from '../../schemas/index.ts';

/** An effect at a board: one row for each executed call, duplicates included. */
interface Effect {
  agency: string;
  title: string;
  /** The event's number, as the hub sent it. */
  seq: number;
  key: string;
  at: number;
}

interface Call {
  agency: string;
  /** `push`: changes something; `find`: asks by key; `pull`: reads changes. */
  kind: 'push' | 'find' | 'pull';
  title: string;
  seq: number;
}

/**
 * `hang`: no reply, nothing done. `vanish`: done, but the connection is cut instead of a reply. `lateBy`: done so many
 * milliseconds after the caller has left.
 */
type Behaviour =
  | 'hang'
  | 'vanish'
  | { lateBy: number }
  | { status: number; headers?: Record<string, string> };

/** Boards for any number of agencies behind one port. Each has its agency's code in its path. */
export interface WireBoards {
  url: string;
  effects: Effect[];
  calls: (Call & { at: number; url: string })[];
  /** The number of simultaneous calls at one agency's board. */
  atOnce(agency: string): number;
  /** The posts of each board that can be read. */
  posts: Map<string, WirePost[]>;
  /** Called for every request. Undefined: normal behaviour. It is awaited, so that a test can hold a reply back. */
  behave(call: Call): Behaviour | undefined | Promise<Behaviour | undefined>;
  close(): Promise<void>;
}

export async function startWireBoards(): Promise<WireBoards> {
  const underWay = new Map<string, number>();
  const most = new Map<string, number>();
  const server = createServer((request, response) => void answer(request, response));
  const boards: WireBoards = {
    url: '',
    effects: [],
    calls: [],
    posts: new Map(),
    atOnce: (agency) => most.get(agency) ?? 0,
    behave: () => undefined,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, agency = '', what = ''] = new URL(request.url ?? '', 'http://board').pathname.split('/');
    const now = (underWay.get(agency) ?? 0) + 1;
    underWay.set(agency, now);
    response.once('close', () => underWay.set(agency, (underWay.get(agency) ?? 1) - 1));
    const { title = '', seq = 0, key = '' } = await readBody(request);
    const kind = request.method === 'POST' ? 'push' : what === 'posts' ? 'pull' : 'find';
    if (kind === 'push') most.set(agency, Math.max(most.get(agency) ?? 0, now));
    const call = { agency, kind, title, seq } as const;
    boards.calls.push({ ...call, at: Date.now(), url: request.url ?? '' });
    const behaviour = await boards.behave(call);
    if (!(await doesItsWork(behaviour, response))) return;
    if (kind === 'push') boards.effects.push({ agency, title, seq, key, at: Date.now() });
    if (behaviour === 'vanish') response.destroy();
    else send(response, toReply(boards, { kind, agency, url: request.url ?? '' }));
  }

  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  boards.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return boards;
}

/** False: the board does nothing. It may have replied. */
async function doesItsWork(behaviour: Behaviour | undefined, response: ServerResponse): Promise<boolean> {
  if (behaviour === 'hang') return false;
  if (typeof behaviour !== 'object') return true;
  if ('status' in behaviour) {
    response.writeHead(behaviour.status, behaviour.headers).end('{}');
    return false;
  }
  await once(response, 'close');
  await pause(behaviour.lateBy);
  return true;
}

function toReply(boards: WireBoards, { kind, agency, url }: Pick<Call, 'kind' | 'agency'> & { url: string }) {
  if (kind === 'pull')
    return { posts: readPage(boards.posts.get(agency) ?? [], new URL(url, 'http://board')) };
  if (kind === 'push') return { id: `P-${boards.effects.length}` };
  const key = decodeURIComponent(url.split('/').at(-1) ?? '');
  const at = boards.effects.findIndex((effect) => effect.agency === agency && effect.key === key);
  return at < 0 ? undefined : { id: `P-${at + 1}` };
}

export interface WirePost {
  id: string;
  updatedAt: string;
  title: string;
}

/**
 * Sorts by change, oldest first. Posts with the same time come in a different order each time, as from a database
 * without a second sort key.
 */
function readPage(posts: WirePost[], { searchParams }: URL): WirePost[] {
  const [since, page, size] = ['since', 'page', 'size'].map((name) => searchParams.get(name) ?? '');
  const due = posts.filter(({ updatedAt }) => !since || Date.parse(updatedAt) >= Date.parse(since));
  const sorted = due
    .map((post) => ({ post, at: Date.parse(post.updatedAt), chance: Math.random() }))
    .toSorted((a, b) => a.at - b.at || a.chance - b.chance)
    .map(({ post }) => post);
  const begin = (Number(page) - 1) * Number(size);
  return sorted.slice(begin, begin + Number(size));
}

function send(response: ServerResponse, body: object | undefined): void {
  response.writeHead(body ? 200 : 404, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body ?? {}));
}

async function readBody(request: IncomingMessage): Promise<{ title?: string; seq?: number; key?: string }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return { ...(text && JSON.parse(text)), key: String(request.headers['idempotency-key'] ?? '') };
}

/** An agency with such a board, which accepts complaints and follow-ups. */
export function toWireAgency(
  { url }: WireBoards,
  code: string,
  connection: Partial<BoardConnection> & { askable?: boolean; read?: boolean } = {},
): Agency {
  const { askable = true, read = false, ...rest } = connection;
  const body = '{ "title": complaint.content.title, "seq": event.seq, "hubNo": receiptNumber }';
  const settings = {
    endpoint: `${url}/${code}`,
    auth: { kind: 'none' },
    keyHeader: 'idempotency-key',
    normalise: `{ "content": {
      "title": title, "body": title, "kind": "query", "complainant": { "name": "홍길동" }, "filedAt": updatedAt } }`,
    push: {
      registered: { method: 'POST', path: 'new', body, externalId: 'id' },
      followed_up: { method: 'POST', path: 'new', body },
    },
    ...(askable && { find: { path: 'by-key/{key}', ref: 'reply.{ "externalId": id }' } }),
    ...(read && {
      pull: {
        path: 'posts',
        query: '{ "since": since, "page": page, "size": size }',
        items: 'posts',
        externalId: 'id',
        updatedAt: 'updatedAt',
        pageSize: 10,
        overlapSeconds: 5,
      },
    }),
  };
  return {
    code,
    name: { ko: code },
    officers: [{ name: '담당자' }],
    board: {
      adapter: 'rest',
      networks: ['127.0.0.0/8'],
      settings,
      pollEvery: 0.2,
      settling: 0.5,
      ...rest,
    },
  };
}
