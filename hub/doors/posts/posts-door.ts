import type { FastifyInstance, FastifyRequest, FastifySchema } from 'fastify';
import type { Logger } from 'pino';
import { BoardError, type DeliveryOutcome } from '../../../adapters/contract.ts';
import { toPlainProblem, wordReason } from '../../../schemas/reason.ts';
import type { Caller } from '../../access/keys/scopes.ts';
import type { Directory } from '../../configuration/directory.ts';
import { toDoorLimits } from '../../configuration/door-limits.ts';
import type { TakeDelivery, TakenPost } from '../../exchange/intake/take-delivery.ts';
import { noteCall } from '../../http/noted-call.ts';
import { mustBeThere, Refusal, sendProblem } from '../../http/problem.ts';
import { lifetimeOf, type RequestLifetime } from '../../http/request-lifetime.ts';
import { findRuleBroken, type Gate, type GateDependencies } from '../gate/gate.ts';
import { toKnock } from '../json/enter.ts';
import { EnvelopeError, mustUnderstandAll, type SoapVersion, soap11 } from '../soap/envelope.ts';
import { toFault, toSoapRefusal } from '../soap/fault.ts';
import { sendEnvelope } from '../soap/reply.ts';
import { createReadToken, type TokenDependencies } from './read-token.ts';
import { findEnvelope, sendOwnReply, versionByHeaders } from './xml-posts.ts';

export interface PostsDoorDependencies extends TokenDependencies {
  directory: Directory;
  gate: Gate;
  gateRules: Pick<GateDependencies, 'limits' | 'strangers' | 'isProxy'>;
  takeDelivery: TakeDelivery;
  /** Only describes the route. */
  schema: FastifySchema;
  log: Logger;
}

/** Bytes of one request's body. */
const bodyLimit = 1024 * 1024;

declare module 'fastify' {
  interface FastifyRequest {
    /** True: the agency's own API key was shown. Otherwise the board proves itself by its signature. */
    isProved: boolean;
    /** What the board speaks, and is answered in. Undefined: no SOAP, as far as is known yet. */
    soapVersion: SoapVersion | undefined;
  }
}

type Named = FastifyRequest<{ Params: { code: string } }>;

/**
 * Where boards send posts by themselves, in their own format: a webhook or a SOAP call of the board needs no program
 * beside it. The board's proof covers the body, so the body is read before it is known who sent it; strangers' limits
 * hold until then.
 */
export async function postsDoor(app: FastifyInstance, dependencies: PostsDoorDependencies): Promise<void> {
  const { directory, gate, gateRules, takeDelivery, schema, log } = dependencies;
  const { limits, strangers, isProxy } = gateRules;
  const readToken = createReadToken(dependencies);

  tellFailures(app, log);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body));
  app.decorateRequest('isProved', false);
  app.decorateRequest('soapVersion', undefined);

  app.addHook('onRequest', async (request, reply) => {
    request.soapVersion = versionByHeaders(request.headers);
    const { code } = (request as Named).params;
    const knock = toKnock(request);
    const lifetime = lifetimeOf(reply);
    if (knock.key !== undefined || knock.headers['signature-input'] !== undefined) {
      const { caller, headers } = await gate.enter(knock, lifetime);
      reply.headers(headers);
      mustBeOf(code, caller);
      request.isProved = true;
      return;
    }
    if (!isSmall(request)) strangers.takePlace(request.ip, lifetime);
    const rules = directory.findAgency(code)?.doors ?? {};
    const refusal = findRuleBroken(rules, knock, false, isProxy);
    if (refusal) throw refusal;
  });

  /** A UsernameToken stands in the body. So it is read only here. */
  async function readEnvelope(request: Named & { body: Buffer }, lifetime: RequestLifetime): Promise<void> {
    const envelope = findEnvelope(request.body, request.headers['content-type']);
    request.soapVersion = envelope?.version;
    if (envelope) mustUnderstandAll(envelope);
    if (!envelope || request.isProved) return;
    const caller = await readToken(request, envelope, lifetime);
    if (!caller) return;
    mustBeOf(request.params.code, caller);
    request.isProved = true;
  }

  const options = { schema, validatorCompiler: () => () => true };
  app.post<{ Params: { code: string }; Body: Buffer }>('/:code/posts', options, async (request, reply) => {
    const { params, body, headers, ip } = request;
    const { code } = params;
    const lifetime = lifetimeOf(reply);
    await readEnvelope(request, lifetime);
    const { isProved } = request;
    const isOpen = takeDelivery.isOpen(code);
    if (!isOpen && isProved)
      throw new Refusal('conflict', `${code} has no board that sends posts (board.settings.received)`);
    const sent = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value]),
    );
    try {
      // An unknown agency is answered like a wrong signature: nobody learns here who takes part.
      if (!isOpen) throw new BoardError('unauthorised', 'not open');
      const taken = await takeDelivery.take(code, { headers: sent, body, isProved, at: new Date() });
      noteCall(request, { agency: code });
      if (!isProved) await limits.enter(code, toDoorLimits(directory.findAgency(code)?.doors), lifetime);
      mustBeThere(lifetime);
      const own = await answer(code, taken.map(toOutcome));
      return sendOwnReply(reply, request, own) ?? { posts: taken.map(toReplyPost) };
    } catch (error) {
      throw toDoorRefusal(error, (refusal) => strangers.turnAway(ip, refusal));
    }
  });

  /** The posts are safe by now. A reply that cannot be made must not have them sent again and again. */
  async function answer(code: string, posts: DeliveryOutcome[]): Promise<unknown> {
    try {
      return await takeDelivery.answer(code, posts);
    } catch (error) {
      log.warn({ err: error, agency: code }, 'the reply to a delivery cannot be made (received.reply)');
      return undefined;
    }
  }
}

function mustBeOf(code: string, caller: Caller): void {
  if (caller.agency !== code || !caller.scopes.includes('register'))
    throw new Refusal('forbidden', `posts of ${code} need its own key, with the scope register`);
}

function tellFailures(app: FastifyInstance, log: Logger): void {
  app.setErrorHandler((error, request, reply) => {
    const refusal = toSoapRefusal(error);
    if (!refusal) log.error({ err: error, request: request.id }, 'a request at the door of posts failed');
    const version = request.soapVersion ?? (error instanceof EnvelopeError ? soap11 : undefined);
    if (!version) return sendProblem(reply, refusal ?? new Refusal('unavailable'));
    noteCall(request, { problem: refusal?.code ?? 'unavailable' });
    const { status, header, body, retryAfter } = toFault(version, error);
    if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
    return sendEnvelope(reply.status(status), version, { header, body });
  });
}

/** As at the SOAP door: so much is read of anybody. */
const isSmall = ({ headers }: FastifyRequest): boolean =>
  Number(headers['content-length'] ?? Infinity) <= 65_536;

function toDoorRefusal(error: unknown, turnAway: (refusal: Refusal) => Refusal): unknown {
  if (!(error instanceof BoardError)) return error;
  if (error.kind === 'malformed') return new Refusal('invalid', wordReason(error.reason, 'en'));
  return turnAway(
    new Refusal('unauthenticated', 'neither a signature that the agency has configured, nor its API key'),
  );
}

/** A parked post is safe with the hub, and a person looks: sending it again changes nothing. */
function toOutcome({ externalId, accepted }: TakenPost): DeliveryOutcome {
  const { outcome } = accepted;
  const { receiptNumber } = accepted as { receiptNumber?: string };
  return {
    externalId,
    outcome: outcome === 'refused' ? 'parked' : outcome,
    ...(receiptNumber !== undefined && { receiptNumber }),
  };
}

function toReplyPost(taken: TakenPost) {
  const problems = 'problems' in taken.accepted ? taken.accepted.problems.map(toPlainProblem) : [];
  return { ...toOutcome(taken), ...(problems.length > 0 && { problems }) };
}
