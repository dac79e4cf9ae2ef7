import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CallLog, Door } from '../access/calls/call-log.ts';

/** Keeps each call of a known agency, for its engineer. */
export function logCalls(app: FastifyInstance, calls: CallLog): void {
  app.addHook('onResponse', async (request, reply) => {
    const { agency, keyId = null, problem = null, operation } = request.notedCall ?? {};
    const door = findDoor(request.routeOptions.url);
    if (agency === undefined || door === undefined) return;
    calls.note({
      agency,
      door,
      keyId,
      problem,
      operation: operation ?? toOperation(request, door),
      status: reply.statusCode,
      ms: Math.min(mostMs, Math.round(reply.elapsedTime)),
      request: request.id,
    });
  });
  app.addHook('onClose', () => calls.stop());
}

/** The most that PostgreSQL's integer holds. */
const mostMs = 2_147_483_647;

const doors: [prefix: string, door: Door][] = [
  ['/api/v1/boards/', 'posts'],
  ['/api', 'rest'],
  ['/soap', 'soap'],
  ['/agent/v1', 'agent'],
];

const findDoor = (route = ''): Door | undefined => doors.find(([prefix]) => route.startsWith(prefix))?.[1];

function toOperation({ method, routeOptions }: FastifyRequest, door: Door): string | null {
  const { operationId } = (routeOptions.schema ?? {}) as { operationId?: string };
  if (operationId !== undefined) return operationId;
  return door === 'agent' ? `${method} ${routeOptions.url?.replace('/agent/v1', '')}` : null;
}
