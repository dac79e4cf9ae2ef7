/**
 * Products that were read and not run here. A server answers in the shapes that their documentation shows, with values
 * of our own: it proves what the file makes of such replies, and nothing of the product.
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';
import { parse } from 'yaml';
import { restAdapter } from '../../../../adapters/rest/index.ts';
import { inWords } from '../../../support/in-words.ts';

const folder = new URL('../../../../adapters/rest/products/', import.meta.url);
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

export type Replies = Record<string, unknown>;

/** Replies by method and path; of the query they know nothing. `asked` keeps whole addresses, `sent` the bodies. */
export async function connect(file: string, replies: Replies) {
  const asked: URL[] = [];
  const sent: unknown[] = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '', 'http://board');
    asked.push(url);
    let body = '';
    for await (const chunk of request) body += chunk;
    if (body) sent.push(JSON.parse(body));
    const reply = replies[`${request.method} ${url.pathname}`];
    response.writeHead(reply === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(reply ?? {}));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  ends.push(() => new Promise((resolve) => server.close(resolve)));
  const { settings } = parse(await readFile(new URL(file, folder), 'utf8')).board;
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const context = {
    agency: 'desk',
    timeZone: 'Asia/Seoul',
    networks: ['127.0.0.0/8'],
    secret: () => 'secret-of-a-test',
  };
  const adapter = restAdapter.create({ ...settings, endpoint }, context);
  ends.push(() => adapter.close());
  const pull = async () => {
    const { posts = [] } = (await adapter.pull?.(undefined, AbortSignal.timeout(10_000))) ?? {};
    return {
      posts,
      results: await Promise.all(posts.map(async ({ raw }) => inWords(await adapter.normalise(raw)))),
    };
  };
  return { adapter, asked, sent, pull };
}

/** What must never leave the agency. */
export const hidden = '숨은 메모';
