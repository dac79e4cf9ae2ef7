import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';
import type { BoardAdapter, PulledPost } from '../../../adapters/contract.ts';
import { connect, readSampleAgency, startBoard } from '../conformance/open311-fixture.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

export const limit = () => AbortSignal.timeout(20_000);
export const call = (key = 'key-1') => ({ key, signal: limit() });

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

interface Called {
  method: string;
  path: string;
  query: Record<string, string>;
  fields: Record<string, string>;
}

/** A service that a test answers by hand. */
export async function startService(answer: (called: Called) => unknown, status = 200) {
  const calls: Called[] = [];
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://board');
    const body = Buffer.concat(await collect<Buffer>(request)).toString();
    const fields = Object.fromEntries(new URLSearchParams(body));
    const called = {
      method: request.method ?? '',
      path: pathname,
      query: Object.fromEntries(searchParams),
      fields,
    };
    calls.push(called);
    const reply = answer(called);
    response.writeHead(reply === undefined ? 404 : status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(reply ?? [{ code: 404, description: 'not found' }]));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/dev/v2/`, calls };
}

export async function connectTo(url: string, changes: object = {}): Promise<BoardAdapter> {
  const adapter = connect(await readSampleAgency(url, changes));
  ends.push(() => adapter.close());
  return adapter;
}

export async function start(changes: object = {}, options: Parameters<typeof startBoard>[0] = {}) {
  const board = await startBoard(options);
  ends.push(() => board.close());
  return { board, adapter: await connectTo(board.url, changes) };
}

export async function readAll(adapter: BoardAdapter): Promise<PulledPost[]> {
  const posts: PulledPost[] = [];
  let cursor: string | undefined;
  for (let more = true, round = 0; more && round < 50; round++) {
    const pulled = await adapter.pull?.(cursor, limit());
    posts.push(...(pulled?.posts ?? []));
    ({ cursor = undefined, more = false } = pulled ?? {});
  }
  return posts;
}
