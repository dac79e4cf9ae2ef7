import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { limitSendingTime } from '../../../hub/http/sending-time.ts';

const limit = 100;
let app: FastifyInstance;
const sockets: Socket[] = [];
let letGo = () => {};
beforeAll(async () => {
  app = fastify();
  app.addHook('onRequest', limitSendingTime(limit));
  app.post('/words', async () => 'words');
  app.post('/files', { config: { carriesFiles: true } }, async () => 'files');
  app.get('/late', () => new Promise((resolve) => (letGo = () => resolve('late'))));
  await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await app.close();
});

const head = (line: string, length: number) =>
  `${line} HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;
async function begin(text: string): Promise<Socket> {
  const socket = connect((app.server.address() as { port: number }).port, '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => undefined).write(text);
  await once(socket, 'connect');
  return socket;
}
async function read(socket: Socket): Promise<string> {
  const [chunk] = (await once(socket, 'data')) as [Buffer];
  return chunk.toString();
}

it('closes on who does not end what it sends, but not where files come', { timeout: 10_000 }, async () => {
  const files = await begin(`${head('POST /files', 8)}"half`);
  const waiting = await begin('GET /late HTTP/1.1\r\nhost: a\r\n\r\n');
  // Begun last, so that the time of the others is over too when its is.
  for (const path of ['/words', '/nowhere']) {
    const slow = await begin(`${head(`POST ${path}`, 8)}"half`);
    const began = Date.now();
    if (!slow.closed) await once(slow, 'close');
    expect(Date.now() - began).toBeLessThan(5_000);
  }
  files.write('ed"');
  expect(await read(files)).toMatch(/^HTTP\/1.1 200 .*files$/s);
  letGo();
  expect(await read(waiting)).toMatch(/^HTTP\/1.1 200 .*late$/s);
});
