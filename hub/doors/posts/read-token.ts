import type { FastifyRequest } from 'fastify';
import type { FindBySecret } from '../../access/keys/find-by-secret.ts';
import type { Caller } from '../../access/keys/scopes.ts';
import { Refusal } from '../../http/problem.ts';
import type { RequestLifetime } from '../../http/request-lifetime.ts';
import type { Gate } from '../gate/gate.ts';
import type { SeenMessages } from '../gate/seen-messages.ts';
import type { Strangers } from '../gate/strangers.ts';
import { createIdentify } from '../soap/credentials.ts';
import type { SoapEnvelope } from '../soap/envelope.ts';
import { isConfidential, toKnock } from '../soap/let-in.ts';

export interface TokenDependencies {
  gate: Gate;
  strangers: Strangers;
  seen: SeenMessages;
  findBySecret: FindBySecret | undefined;
  /** As at the SOAP door. */
  plainLoopback: boolean;
}

/** Its signature covers what a verifier picks out of the envelope, while a mapping reads all of the Body. */
const noSigners = () => {
  throw new Refusal(
    'unauthenticated',
    'no X.509 signature is taken at this door: send the API key as UsernameToken over TLS or as HTTP Bearer, or what received.proof names',
  );
};

/**
 * Creates the reader of a WS-Security UsernameToken: the agency's code, with its API key as text or with a digest of the
 * key's signing secret, as at the SOAP door. It lets the caller in. Undefined: the envelope has none. Errors: Refusal.
 */
export function createReadToken({ gate, strangers, seen, findBySecret, plainLoopback }: TokenDependencies) {
  const identify = createIdentify({ findBySecret, seen, listSigners: noSigners });
  return async (
    request: FastifyRequest,
    envelope: SoapEnvelope,
    lifetime: RequestLifetime,
  ): Promise<Caller | undefined> => {
    const confidential = isConfidential(request, plainLoopback);
    const claim = await identify({ envelope, authorization: undefined, confidential }).catch((error) => {
      throw error instanceof Refusal ? strangers.turnAway(request.ip, error) : error;
    });
    if (claim.key === undefined && !claim.caller) return undefined;
    const { caller } = await gate.enter(toKnock(request, claim), lifetime);
    if (claim.user === undefined || claim.user === caller.agency) return caller;
    throw strangers.turnAway(
      request.ip,
      new Refusal('unauthenticated', 'the UsernameToken names another agency'),
    );
  };
}
