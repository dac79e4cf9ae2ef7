import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { findDigestProblem } from '../../access/keys/content-digest.ts';
import type { FindBySecret } from '../../access/keys/find-by-secret.ts';
import type { Caller } from '../../access/keys/scopes.ts';
import type { Directory } from '../../configuration/directory.ts';
import { Refusal, sendProblem } from '../../http/problem.ts';
import { lifetimeOf, type RequestLifetime } from '../../http/request-lifetime.ts';
import { type AgencyCallsDependencies, createAgencyCalls } from '../calls/agency-calls.ts';
import { createAttachmentCalls } from '../calls/attachment-calls.ts';
import { readIdempotencyKey } from '../calls/idempotency-key.ts';
import type { Entry, Gate, Knock } from '../gate/gate.ts';
import type { SeenMessages } from '../gate/seen-messages.ts';
import type { Strangers } from '../gate/strangers.ts';
import { type Claim, createIdentify, readAuthorization, waysIn } from './credentials.ts';
import { serveDescription } from './description.ts';
import { mustUnderstandAll, readEnvelope, type SoapVersion, versionByContentType } from './envelope.ts';
import { toFault, toSoapRefusal } from './fault.ts';
import { findOperation, largestCall, mustFindOperation } from './operations.ts';
import { createSigners } from './security/signers.ts';
import { hubNamespace } from './values.ts';

export interface SoapDoorDependencies extends AgencyCallsDependencies {
  directory: Pick<Directory, 'listAgencies' | 'findAgency'>;
  gate: Gate;
  seen: SeenMessages;
  strangers: Strangers;
  findBySecret: FindBySecret | undefined;
  /** Whether the hub's own machine may send passwords as text without TLS, for development. */
  plainLoopback: boolean;
  log: Logger;
  /** The address by which callers reach the hub. Without it, the address of the request is used. */
  publicUrl?: string | undefined;
}

/** Bytes that are read from any caller. A larger body needs one of the strangers' places. */
const smallBody = 64 * 1024;
/** Bytes of a call, if its operation gives no other number. */
const usualLimit = 1024 * 1024;
const mediaTypes = ['text/xml', 'application/soap+xml', 'application/xml'];

/** SOAP 1.1 and 1.2 for partner agencies: what schemas/hub.wsdl describes, at `/v1` below the prefix. */
export async function soapDoor(app: FastifyInstance, dependencies: SoapDoorDependencies): Promise<void> {
  const { directory, gate, seen, strangers, findBySecret, plainLoopback, log, publicUrl } = dependencies;
  const calls = createAgencyCalls(dependencies, 'soap');
  const files = createAttachmentCalls(dependencies);
  const identify = createIdentify({ findBySecret, listSigners: createSigners(directory), seen });

  readBytes(app);
  tellFailures(app, log);

  async function enter(claim: Claim, request: FastifyRequest, lifetime: RequestLifetime): Promise<Entry> {
    const { caller, user } = claim;
    const entry = await gate.enter(toKnock(request, claim), lifetime);
    const said = caller?.agency ?? user;
    if (said === undefined || said === entry.caller.agency) return entry;
    throw strangers.turnAway(request.ip, new Refusal('unauthenticated', waysIn));
  }

  async function answer(request: FastifyRequest, reply: FastifyReply, caller: Caller, { operation }: Claim) {
    return mustFindOperation(operation).perform({
      calls,
      files,
      caller,
      element: operation,
      idempotencyKey: readIdempotencyKey(request.headers['idempotency-key']),
      signal: lifetimeOf(reply).ended,
    });
  }

  /** WS-Security names the sender inside the body. So the cost of reading a body before that is limited. */
  async function expectBody(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { headers } = request;
    const size =
      headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : Infinity;
    if (size <= smallBody || (await gate.knows(toKnock(request, readAuthorization(headers.authorization)))))
      return;
    strangers.takePlace(request.ip, lifetimeOf(reply));
  }

  app.post('/v1', { bodyLimit: largestCall, onRequest: expectBody }, async (request, reply) => {
    let version = versionByContentType(request.headers['content-type']);
    try {
      const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const envelope = readEnvelope(bytes, request.headers['content-type']);
      version = envelope.version;
      if (bytes.length > (findOperation(envelope.operation)?.bodyLimit ?? usualLimit))
        throw new Refusal('too-large');
      mustUnderstandAll(envelope);
      const { authorization } = request.headers;
      const confidential = request.protocol === 'https' || (plainLoopback && isLoopback(request.ip));
      const claim = await identify({ envelope, authorization, confidential }).catch((error) => {
        throw error instanceof Refusal ? strangers.turnAway(request.ip, error) : error;
      });
      const entry = await enter(claim, request, lifetimeOf(reply));
      const content = await answer(request, reply.headers(entry.headers), entry.caller, claim);
      const name = `${claim.operation.name}Response`;
      return sendEnvelope(reply, version, `<${name} xmlns="${hubNamespace}">${content}</${name}>`);
    } catch (cause) {
      throw new FailedCall(version, cause);
    }
  });
  serveDescription(app, publicUrl);
}

function toKnock(
  request: FastifyRequest,
  { key, caller, signed }: Pick<Claim, 'key' | 'caller' | 'signed'>,
): Knock {
  const { ip: address, method, originalUrl: target, headers, socket } = request;
  return { key, caller, signed, address, method, target, headers, socket };
}

function readBytes(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    mediaTypes,
    { parseAs: 'buffer', bodyLimit: largestCall },
    (request, body, done) => {
      // An HTTP signature (RFC 9421) covers this header, so the body must match its digest.
      const digest = request.headers['content-digest'];
      const problem = typeof digest === 'string' ? findDigestProblem(digest, body as Buffer) : undefined;
      if (problem) return done(new Refusal('malformed', problem));
      done(null, body);
    },
  );
}

function tellFailures(app: FastifyInstance, log: Logger): void {
  app.setErrorHandler((error, request, reply) => {
    // A route answers in the version that it read. Elsewhere nothing is read yet.
    const { version = versionByContentType(request.headers['content-type']) } = error as FailedCall;
    const cause = error instanceof FailedCall ? error.cause : error;
    const refusal = toSoapRefusal(cause);
    if (!refusal) log.error({ err: cause, request: request.id }, 'a call at the SOAP door failed');
    // This is no SOAP call: a fault of SOAP 1.1 would have the status 500.
    if (request.method !== 'POST') return sendProblem(reply, refusal ?? new Refusal('unavailable'));
    const { status, body, retryAfter } = toFault(version, cause);
    if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
    return sendEnvelope(reply.status(status), version, body);
  });
}

/** A failure, with the version of SOAP for the reply. */
class FailedCall extends Error {
  readonly version: SoapVersion;
  constructor(version: SoapVersion, cause: unknown) {
    super('the call failed', { cause });
    this.version = version;
  }
}

const isLoopback = (address: string) => /^(127\.|::1$|::ffff:127\.)/.test(address);

function sendEnvelope(reply: FastifyReply, version: SoapVersion, body: string): FastifyReply {
  return reply
    .type(version.contentType)
    .send(
      `<?xml version="1.0" encoding="UTF-8"?>\n<soap:Envelope xmlns:soap="${version.namespace}"><soap:Body>${body}</soap:Body></soap:Envelope>`,
    );
}
