import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { createBoardHttp } from '../../../../adapters/kit/http/http.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

const text = '{"title":"민원 제목"}';
const packings: [string, (bytes: Buffer) => Buffer][] = [
  ['gzip', gzipSync],
  ['GZIP', gzipSync],
  ['x-gzip', gzipSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
  ['br', brotliCompressSync],
  ['zstd', zstdCompressSync],
  ['identity', (bytes) => bytes],
  ['deflate, gzip', (bytes) => gzipSync(deflateSync(bytes))],
];

/** A server that packs what it says, though nobody asked for it. */
async function connect(encoding: string, bytes: Buffer, maxReplyBytes = 100_000) {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': encoding }).end(bytes);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const context = { secret: () => '', networks: ['127.0.0.0/8'] };
  const http = createBoardHttp({ endpoint, auth: { kind: 'none' }, maxReplyBytes }, context);
  ends.push(async () => {
    await http.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const request = { method: 'GET', path: '' };
  return {
    send: () => http.send(request, AbortSignal.timeout(20_000)),
    stream: async () => {
      const { content } = await http.stream(request, AbortSignal.timeout(20_000));
      const chunks: Uint8Array[] = [];
      for await (const chunk of content) chunks.push(chunk);
      return Buffer.concat(chunks).toString();
    },
  };
}

test.each(packings)('a reply that came packed as %s is read', async (encoding, pack) => {
  const { send, stream } = await connect(encoding, pack(Buffer.from(text)));
  expect((await send()).text).toBe(text);
  expect(await stream()).toBe(text);
});

test.each([
  ['gzip', gzipSync],
  ['br', brotliCompressSync],
  ['zstd', zstdCompressSync],
] as const)('a small %s that holds much is refused when the limit is reached', async (encoding, pack) => {
  const { send } = await connect(encoding, pack(Buffer.alloc(50 * 1024 * 1024)), 100_000);
  await expect(send()).rejects.toMatchObject({ kind: 'malformed', message: 'the reply is too large' });
});

test.each([
  ['compress', Buffer.from(text), /packed as compress/],
  ['constructor', Buffer.from(text), /packed as constructor/],
  ['gzip, gzip, gzip', gzipSync(gzipSync(gzipSync(text))), /packed 3 times/],
  ['gzip', Buffer.from(text), /cannot be unpacked/],
  ['br', Buffer.from(text), /cannot be unpacked/],
  ['gzip', gzipSync(text.repeat(100)).subarray(0, 40), /cannot be unpacked/],
])('a reply labelled %s that cannot be unpacked is malformed', async (encoding, bytes, message) => {
  const { send, stream } = await connect(encoding, bytes);
  await expect(send()).rejects.toMatchObject({ kind: 'malformed', message: expect.stringMatching(message) });
  await expect(stream()).rejects.toMatchObject({
    kind: 'malformed',
    message: expect.stringMatching(message),
  });
});
