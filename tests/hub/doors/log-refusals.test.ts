import fastify from 'fastify';
import { pino } from 'pino';
import { afterAll, expect, it } from 'vitest';
import { logRefusals } from '../../../hub/doors/log-refusals.ts';
import { nameRequests } from '../../../hub/http/request-id.ts';

const lines: Record<string, unknown>[] = [];
const log = pino(
  { level: 'debug' },
  { write: (line) => lines.push(JSON.parse(line) as Record<string, unknown>) },
);
const app = fastify();
afterAll(() => app.close());
const levels = { debug: 20, info: 30 };

it('a refused call is found by what its caller was told, and strangers fill no log', async () => {
  nameRequests(app);
  logRefusals(app, log);
  app.decorateRequest('entry');
  app.decorateRequest('admin');
  app.addHook('onRequest', async (request) => {
    if (request.headers.authorization)
      request.entry = { caller: { agency: 'kotra' } } as typeof request.entry;
    const login = request.headers['x-administrator'];
    if (login) request.admin = { login, keyId: 'k1' } as typeof request.admin;
  });
  app.get<{ Params: { status: string } }>('/status/:status', async ({ params }, reply) =>
    reply.status(Number(params.status)).send({}),
  );
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  const headers = {
    authorization: 'x',
    'x-request-id': 'call-7',
    traceparent: `00-${traceId}-00f067aa0ba902b7-01`,
  };
  await app.inject({ url: '/status/409', headers: { 'x-administrator': 'kim' } });
  expect(lines.splice(0)).toMatchObject([
    { level: levels.info, administrator: 'kim', key: 'k1', status: 409 },
  ]);
  for (const status of [200, 422, 429]) await app.inject({ url: `/status/${status}?text=secret`, headers });
  await app.inject('/status/401');
  expect(lines).toMatchObject([
    {
      level: levels.info,
      request: 'call-7',
      trace: traceId,
      agency: 'kotra',
      method: 'GET',
      route: '/status/:status',
      status: 422,
    },
    { level: levels.debug, status: 429 },
    { level: levels.debug, status: 401 },
  ]);
  expect(JSON.stringify(lines)).not.toContain('secret');
});
