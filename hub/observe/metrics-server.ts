import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import type { Settings } from '../settings.ts';
import type { Metrics } from './metrics.ts';

const headers = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

/**
 * `/metrics` on its own port, which only Prometheus has to reach. It names agencies and how much waits for them, and
 * queries the database for that each time. `url` is its whole address.
 */
export async function startMetricsServer(
  metrics: Metrics,
  settings: Required<Pick<Settings, 'METRICS_HOST' | 'METRICS_PORT'>>,
  log: Logger,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const isAsked = request.method === 'GET' && request.url?.split('?')[0] === '/metrics';
    if (isAsked) void send(metrics, response, log);
    else response.writeHead(404, headers).end();
  });
  server.listen({ host: settings.METRICS_HOST, port: settings.METRICS_PORT });
  await once(server, 'listening');
  const { address, family, port } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}/metrics`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function send(metrics: Metrics, response: ServerResponse, log: Logger): Promise<void> {
  try {
    const { contentType, body } = await metrics.render();
    response.writeHead(200, { 'content-type': contentType, ...headers }).end(body);
  } catch (error) {
    log.warn({ err: error }, 'the metrics could not be read');
    response.writeHead(503, headers).end();
  }
}
