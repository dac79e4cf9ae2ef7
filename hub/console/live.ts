import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { listValidSessions } from '../access/people/sessions.ts';
import { lifetimeOf } from '../http/request-lifetime.ts';
import { sessionsEnded } from '../store/signals/change-signal.ts';
import { signalChannels } from '../store/signals/signal-channels.ts';
import type { ConsoleDeps } from './visit/console-context.ts';

/** Proxies close connections that are silent for longer. Expired sessions are found at the same interval. */
const heartbeatSeconds = 20;
/** The most pages that listen at once: in one process, and of one person. A page listens only while it is visible. */
const mostListeners = { all: 1000, person: 12 };
/** Milliseconds from the writing of a page to its first contact here. The page hears of changes in between. */
const loadingTime = 10_000;

interface Listener {
  response: ServerResponse;
  session: string;
  user: string;
}

/**
 * `/events`: tells open pages to look again. It says nothing else, so it reveals nothing. If the connection to the
 * database breaks, it is made again and all pages look. A stream ends with its session.
 */
export function livePages(app: FastifyInstance, { store, log }: ConsoleDeps): void {
  const listeners = new Set<Listener>();
  let changedAt = Number.NEGATIVE_INFINITY;
  const tell = (text: string) => {
    for (const { response } of listeners) response.write(text);
  };
  const look = () => {
    changedAt = Date.now();
    tell(lookAgain);
  };
  const endWithSessions = async () => {
    const valid = await listValidSessions(
      store,
      [...listeners].map(({ session }) => session),
    );
    for (const { session, response } of listeners) if (!valid.has(session)) response.end();
  };
  const check = () =>
    void endWithSessions().catch((err) =>
      log.warn({ err }, 'live pages were not compared with their sessions'),
    );
  const stop = store.listener.listen(
    signalChannels.changes,
    (said) => (said === sessionsEnded ? check() : look()),
    log,
  );
  const heartbeat = setInterval(() => {
    tell(':\n\n');
    if (listeners.size > 0) check();
  }, heartbeatSeconds * 1000);
  heartbeat.unref();

  app.get('/events', (request, reply) => {
    const { id: user } = request.signedIn();
    const own = [...listeners].filter((one) => one.user === user).length;
    if (own >= mostListeners.person) return reply.code(429).header('retry-after', heartbeatSeconds).send();
    if (listeners.size >= mostListeners.all) return reply.code(503).send();
    reply.hijack();
    const response = reply.raw;
    const listener = { response, user, session: request.session?.id ?? '' };
    listeners.add(listener);
    lifetimeOf(reply).atEnd(() => listeners.delete(listener));
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
    });
    response.write('retry: 3000\n\n');
    if (Date.now() - changedAt < loadingTime) response.write(lookAgain);
  });

  // Open streams would keep the server from closing.
  app.addHook('preClose', async () => {
    clearInterval(heartbeat);
    for (const { response } of listeners) response.end();
    stop();
  });
}

const lookAgain = 'event: look\ndata:\n\n';
