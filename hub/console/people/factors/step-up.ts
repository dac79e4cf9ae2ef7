import type { FastifyReply, FastifyRequest } from 'fastify';
import { toFactorPolicy } from '../../../access/factors/factor-policy.ts';
import { listFactors } from '../../../access/factors/factors.ts';
import { offerPasskeys } from '../../../access/factors/passkeys.ts';
import { prove } from '../../../access/factors/prove.ts';
import { noteProof } from '../../../access/people/sessions.ts';
import type { ConsoleDeps } from '../../visit/console-context.ts';
import type { Cookies } from '../../visit/visit.ts';
import { findSite } from './set-up.ts';

/**
 * Forms before which the second factor is asked for again (OWASP ASVS 5, 7.5.3): accounts and their factors, keys, what is in force
 * of the configuration, and lists of people that leave the hub. By the beginning of the route.
 */
const guarded = [
  '/users',
  '/account/factors',
  '/account/sign-on',
  '/agencies/:code/keys',
  '/agencies/:code/agent-token',
  '/agencies/:code/stage',
  '/agencies/:code/configuration/apply',
  '/agencies/:code/configuration/removal',
  '/agencies/:code/configuration/versions',
  '/configuration/proposals',
  '/engineer/keys',
  '/complaints/:receiptNumber/evidence',
  '/breaches/:id/csv',
  '/subject-requests/:number/export',
] as const;
/** What the rules put into force: routing, periods, templates. */
const applying = /^\/rules\/.+\/(apply|versions\/:version)$/;
/** Of the acts on ticked complaints, those that give out what they hold. */
const givingOut = new Set(['csv', 'print']);

/** Whether the form does something before which the second factor is asked for. */
function isGuarded(route: string, typed: Readonly<Record<string, string>>): boolean {
  if (route === '/bulk') return givingOut.has(typed.act ?? '');
  return applying.test(route) || guarded.some((one) => route === one || route.startsWith(`${one}/`));
}

/**
 * A hook for pages behind signing in. Where the second factor was given long ago, it shows the form again, with everything that was
 * typed, and a field for the second factor; sent once more, the same form does what it was for. People without a second factor
 * are not asked: whether they need one is decided when they sign in.
 */
export function createStepUp(deps: ConsoleDeps, cookies: Cookies) {
  const { stepUp } = toFactorPolicy(deps.settings);
  const isDue = (request: FastifyRequest): boolean => {
    if (request.method !== 'POST' || !request.session) return false;
    const { provedAt } = request.session;
    if (provedAt && Date.now() - provedAt.getTime() < stepUp) return false;
    return isGuarded(request.routeOptions.url ?? '', request.typed());
  };

  return async (request: FastifyRequest, reply: FastifyReply) => {
    if (!isDue(request) || (await listFactors(deps.store, request.signedIn().id)).length === 0) return;
    const problem = await findProblem(deps, cookies, request);
    if (problem !== undefined) return showStepUp(deps, request, reply, problem);
  };
}

/** Undefined: the second factor came with the form. Null: it did not, and nothing is wrong. */
async function findProblem(
  deps: ConsoleDeps,
  cookies: Cookies,
  request: FastifyRequest,
): Promise<string | null | undefined> {
  const { store, log } = deps;
  const { stepUpCode: code, stepUpPasskey: passkey } = request.typed();
  if (!code && !passkey) return null;
  const holder = toHolder(request);
  const proving = await prove(store, log, {
    ...{ owner: request.signedIn(), holder, address: request.ip, device: cookies.device(request) },
    ...{ code, passkey, site: findSite(deps, request) },
  });
  if (proving.outcome === 'proved') {
    await noteProof(store, holder);
    return undefined;
  }
  if (proving.outcome === 'wait') return 'factor.wait';
  return passkey ? 'factor.wrong_passkey' : 'factor.wrong';
}

async function showStepUp(
  deps: ConsoleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  problem: string | null,
) {
  const { store, settings } = deps;
  const site = findSite(deps, request);
  const passkey = site && (await offerPasskeys(store, toHolder(request), request.signedIn().id, site));
  const fields = [...request.typedAll()]
    .filter(([name]) => !name.startsWith('stepUp'))
    .flatMap(([name, values]) => values.map((value) => ({ name, value })));
  const data = { action: request.url, fields, problem, passkey: passkey ?? null };
  const status = problem === null ? 200 : 401;
  return reply.page('step-up', { ...data, minutes: settings.STEP_UP_MINUTES }, status);
}

const toHolder = ({ session }: FastifyRequest): string => session?.id ?? '';
