import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { BoardError } from '../../../adapters/contract.ts';
import { toPlainProblem, wordReason } from '../../../schemas/reason.ts';
import type { Directory } from '../../configuration/directory.ts';
import type { TakeDelivery, TakenPost } from '../../exchange/intake/take-delivery.ts';
import { mustBeThere, Refusal, sendProblem, toRefusal } from '../../http/problem.ts';
import { lifetimeOf } from '../../http/request-lifetime.ts';
import { findRuleBroken, type Gate, type GateDependencies, toLimits } from '../gate/gate.ts';
import { toKnock } from '../json/enter.ts';

export interface PostsDoorDependencies {
  directory: Directory;
  gate: Gate;
  gateRules: Pick<GateDependencies, 'limits' | 'strangers' | 'isProxy'>;
  takeDelivery: TakeDelivery;
  log: Logger;
}

/** Bytes of one request's body. */
const bodyLimit = 1024 * 1024;

declare module 'fastify' {
  interface FastifyRequest {
    /** True: the agency's own API key was shown. Otherwise the board proves itself by its signature. */
    isProved: boolean;
  }
}

type Named = FastifyRequest<{ Params: { code: string } }>;

/**
 * Where boards send posts by themselves, in their own format: a webhook of the board needs no program beside it. The
 * board's proof covers the body, so the body is read before it is known who sent it; strangers' limits hold until then.
 */
export async function postsDoor(app: FastifyInstance, dependencies: PostsDoorDependencies): Promise<void> {
  const { directory, gate, gateRules, takeDelivery, log } = dependencies;
  const { limits, strangers, isProxy } = gateRules;

  app.setErrorHandler((error, request, reply) => {
    const refusal = toRefusal(error);
    if (!refusal) log.error({ err: error, request: request.id }, 'a request at the door of posts failed');
    return sendProblem(reply, refusal ?? new Refusal('unavailable'));
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body));
  app.decorateRequest('isProved', false);

  app.addHook('onRequest', async (request, reply) => {
    const { code } = (request as Named).params;
    const knock = toKnock(request);
    const lifetime = lifetimeOf(reply);
    if (knock.key !== undefined || knock.headers['signature-input'] !== undefined) {
      const { caller, headers } = await gate.enter(knock, lifetime);
      reply.headers(headers);
      if (caller.agency !== code || !caller.scopes.includes('register'))
        throw new Refusal('forbidden', `posts of ${code} need its own key, with the scope register`);
      request.isProved = true;
      return;
    }
    if (!isSmall(request)) strangers.takePlace(request.ip, lifetime);
    const rules = directory.findAgency(code)?.doors ?? {};
    const refusal = findRuleBroken(rules, knock, false, isProxy);
    if (refusal) throw refusal;
  });

  app.post<{ Params: { code: string }; Body: Buffer }>('/:code/posts', async (request, reply) => {
    const { params, body, headers, isProved, ip } = request;
    const { code } = params;
    const lifetime = lifetimeOf(reply);
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
      if (!isProved) await limits.enter(code, toLimits(directory.findAgency(code)?.doors ?? {}), lifetime);
      mustBeThere(lifetime);
      return { posts: taken.map(toOutcome) };
    } catch (error) {
      throw toDoorRefusal(error, (refusal) => strangers.turnAway(ip, refusal));
    }
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
function toOutcome({ externalId, accepted }: TakenPost) {
  const { outcome } = accepted;
  const { receiptNumber } = accepted as { receiptNumber?: string };
  const problems = 'problems' in accepted ? accepted.problems.map(toPlainProblem) : [];
  return {
    externalId,
    outcome: outcome === 'refused' ? ('parked' as const) : outcome,
    ...(receiptNumber !== undefined && { receiptNumber }),
    ...(problems.length > 0 && { problems }),
  };
}
