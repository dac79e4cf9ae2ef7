import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import type { Settings } from '../settings.ts';
import { openDirectTls } from './direct-tls.ts';
import { Refusal, toProblemDetails } from './problem.ts';
import { toReplyHeaders } from './reply-headers.ts';
import { toRequestId, toRequestUri } from './request-id.ts';

/**
 * Takes the place of console and doors while the hub cannot start yet. It answers that the hub is alive, and why it is
 * not ready.
 */
export interface WaitingDoor {
  /** Opens at the first call. Every caller is told `reason`. */
  say(reason: string): Promise<void>;
  /** Frees the port. */
  close(): Promise<void>;
}

const askAgainAfter = '10';

export function createWaitingDoor(settings: Settings, log: Logger): WaitingDoor {
  let server: ReturnType<typeof createServer> | undefined;
  let reason = '';
  const isHttps =
    settings.TLS_CERT_FILE !== undefined || (settings.PUBLIC_URL?.startsWith('https:') ?? false);
  const answer: RequestListener = (request, response) => {
    request.resume();
    const isLive = request.url === '/health/live';
    const id = toRequestId(request);
    // Callers of the doors read a problem, as their description says.
    const isProblem = /^\/(?:api|agent)\//.test(request.url ?? '');
    const said = isProblem
      ? toProblemDetails(new Refusal('unavailable', reason), toRequestUri(id))
      : { status: isLive ? 'live' : reason };
    response.writeHead(isLive ? 200 : 503, {
      ...toReplyHeaders(isHttps),
      'content-type': `application/${isProblem ? 'problem+' : ''}json; charset=utf-8`,
      'cache-control': 'no-store',
      'x-request-id': id,
      ...(!isLive && { 'retry-after': askAgainAfter }),
    });
    response.end(JSON.stringify(said));
  };

  async function open(): Promise<void> {
    const tls = openDirectTls(settings, log);
    const mine = tls ? createTlsServer(tls.options, answer) : createServer(answer);
    server = mine;
    await new Promise<void>((resolve, reject) => {
      mine.once('error', reject).listen({ host: settings.HOST, port: settings.PORT }, resolve);
    });
    const { port } = mine.address() as AddressInfo;
    log.info({ port }, 'listening, and not ready yet');
  }
  return {
    async say(text) {
      reason = text;
      if (!server && settings.ROLES.split(',').includes('api')) await open();
    },
    async close() {
      const closing = server;
      server = undefined;
      if (!closing) return;
      closing.closeAllConnections();
      await new Promise((resolve) => closing.close(resolve));
    },
  };
}
