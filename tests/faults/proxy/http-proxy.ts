import { request as callBoard, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { createRandom, type Random } from '../random.ts';
import { type BreakKind, type BreakOrder, lateKinds, type ProxyCounts } from './protocol.ts';
import { type BoardReply, replyInstead, spoilReply } from './spoil-reply.ts';

/** A proxy to a board that causes the chosen faults. */
export interface HttpProxy {
  url: string;
  break(order: Omit<BreakOrder, 'code'>): void;
  heal(): void;
  counts(): ProxyCounts;
  close(): Promise<void>;
}

/** Faults after which the caller knows the outcome of the call. */
const knownOutcome = new Set<BreakKind>(['busy-429', 'error-in-200', 'duplicate-ids', 'reordered']);
const dripEvery = 150;

export async function startHttpProxy(target: string): Promise<HttpProxy> {
  const board = new URL(target);
  const counts: ProxyCounts = { requests: 0, broken: 0, unknown: 0, late: 0 };
  let order: (Omit<BreakOrder, 'code' | 'seed'> & { random: Random }) | undefined;

  /** The fault of this call. Undefined: none. Only writes are done late. */
  function choose(isWrite: boolean): BreakKind | undefined {
    if (!order?.random.chance(order.share)) return undefined;
    const kind = order.random.pick(order.kinds);
    if (secondsLate(kind) !== undefined && !isWrite) return undefined;
    counts.broken += 1;
    return kind;
  }

  /**
   * Counts a write whose outcome the caller cannot know. Either a fault hit it, or the caller did not wait for the end
   * of the reply.
   */
  function countUnknown(response: ServerResponse, kind: BreakKind | undefined): void {
    response.once('close', () => {
      if (!response.writableFinished || (kind && !knownOutcome.has(kind))) counts.unknown += 1;
    });
  }

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readAll(request);
    counts.requests += 1;
    const operation = operationOf(request, body);
    const kind = choose(isWrite(request, operation));
    if (isWrite(request, operation)) countUnknown(response, kind);
    const lateBy = secondsLate(kind);
    if (lateBy !== undefined) return doLate(response, lateBy, () => forward(board, request, body));
    if (kind === 'reset-before') return void request.socket.destroy();
    if (kind === 'hang-before') return;
    if (kind === 'error-500' || kind === 'busy-429' || kind === 'error-in-200')
      return send(response, replyInstead(kind, operation));
    const reply = await forward(board, request, body);
    if (!reply || kind === 'reset-after') return void request.socket.destroy();
    if (kind === 'hang-after') return;
    if (kind === 'drip') return drip(response, reply);
    send(response, kind ? spoilReply(kind, reply) : reply);
  }

  async function doLate(response: ServerResponse, seconds: number, work: () => Promise<unknown>) {
    counts.late += 1;
    await new Promise((resolve) => response.once('close', resolve));
    await pause(seconds * 1000);
    await work();
    counts.late -= 1;
  }

  const server = createServer((request, response) => {
    // A caller that was killed while sending no longer waits for an answer.
    pass(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${board.pathname}`,
    break({ kinds, share, seed }) {
      order = { kinds, share, random: createRandom(seed) };
    },
    heal() {
      order = undefined;
    },
    counts: () => counts,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** How many seconds after its caller has left a call is done. Undefined: at once. */
const secondsLate = (kind: BreakKind | undefined): number | undefined =>
  lateKinds.some((late) => late === kind) ? Number(kind?.split('-')[1]) : undefined;

/** The operation of a SOAP call. Undefined for anything else. */
function operationOf({ method }: IncomingMessage, body: Buffer): string | undefined {
  if (method !== 'POST') return undefined;
  return /<(?:\w+:)?((?:select|insert|update|cancel|transfer)\w+)[\s/>]/.exec(body.toString('latin1'))?.[1];
}

const isWrite = ({ method }: IncomingMessage, operation: string | undefined): boolean =>
  operation ? !operation.startsWith('select') : method !== 'GET';

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The board's reply. Undefined: the board cannot be reached, or breaks off itself. */
function forward(board: URL, request: IncomingMessage, body: Buffer): Promise<BoardReply | undefined> {
  return new Promise((resolve) => {
    const { method, url: path, headers } = request;
    const { connection: _own, 'transfer-encoding': _chunked, ...kept } = headers;
    const call = callBoard(
      {
        host: board.hostname,
        port: board.port,
        method,
        path,
        headers: { ...kept, 'content-length': body.length },
      },
      (reply) =>
        readAll(reply).then(
          (bytes) => resolve({ status: reply.statusCode ?? 502, headers: plainHeaders(reply), bytes }),
          () => resolve(undefined),
        ),
    );
    call.once('error', () => resolve(undefined));
    call.end(body);
  });
}

function plainHeaders({ headers }: IncomingMessage): Record<string, string> {
  const {
    connection,
    'transfer-encoding': _chunked,
    'content-length': _length,
    'keep-alive': _alive,
    ...kept
  } = headers;
  return Object.fromEntries(Object.entries(kept).map(([name, value]) => [name, String(value)]));
}

function send(response: ServerResponse, { status, headers, bytes }: BoardReply): void {
  response.writeHead(status, { ...headers, 'content-length': bytes.length }).end(bytes);
}

async function drip(response: ServerResponse, { status, headers, bytes }: BoardReply): Promise<void> {
  response.writeHead(status, { ...headers, 'content-length': bytes.length });
  for (const byte of bytes) {
    if (response.destroyed) return;
    response.write(Buffer.of(byte));
    await pause(dripEvery);
  }
  response.end();
}
