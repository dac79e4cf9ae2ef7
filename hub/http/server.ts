import type { Server as TlsServer } from 'node:tls';
import fastify, { type FastifyPluginAsync, LogController } from 'fastify';
import type { Logger } from 'pino';
import type { Settings } from '../settings.ts';
import type { Store } from '../store/database.ts';
import { findTrouble } from '../store/readiness.ts';
import { answerClientError } from './client-error.ts';
import { openDirectTls } from './direct-tls.ts';
import { limitPipelining } from './pipelining.ts';
import { Refusal, sendProblem, toRefusal } from './problem.ts';
import { toProxyCheck, warnOfUnknownProxy } from './proxy-trust.ts';
import { closeReplies, speaksHttps, toReplyHeaders } from './reply-headers.ts';
import { toRequestId } from './request-id.ts';
import { limitSendingTime } from './sending-time.ts';

export interface ServerDependencies {
  settings: Settings;
  store: Store;
  /** What is served besides health. Each part has its own errors. */
  parts: FastifyPluginAsync[];
  log: Logger;
}

/** Milliseconds for sending one request; and for one with a large file, on a slow line. */
const sendingTime = 30_000;
const requestTimeout = 300_000;
/** Requests of one connection that may wait for their replies. Clients send one, or a few. */
const mostUnanswered = 16;
/** Limits for the head of a request: its time, the interval of checking it (both in milliseconds), and its bytes. */
const readingLimits = { headersTimeout: 20_000, connectionsCheckingInterval: 5_000, maxHeaderSize: 16_384 };

/**
 * One port, with everything that applies to every request: time to send it, pipelining, trusted proxies, refusals,
 * health.
 */
export async function startServer({
  settings,
  store,
  parts,
  log,
}: ServerDependencies): Promise<{ url: string; close(): Promise<void> }> {
  const tls = openDirectTls(settings, log);
  const isProxy = toProxyCheck(settings.TRUST_PROXY);
  const app = fastify({
    // One line per unit of work: the doors log what they do, and not every request.
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout,
    ...(tls ? { https: { ...tls.options, ...readingLimits } } : { http: readingLimits }),
    trustProxy: isProxy,
    genReqId: toRequestId,
    forceCloseConnections: 'idle',
    // A path that cannot be decoded reaches no door and no hook, and fastify's own reply reveals its name.
    frameworkErrors: (_error, request, reply) =>
      sendProblem(
        reply.headers(toReplyHeaders(speaksHttps(settings.PUBLIC_URL, request))),
        new Refusal('malformed', 'the path is not percent-encoded UTF-8'),
      ),
    clientErrorHandler: answerClientError,
  });

  app.addHook('onRequest', limitPipelining(mostUnanswered));
  app.addHook('onRequest', limitSendingTime(sendingTime));
  app.addHook('onRequest', warnOfUnknownProxy(isProxy, log));
  app.addHook('onRequest', closeReplies(settings.PUBLIC_URL));
  // For requests to no door and no page. Doors and pages have their own handlers.
  app.setErrorHandler((error, request, reply) => {
    const refusal = toRefusal(error);
    if (!refusal) log.error({ err: error, path: request.routeOptions.url }, 'a request failed');
    return sendProblem(reply, refusal ?? new Refusal('unavailable'));
  });
  if (tls) {
    const stopFollowing = tls.follow(app.server as unknown as TlsServer);
    app.addHook('onClose', async () => stopFollowing());
  }

  app.get('/health/live', async () => ({ status: 'live' }));
  app.get('/health/ready', async (_request, reply) => {
    const trouble = await findTrouble(store);
    return trouble ? reply.status(503).send({ status: trouble }) : { status: 'ready' };
  });
  for (const part of parts) await app.register(part);
  const url = await app.listen({ host: settings.HOST, port: settings.PORT });
  return { url, close: () => app.close() };
}
