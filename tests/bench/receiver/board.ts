import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * The other agency's board. It accepts a post, returns its id, and passes the text to `arrived`. It can be asked for a
 * post by our reference, as a hub asks after a lost reply. Many agencies may share it, each with its own path. A call
 * below `/hang` never gets a reply.
 */
export async function startBoard(arrived: (text: string) => void): Promise<{ url: string }> {
  const posts = new Map<string, string>();
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/hang')) return;
    if (request.url?.includes('/changes?')) {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"items":[]}');
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const found = posts.get(decodeURIComponent(request.url?.split('/').at(-1) ?? ''));
      const isQuestion = request.method === 'GET';
      const id = isQuestion ? found : `P-${posts.size + 1}`;
      if (!isQuestion && id) {
        const text = Buffer.concat(chunks).toString();
        posts.set(/"ref":"([^"]+)"/.exec(text)?.[1] ?? id, id);
        arrived(text);
      }
      const reply = id ? `{"id":"${id}"}` : '{}';
      response.writeHead(id ? (isQuestion ? 200 : 201) : 404, {
        'content-type': 'application/json',
        'content-length': reply.length,
      });
      response.end(reply);
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
