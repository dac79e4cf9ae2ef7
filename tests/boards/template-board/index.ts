import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BoardFault } from '../../../adapters/conformance/board-fixture.ts';
import { answer } from './interface.ts';
import { openStorage, type Storage } from './storage.ts';

/** A board of this kind on a real socket, with its own storage. */
export interface TemplateBoard {
  port: number;
  storage: Storage;
  /** The board's fault from now on. */
  fault: BoardFault;
  /** Numbers of posts that the board returns without their number. */
  spoilt?: Set<string>;
  /** The number of calls so far. */
  requests: number;
  setClock(now: Date): void;
  close(): Promise<void>;
}

/** The replies of faults that come before any work. */
const instead: Partial<Record<BoardFault, (response: ServerResponse) => void>> = {
  hang: () => undefined,
  'error-500': (response) => response.writeHead(500).end('{"error":"out of luck"}'),
  busy: (response) => response.writeHead(429, { 'retry-after': '7' }).end('{"error":"busy"}'),
  malformed: (response) => response.writeHead(200).end('{"posts":'),
  html: (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<title>점검 중</title>'),
};

/** Starts the board on a free port of 127.0.0.1. Callers send `secret` in the header x-api-key. */
export async function startTemplateBoard(secret: string): Promise<TemplateBoard> {
  let clock = new Date();
  const storage = openStorage(() => clock);

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    board.requests++;
    const { fault } = board;
    const spoil = instead[fault];
    if (spoil) return spoil(response);
    if (request.headers['x-api-key'] !== secret) return void response.writeHead(401).end('{}');
    const { status, json } = answer(await toCall(request), storage);
    if (fault === 'reset-after-write') return void request.socket.destroy();
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(JSON.stringify(json, withoutNumber));
  }

  const withoutNumber = (name: string, value: unknown) =>
    name === 'no' && board.spoilt?.has(String(value)) ? null : value;

  const server = createServer((request, response) => {
    serve(request, response).catch(() => request.socket.destroy());
  });
  const board: TemplateBoard = {
    port: 0,
    storage,
    fault: 'none',
    requests: 0,
    setClock: (now) => {
      clock = now;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      storage.close();
    },
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  board.port = (server.address() as AddressInfo).port;
  return board;
}

async function toCall(request: IncomingMessage) {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://board');
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString();
  return {
    method: request.method ?? '',
    path: pathname,
    query: Object.fromEntries(searchParams),
    headers: request.headers,
    json: body === '' ? undefined : JSON.parse(body),
  };
}
