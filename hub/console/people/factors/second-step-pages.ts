import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { toFactorPolicy } from '../../../access/factors/factor-policy.ts';
import { endHalf, findHalf, type HalfSignIn } from '../../../access/factors/half-sign-ins.ts';
import { offerPasskeys } from '../../../access/factors/passkeys.ts';
import { findNextStep, prove } from '../../../access/factors/prove.ts';
import { enter } from '../../../access/people/enter.ts';
import { isKnownDevice } from '../../../access/people/known-devices.ts';
import { toLocalPath } from '../../../web/security.ts';
import { toBrowserName } from '../browser-name.ts';
import { type CarriedForm, letIn, type SignInParts } from './let-in.ts';
import { findSite, keepFactor, showSetUp, takeSetUp } from './set-up.ts';

/** The second step of signing in: a second factor, or setting one up where the hub asks for one. No page here needs a session. */
export function secondStepPages(app: FastifyInstance, parts: SignInParts): void {
  const { deps, cookies } = parts;

  app.get('/sign-in/second', async (request, reply) => {
    const half = await findByCookie(request);
    return half ? showStep(parts, request, reply, half) : reply.redirect('/sign-in', 303);
  });

  app.post('/sign-in/second', async (request, reply) => {
    const half = await findByCookie(request);
    if (!half) return reply.redirect('/sign-in?done=half_over', 303);
    if ((await toNext(parts, request, half)) !== 'factor') return showStep(parts, request, reply, half);
    const { code, passkey } = request.typed();
    const site = findSite(deps, request);
    const [owner, holder, address] = [half.user, half.id, request.ip];
    const device = cookies.device(request);
    const proving = await prove(deps.store, deps.log, {
      owner,
      holder,
      address,
      device,
      code,
      passkey,
      site,
    });
    if (proving.outcome !== 'proved') {
      const problem =
        proving.outcome === 'wait' ? 'factor.wait' : passkey ? 'factor.wrong_passkey' : 'factor.wrong';
      const status = proving.outcome === 'wait' ? 429 : 401;
      return showStep(parts, request, reply, half, { problem, status });
    }
    return reply.redirect(toLocalPath((await finish(parts, request, reply, half)) ?? '/sign-in'), 303);
  });

  app.post('/sign-in/enrol', async (request, reply) => {
    const half = await findByCookie(request);
    if (!half) return reply.redirect('/sign-in?done=half_over', 303);
    // Whoever has a factor gives that one, and adds others in a session.
    if ((await toNext(parts, request, half)) !== 'enrolment') return showStep(parts, request, reply, half);
    const factor = await takeSetUp(deps, request, half.id);
    if (!factor) return showStep(parts, request, reply, half, { problem: 'factor.wrong_new', status: 422 });
    const codes = await keepFactor(deps, half.user, factor);
    const to = await finish(parts, request, reply, half);
    if (to === undefined) return reply.redirect('/sign-in', 303);
    return codes.length > 0
      ? reply.page('recovery-codes', { codes, to })
      : reply.redirect(toLocalPath(to), 303);
  });

  const findByCookie = async (request: FastifyRequest) => {
    const token = cookies.half(request);
    return token ? findHalf(deps.store, token) : undefined;
  };
}

const toNext = ({ deps }: SignInParts, request: FastifyRequest, { user }: HalfSignIn) =>
  findNextStep(deps.store, toFactorPolicy(deps.settings), user, request.ip);

/** Undefined: another request was first. */
async function finish(
  parts: SignInParts,
  request: FastifyRequest,
  reply: FastifyReply,
  { id, user, origin }: HalfSignIn,
  carried?: CarriedForm,
): Promise<string | undefined> {
  const { deps, cookies } = parts;
  if (!(await endHalf(deps.store, id))) return undefined;
  cookies.clearHalf(reply);
  const given = cookies.device(request);
  const known = given && (await isKnownDevice(deps.store, given, user.id)) ? given : undefined;
  const browser = toBrowserName(request.headers['user-agent']);
  const device = await enter(deps.store, deps.log, { userId: user.id, address: request.ip, known, browser });
  return letIn(parts, request, reply, { user, device, proved: true, origin, ...(carried && { carried }) });
}

interface ShownStep {
  problem?: string | null;
  status?: number;
  /** Absent: as the form says that came now. */
  carried?: CarriedForm;
}

/** Shows what is asked for now, with where the person wanted to go and what he or she had typed. */
export async function showStep(
  parts: SignInParts,
  request: FastifyRequest,
  reply: FastifyReply,
  half: HalfSignIn,
  { problem = null, status = 200, carried: given }: ShownStep = {},
) {
  const { deps } = parts;
  const { to, path = '', typed = '' } = given ?? request.typed();
  const carried = { to: toLocalPath(to), path, typed, problem };
  const next = await toNext(parts, request, half);
  if (next === undefined) {
    const on = await finish(parts, request, reply, half, given);
    return reply.redirect(toLocalPath(on ?? '/sign-in'), 303);
  }
  if (next === 'enrolment')
    return reply.page(
      'second-enrol',
      { ...carried, ...(await showSetUp(deps, request, half.id, half.user)) },
      status,
    );
  const site = findSite(deps, request);
  const passkey = site ? await offerPasskeys(deps.store, half.id, half.user.id, site) : undefined;
  return reply.page('second-step', { ...carried, passkey: passkey ?? null }, status);
}
