import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** W3C Trace Context of this request, as the reply's `traceparent` says it. */
    trace: Trace;
  }
}

interface Trace {
  /** 32 hexadecimal digits: the caller's own, or new ones. */
  traceId: string;
  /** 16 hexadecimal digits for the hub's part of the trace. */
  spanId: string;
  /** 2 hexadecimal digits: whether the caller records the trace. */
  flags: string;
}

/** Characters of a caller's id that can stand in a log, a header and a URI as they are. */
const callersId = /^[A-Za-z0-9._~-]{1,128}$/;
/** https://www.w3.org/TR/trace-context/, section 3.2: all zeros and version ff are invalid; a later version may add fields. */
const traceparent =
  /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})(?:-.*)?$/;

/** The id of a request: the caller's X-Request-Id if it is a plain word, or else the trace id, or else a new one. */
export function toRequestId({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  if (typeof given === 'string' && callersId.test(given)) return given;
  return findTraceId(headers.traceparent)?.traceId ?? randomBytes(16).toString('hex');
}

/** The request as a URI, for RFC 9457's `instance`. */
export const toRequestUri = (id: string): string => `urn:minwon-hub:request:${id}`;

/** Continues the caller's trace, or begins one that is not recorded. */
function toTrace(header: string | string[] | undefined): Trace {
  const found = findTraceId(header);
  return {
    traceId: found?.traceId ?? randomBytes(16).toString('hex'),
    spanId: randomBytes(8).toString('hex'),
    flags: found?.flags ?? '00',
  };
}

function findTraceId(header: string | string[] | undefined): Pick<Trace, 'traceId' | 'flags'> | undefined {
  const [, version, traceId, flags] = (typeof header === 'string' && traceparent.exec(header)) || [];
  // Version 00 has nothing after the flags.
  if (!traceId || !flags || (version === '00' && String(header).length !== 55)) return undefined;
  return { traceId, flags };
}

/** Below `app`, every reply names its request and its trace, so that an engineer can quote a call to the operator. */
export function nameRequests(app: FastifyInstance): void {
  app.setGenReqId(toRequestId);
  app.decorateRequest('trace');
  app.addHook('onRequest', async (request, reply) => {
    const trace = toTrace(request.headers.traceparent);
    request.trace = trace;
    reply.header('x-request-id', request.id);
    reply.header('traceparent', `00-${trace.traceId}-${trace.spanId}-${trace.flags}`);
  });
}

/** What names a request in a line of the log. */
export const toLogged = ({ id, trace }: Pick<FastifyRequest, 'id' | 'trace'>) => ({
  request: id,
  trace: trace.traceId,
});
