import type { FastifyInstance } from 'fastify';
import { signatureTolerance } from '../access/keys/request-signature.ts';
import { usualDoorLimits } from '../configuration/door-limits.ts';
import { toDescribedUrl } from '../http/base-url.ts';
import { mostBatchItems } from './rest/batch-route.ts';
import { restBodyLimit } from './rest/rest-door.ts';

/** `/.well-known/minwon-hub` (RFC 8615): the doors' addresses, their descriptions, the time, and what is open. */
export function discoveryRoute(app: FastifyInstance, publicUrl: string | undefined): void {
  app.get('/.well-known/minwon-hub', async (request, reply) => {
    const base = toDescribedUrl(publicUrl, request);
    reply.header('cache-control', 'no-store').header('access-control-allow-origin', '*');
    return {
      name: 'minwon-hub',
      time: new Date().toISOString(),
      doors: [
        {
          kind: 'rest',
          version: 'v1',
          url: `${base}/api/v1`,
          openapi: `${base}/api/v1/openapi.json`,
          documentation: `${base}/api/v1/docs/`,
          selfTest: `${base}/api/v1/self-test`,
        },
        {
          kind: 'soap',
          version: 'v1',
          url: `${base}/soap/v1`,
          wsdl: `${base}/soap/v1?wsdl`,
          wsdl12: `${base}/soap/v1?wsdl12`,
          xsd: `${base}/soap/v1?xsd`,
        },
        { kind: 'agent', version: 'v1', url: `${base}/agent/v1`, package: `${base}/agent/v1/package` },
      ],
      credentials: ['bearer', 'http-message-signatures'],
      limits: {
        ...usualDoorLimits,
        note: 'per agency unless agreed otherwise; see the RateLimit-Policy header',
        bodyBytes: restBodyLimit,
        batchItems: mostBatchItems,
        changesAtOnce: 500,
        longPollSeconds: 30,
        clockSkewSeconds: signatureTolerance,
      },
    };
  });
}
