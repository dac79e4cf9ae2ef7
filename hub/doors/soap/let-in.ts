import type { FastifyReply, FastifyRequest } from 'fastify';
import { RelatedError } from '../../../adapters/kit/http/multipart-related.ts';
import { toReason } from '../../../schemas/reason.ts';
import { noteCall } from '../../http/noted-call.ts';
import { Refusal } from '../../http/problem.ts';
import { lifetimeOf, type RequestLifetime } from '../../http/request-lifetime.ts';
import type { Entry, Gate, Knock } from '../gate/gate.ts';
import type { Strangers } from '../gate/strangers.ts';
import { type Addressing, findAddressing, mustBeAnsweredHere } from './addressing.ts';
import { type Claim, type createIdentify, waysIn } from './credentials.ts';
import type { Operation } from './define-operation.ts';
import { mustUnderstandAll, readEnvelope, type SoapVersion } from './envelope.ts';
import type { Message } from './message.ts';
import { findOperation, mustFindOperation } from './operations.ts';
import type { XmlElement } from './read-xml.ts';
import { isInclude } from './values.ts';

/** What is known of a call, for its reply. */
export interface Seen {
  version: SoapVersion;
  /** Absent: the caller does not use WS-Addressing. */
  addressing?: Addressing | undefined;
  /** The name of the operation, once its caller is let in. */
  operation?: string;
}

interface Knocking {
  request: FastifyRequest;
  reply: FastifyReply;
  message: Message;
  /** What is learnt is entered here, so that a fault has it too. */
  seen: Seen;
}

interface LetInDependencies {
  gate: Gate;
  strangers: Strangers;
  identify: ReturnType<typeof createIdentify>;
  plainLoopback: boolean;
}

/** Bytes of an envelope, if its operation gives no other number. */
const usualLimit = 1024 * 1024;

/** Finds out who calls, and what. Nothing beside the envelope is read until then. Errors: Refusal and those of an envelope. */
export function createLetIn({ gate, strangers, identify, plainLoopback }: LetInDependencies) {
  async function enter(claim: Claim, request: FastifyRequest, lifetime: RequestLifetime): Promise<Entry> {
    const { caller, user } = claim;
    const entry = await gate.enter(toKnock(request, claim), lifetime);
    const said = caller?.agency ?? user;
    if (said === undefined || said === entry.caller.agency) return entry;
    throw strangers.turnAway(request.ip, new Refusal('unauthenticated', waysIn));
  }

  return async ({ request, reply, message, seen }: Knocking) => {
    const envelope = readEnvelope(message.bytes, message.contentType);
    seen.version = envelope.version;
    seen.addressing = findAddressing(envelope);
    if (message.bytes.length > (findOperation(envelope.operation)?.bodyLimit ?? usualLimit))
      throw new Refusal('too-large');
    mustUnderstandAll(envelope);
    if (seen.addressing) mustBeAnsweredHere(envelope, seen.addressing);
    const { authorization } = request.headers;
    const confidential = isConfidential(request, plainLoopback);
    const claim = await identify({ envelope, authorization, confidential }).catch((error) => {
      throw error instanceof Refusal ? strangers.turnAway(request.ip, error) : error;
    });
    const entry = await enter(claim, request, lifetimeOf(reply));
    reply.headers(entry.headers);
    const operation: Operation = mustFindOperation(claim.operation);
    seen.operation = claim.operation.name;
    noteCall(request, { operation: toOperationName(claim.operation.name) });
    await mustEncloseWell(message, claim);
    return { claim, entry, operation };
  };
}

/**
 * A file beside the envelope is named by the call and comes by MTOM. A signature does not cover it: what is signed is
 * the envelope with the file in it (XOP 1.0, chapter 1), and some toolkits sign the mere name. Errors: Refusal,
 * RelatedError.
 */
async function mustEncloseWell({ enclosed }: Message, { operation, signed }: Claim): Promise<void> {
  if (!hasInclude(operation)) return enclosed?.finish();
  if (!enclosed) throw new RelatedError(toReason('mtom_not_multipart'));
  if (signed)
    throw new Refusal(
      'malformed',
      'a signature does not cover a file beside the envelope: send the file as base64 in it, or without signature',
    );
}

/** As at the REST door, where names begin with a small letter. */
const toOperationName = (name: string): string => `${name[0]?.toLowerCase()}${name.slice(1)}`;

const hasInclude = (element: XmlElement): boolean => isInclude(element) || element.elements.some(hasInclude);

export function toKnock(
  request: FastifyRequest,
  { key, caller, signed }: Pick<Claim, 'key' | 'caller' | 'signed'>,
): Knock {
  const { ip: address, method, originalUrl: target, headers, socket } = request;
  const scheme = request.protocol === 'https' ? 'https' : 'http';
  const found: Knock['found'] = ({ agency, keyId }) => noteCall(request, { agency, keyId });
  return { key, caller, signed, address, method, scheme, target, headers, socket, found };
}

/** True if nobody between the caller and the hub can read the request. */
export const isConfidential = ({ protocol, ip }: FastifyRequest, plainLoopback: boolean): boolean =>
  protocol === 'https' || (plainLoopback && isLoopback(ip));

const isLoopback = (address: string) => /^(127\.|::1$|::ffff:127\.)/.test(address);
