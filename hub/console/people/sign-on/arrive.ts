import type { FastifyReply, FastifyRequest } from 'fastify';
import { toFactorPolicy } from '../../../access/factors/factor-policy.ts';
import { beginHalf } from '../../../access/factors/half-sign-ins.ts';
import { findNextStep } from '../../../access/factors/prove.ts';
import { enter } from '../../../access/people/enter.ts';
import { isKnownDevice } from '../../../access/people/known-devices.ts';
import type { User } from '../../../access/people/users.ts';
import { admit } from '../../../access/sign-on/admit.ts';
import type { Arrived, SignOnDesk } from '../../../access/sign-on/sign-on.ts';
import { SignOnError } from '../../../access/sign-on/sign-on-error.ts';
import type { SignOnOrigin } from '../../../store/tables/column-types.ts';
import { toLocalPath } from '../../../web/security.ts';
import { toBrowserName } from '../browser-name.ts';
import { letIn, type SignInParts } from '../factors/let-in.ts';
import { showStep } from '../factors/second-step-pages.ts';

/**
 * Lets somebody in whom a provider vouches for, or adds the provider to the account that asked for it. The hub asks for its own second
 * factor as after a password, unless the provider's counts as one.
 */
export async function arriveAt(
  parts: SignInParts,
  request: FastifyRequest,
  reply: FastifyReply,
  desk: SignOnDesk,
  { identity, linkUser, ...carried }: Arrived,
): Promise<FastifyReply> {
  const { deps } = parts;
  // Whoever asked must still be the one who sits there.
  if (linkUser !== null && request.session?.user.id !== linkUser) throw new SignOnError('lost', 'no_session');
  const isAgency = (code: string) => deps.directory.findAgency(code) !== undefined;
  const user = await admit(deps.store, { provider: desk, identity, linkUser, isAgency }).catch(
    (error: unknown) => {
      if (error instanceof SignOnError) error.carried = carried;
      throw error;
    },
  );
  if (linkUser !== null) return reply.redirect('/account?done=sign_on_added', 303);
  const { issuer, subject, sid, hint } = identity;
  const origin: SignOnOrigin = {
    ...{ provider: desk.name, issuer, subject },
    ...(sid !== undefined && { sid }),
    ...(hint !== undefined && { hint }),
  };
  const policy = toFactorPolicy(deps.settings);
  const owner = { ...user, isBreakGlass: false };
  const next = identity.isProved ? undefined : await findNextStep(deps.store, policy, owner, request.ip);
  if (next !== undefined) {
    const half = await beginHalf(deps.store, user.id, origin);
    parts.cookies.setHalf(reply, half.token, half.expiresAt);
    return showStep(parts, request, reply, { id: half.id, user: owner, origin }, { carried });
  }
  const on = await open(parts, request, reply, { user, origin, carried, proved: identity.isProved });
  return reply.redirect(toLocalPath(on), 303);
}

async function open(
  parts: SignInParts,
  request: FastifyRequest,
  reply: FastifyReply,
  given: {
    user: User;
    origin: SignOnOrigin;
    carried: Omit<Arrived, 'identity' | 'linkUser'>;
    proved: boolean;
  },
): Promise<string> {
  const { deps, cookies } = parts;
  const token = cookies.device(request);
  const known = token && (await isKnownDevice(deps.store, token, given.user.id)) ? token : undefined;
  const browser = toBrowserName(request.headers['user-agent']);
  const device = await enter(deps.store, deps.log, {
    ...{ userId: given.user.id, address: request.ip, known, browser },
  });
  return letIn(parts, request, reply, { ...given, device });
}
