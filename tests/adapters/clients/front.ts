import { once } from 'node:events';
import {
  request as call,
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';

/** A request that came to the front. */
interface Came {
  at: number;
  method: string;
  target: string;
  headers: IncomingHttpHeaders;
}

/** `break`: the hub does the work, and its reply is lost. `tear`: half of the reply arrives. */
type Behaviour =
  | 'pass'
  | 'break'
  | 'tear'
  | { status: number; headers?: Record<string, string>; body?: string };

/** What stands before a hub, such as a proxy, and treats the n-th request (from 1) as a test says. */
export interface Front {
  url: string;
  came: Came[];
  behave(n: number, came: Came): Behaviour;
  /** Forgets what came, and passes everything. */
  reset(): void;
  close(): Promise<void>;
}

export async function openFront(hubUrl: string): Promise<Front> {
  const front: Front = {
    url: '',
    came: [],
    behave: () => 'pass',
    reset() {
      front.came = [];
      front.behave = () => 'pass';
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    const came = { at: Date.now(), method, target: url, headers };
    front.came.push(came);
    const behaviour = front.behave(front.came.length, came);
    if (typeof behaviour === 'object') {
      request.resume();
      await once(request, 'end');
      return void response.writeHead(behaviour.status, behaviour.headers).end(behaviour.body);
    }
    const passed = call(hubUrl + url, { method, headers });
    const gone = () => response.destroy();
    passed.on('error', gone);
    // A caller who leaves takes his call back, also one that the hub holds.
    response.on('close', () => passed.destroy());
    passed.on('response', (reply) => void giveBack(reply, response, behaviour).catch(gone));
    request.pipe(passed);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  front.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return front;
}

async function giveBack(
  reply: IncomingMessage,
  response: ServerResponse,
  behaviour: Behaviour,
): Promise<void> {
  const { statusCode = 502, headers } = reply;
  if (behaviour === 'pass') {
    response.writeHead(statusCode, headers);
    await pipeline(reply, response);
    return;
  }
  const bytes = Buffer.concat(await reply.toArray());
  if (behaviour === 'break') return void response.destroy();
  response.writeHead(statusCode, { ...headers, 'content-length': bytes.length });
  response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
}
