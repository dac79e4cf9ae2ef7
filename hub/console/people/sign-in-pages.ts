import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { languages } from '../../../schemas/index.ts';
import { toFactorPolicy } from '../../access/factors/factor-policy.ts';
import { beginHalf } from '../../access/factors/half-sign-ins.ts';
import { createSignIn } from '../../access/people/sign-in.ts';
import { isOurOrigin } from '../../http/base-url.ts';
import { type LostForm, readLostForm, toShownLost } from '../../web/lost-form.ts';
import { toLocalPath } from '../../web/security.ts';
import { toBrowserName } from './browser-name.ts';
import { letIn, type SignInParts, type TypedKeeping } from './factors/let-in.ts';
import { showStep } from './factors/second-step-pages.ts';

/** Signing in and out, and the choice of language: the pages that need no session. */
export function signInPages(app: FastifyInstance, parts: SignInParts): void {
  const { deps, sessions, cookies, keeping } = parts;
  const signIn = createSignIn(deps.store, deps.log, toFactorPolicy(deps.settings));

  app.get('/sign-in', async (request, reply) => {
    const { to } = request.asked();
    if (request.session) return reply.redirect(toLocalPath(to), 303);
    return reply.page('sign-in', { ...blank, to: toLocalPath(to) });
  });

  app.post('/sign-in', async (request, reply) => {
    const { login = '', to, path = '', typed = '' } = request.typed();
    const lost: LostForm | undefined = path
      ? { path, typed: keeping.toFields(typed), hasFiles: false }
      : undefined;
    const password = request.typedExactly('password');
    const browser = toBrowserName(request.headers['user-agent']);
    const from = { address: request.ip, device: cookies.device(request), browser };
    const result = await signIn({ login, password, ...from });
    if (result.outcome === 'half') {
      const half = await beginHalf(deps.store, result.user.id);
      cookies.setHalf(reply, half.token, half.expiresAt);
      const user = { ...result.user, isBreakGlass: false };
      return showStep(parts, request, reply, { id: half.id, user });
    }
    if (result.outcome === 'welcome') {
      const on = await letIn(parts, request, reply, { ...result, proved: false });
      return reply.redirect(toLocalPath(on), 303);
    }
    const until = result.outcome === 'wait' ? toWholeMinute(result.until) : null;
    const seconds = result.outcome === 'busy' ? result.retryAfter : until && secondsUntil(until);
    if (seconds) reply.header('retry-after', seconds);
    const data = {
      ...{ to: toLocalPath(to), login, problem: `sign_in.${result.outcome}`, until },
      lost: lost ? toShownLost(lost, keeping.isFor(lost.path)) : null,
      isOver: false,
    };
    return reply.page('sign-in', data, result.outcome === 'refused' ? 401 : 429);
  });

  app.post('/sign-out', async (request, reply) => {
    const token = cookies.session(request);
    if (token) await sessions.close(token);
    if (request.session) deps.log.info({ user: request.session.user.id, from: request.ip }, 'signed out');
    cookies.clearSession(reply);
    reply.header('clear-site-data', keptByBrowsers);
    return reply.redirect('/sign-in?done=signed_out', 303);
  });

  app.post('/language', async (request, reply) => {
    const { language, to } = request.typed();
    const known = languages.find((one) => one === language);
    if (known) cookies.setLanguage(reply, known);
    return reply.redirect(toLocalPath(to), 303);
  });
}

/**
 * What a browser forgets with the session: pages that it keeps for going back, and the list that a tab goes along (Clear
 * Site Data, 3.1; OWASP ASVS 5, 14.3.1). Cookies stay: one says that this browser is known.
 */
export const keptByBrowsers = '"cache", "storage"';

/** The page shows no seconds. It must not name a time at which a try is still refused. */
const toWholeMinute = (at: Date) => new Date(Math.ceil(at.getTime() / 60_000) * 60_000);
const secondsUntil = (at: Date) => Math.max(1, Math.ceil((at.getTime() - Date.now()) / 1000));

const blank = { to: '/', login: '', problem: null, until: null, lost: null, isOver: false };

/**
 * What a form gets whose session has ended: the page says so, shows what was typed, and has the form to sign in. With
 * the next session the person goes on with the text.
 */
export async function showSessionOver(
  publicUrl: string | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
  keeping: TypedKeeping,
) {
  const lost = await readLostForm(request);
  const { referer } = request.headers;
  const opened = referer && URL.canParse(referer) ? new URL(referer) : undefined;
  const data = {
    ...blank,
    to: toLocalPath(
      opened && isOurOrigin(publicUrl, request, opened.origin) ? opened.pathname + opened.search : '/',
    ),
    lost: lost ? toShownLost(lost, keeping.isFor(lost.path)) : null,
    isOver: true,
  };
  return reply.page('sign-in', data, 401);
}
