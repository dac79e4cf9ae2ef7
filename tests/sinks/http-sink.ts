import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SinkRequest {
  url: URL;
  headers: IncomingMessage['headers'];
  body: string;
}
export interface SinkReply {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}
/** What goes wrong with the next request: before the sink acts, after it has, or an answer of its own. */
type HttpFault = 'reset-before' | 'reset-after' | 'hang' | SinkReply;

/** A gateway on 127.0.0.1 with faults that are used up one by one. */
export async function startHttpSink(
  port: number,
  answer: (request: SinkRequest) => SinkReply | Promise<SinkReply>,
) {
  const faults: HttpFault[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const fault = faults.shift();
    if (fault === 'reset-before') return request.socket.destroy();
    if (fault === 'hang') return;
    const asked = {
      url: new URL(request.url ?? '/', 'http://sink'),
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    };
    const reply = typeof fault === 'object' ? fault : await answer(asked);
    if (fault === 'reset-after') return request.socket.destroy();
    const text = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers }).end(text);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** The next requests fail like this, in order. */
    faults,
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
