import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { findDigestProblem } from '../../access/keys/content-digest.ts';
import type { FindBySecret } from '../../access/keys/find-by-secret.ts';
import type { LiveDirectory } from '../../configuration/live-directory.ts';
import { dropAfterAnswer } from '../../http/body-stream.ts';
import { noteCall } from '../../http/noted-call.ts';
import { Refusal, sendProblem } from '../../http/problem.ts';
import { lifetimeOf } from '../../http/request-lifetime.ts';
import { type AgencyCallsDependencies, createAgencyCalls } from '../calls/agency-calls.ts';
import { createAttachmentCalls } from '../calls/attachment-calls.ts';
import { readIdempotencyKey } from '../calls/idempotency-key.ts';
import type { Gate } from '../gate/gate.ts';
import type { SeenMessages } from '../gate/seen-messages.ts';
import type { Strangers } from '../gate/strangers.ts';
import { toAddressingHeader } from './addressing.ts';
import { largestCall } from './attachment-operations.ts';
import { createIdentify, readAuthorization } from './credentials.ts';
import { serveDescription } from './description.ts';
import { versionByContentType } from './envelope.ts';
import { isOfEnvelope, toFault, toSoapRefusal } from './fault.ts';
import { createLetIn, type Seen, toKnock } from './let-in.ts';
import { type Message, readMessage } from './message.ts';
import { sendAnswer, sendEnvelope, takesXop } from './reply.ts';
import { createSigners } from './security/signers.ts';
import { hubNamespace } from './values.ts';

export interface SoapDoorDependencies extends AgencyCallsDependencies {
  directory: Pick<LiveDirectory, 'listAgencies' | 'findAgency' | 'clock'>;
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
const mediaTypes = ['text/xml', 'application/soap+xml', 'application/xml'];

/** SOAP 1.1 and 1.2 for partner agencies: what schemas/hub.wsdl describes, at `/v1` below the prefix. */
export async function soapDoor(app: FastifyInstance, dependencies: SoapDoorDependencies): Promise<void> {
  const { store, directory, gate, strangers, findBySecret, plainLoopback, log, publicUrl } = dependencies;
  const calls = createAgencyCalls(dependencies, 'soap');
  const files = createAttachmentCalls(dependencies, 'soap');
  const listSigners = createSigners(directory);
  const identify = createIdentify({ findBySecret, listSigners, seen: dependencies.seen });
  const letIn = createLetIn({ gate, strangers, identify, plainLoopback });

  readBytes(app);
  tellFailures(app, log);

  /** WS-Security names the sender inside the body. So the cost of reading a body before that is limited. */
  async function expectBody(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { headers } = request;
    const size =
      headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : Infinity;
    if (size <= smallBody || (await gate.knows(toKnock(request, readAuthorization(headers.authorization)))))
      return;
    strangers.takePlace(request.ip, lifetimeOf(reply));
  }

  async function answer(request: FastifyRequest, reply: FastifyReply, message: Message, seen: Seen) {
    const { claim, entry, operation } = await letIn({ request, reply, message, seen });
    const answered = await operation.perform({
      store,
      calls,
      files,
      caller: entry.caller,
      element: claim.operation,
      spend: entry.spend,
      idempotencyKey: readIdempotencyKey(request.headers['idempotency-key']),
      enclosed: message.enclosed,
      takesXop: takesXop(request),
      signal: lifetimeOf(reply).ended,
    });
    const name = `${claim.operation.name}Response`;
    const header = seen.addressing ? toAddressingHeader(seen.addressing, claim.operation.name, false) : '';
    return sendAnswer(reply, seen.version, header, answered, (content) => {
      return `<${name} xmlns="${hubNamespace}">${content}</${name}>`;
    });
  }

  app.post('/v1', { bodyLimit: largestCall, onRequest: expectBody }, async (request, reply) => {
    const seen: Seen = { version: versionByContentType(request.headers['content-type']) };
    let message: Message | undefined;
    try {
      message = await readMessage(request, largestCall);
      return await answer(request, reply, message, seen);
    } catch (cause) {
      throw new FailedCall(seen, cause);
    } finally {
      await message?.enclosed?.close();
    }
  });
  serveDescription(app, publicUrl);
}

function readBytes(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  // A file may come beside the envelope. It is read when it is known who sends it.
  app.addContentTypeParser('multipart/related', (_request, payload, done) => done(null, payload));
  dropAfterAnswer(app);
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
    const seen: Seen =
      error instanceof FailedCall
        ? error.seen
        : { version: versionByContentType(request.headers['content-type']) };
    const cause = error instanceof FailedCall ? error.cause : error;
    const refusal = toSoapRefusal(cause);
    if (!refusal) log.error({ err: cause, request: request.id }, 'a call at the SOAP door failed');
    // This is no SOAP call: a fault of SOAP 1.1 would have the status 500.
    if (request.method !== 'POST') return sendProblem(reply, refusal ?? new Refusal('unavailable'));
    noteCall(request, { problem: (refusal ?? new Refusal('unavailable')).code });
    const { status, header, body, retryAfter } = toFault(seen.version, cause);
    if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
    const operation = isOfEnvelope(cause) ? undefined : seen.operation;
    const addressing = seen.addressing ? toAddressingHeader(seen.addressing, operation, true) : '';
    return sendEnvelope(reply.status(status), seen.version, { header: addressing + header, body });
  });
}

/** A failure, with what is known for the reply. */
class FailedCall extends Error {
  readonly seen: Seen;
  constructor(seen: Seen, cause: unknown) {
    super('the call failed', { cause });
    this.seen = seen;
  }
}
