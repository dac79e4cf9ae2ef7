import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The other agency's board: takes a post, says what it calls it, and tells `arrived` the text. */
export async function startBoard(arrived: (text: string) => void): Promise<{ url: string }> {
  let posts = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      arrived(Buffer.concat(chunks).toString());
      posts += 1;
      const reply = `{"id":"P-${posts}"}`;
      response.writeHead(201, { 'content-type': 'application/json', 'content-length': reply.length });
      response.end(reply);
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
