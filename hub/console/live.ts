import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { changesChannel } from '../store/change-signal.ts';
import type { ConsoleDeps } from './console-context.ts';

/** Proxies close connections that are silent for longer. */
const heartbeatSeconds = 20;
/** Pages that listen at once in one process; further ones work without refreshing themselves. */
const mostListeners = 1000;

/**
 * `/events`: tells open pages to look again, and nothing else, so that it reveals nothing. When the connection that
 * listens for them breaks, it is made again and everybody looks.
 */
export function livePages(app: FastifyInstance, { store, log }: ConsoleDeps): void {
  const listeners = new Set<ServerResponse>();
  const tell = (text: string) => {
    for (const listener of listeners) listener.write(text);
  };
  const stop = store.listener.listen(changesChannel, () => tell('event: look\ndata:\n\n'), log);
  const heartbeat = setInterval(() => tell(':\n\n'), heartbeatSeconds * 1000);
  heartbeat.unref();

  app.get('/events', (request, reply) => {
    if (listeners.size >= mostListeners) return reply.code(503).send();
    reply.hijack();
    const response = reply.raw;
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write('retry: 3000\n\n');
    listeners.add(response);
    request.raw.on('close', () => listeners.delete(response));
  });

  // Open streams would keep the server from closing.
  app.addHook('preClose', async () => {
    clearInterval(heartbeat);
    for (const listener of listeners) listener.end();
    stop();
  });
}
