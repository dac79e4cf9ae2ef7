import type { FastifyInstance } from 'fastify';
import { languages } from '../../../schemas/index.ts';
import type { Sessions } from '../../access/people/sessions.ts';
import { createSignIn } from '../../access/people/sign-in.ts';
import { toLocalPath } from '../../web/security.ts';
import type { ConsoleDeps } from '../visit/console-context.ts';
import type { Cookies } from '../visit/visit.ts';
import { toBrowserName } from './browser-name.ts';

/** Signing in and out, and the choice of language: the pages that need no session. */
export function signInPages(
  app: FastifyInstance,
  deps: ConsoleDeps,
  sessions: Sessions,
  cookies: Cookies,
): void {
  const signIn = createSignIn(deps.store, deps.log);

  app.get('/sign-in', async (request, reply) => {
    const { to } = request.asked();
    if (request.session) return reply.redirect(toLocalPath(to), 303);
    return reply.page('sign-in', { to: toLocalPath(to), login: '', problem: null, until: null });
  });

  app.post('/sign-in', async (request, reply) => {
    const { login = '', to } = request.typed();
    const password = request.typedExactly('password');
    const result = await signIn({ login, password, address: request.ip, device: cookies.device(request) });
    if (result.outcome === 'welcome') {
      const browser = toBrowserName(request.headers['user-agent']);
      const session = await sessions.open(result.user.id, {
        address: request.ip,
        device: result.device.token,
        ...(browser !== undefined && { browser }),
      });
      cookies.setSession(reply, session.token, session.expiresAt);
      cookies.setDevice(reply, result.device.token, result.device.expiresAt);
      return reply.redirect(toLocalPath(to), 303);
    }
    const until = result.outcome === 'wait' ? toWholeMinute(result.until) : null;
    const seconds = result.outcome === 'busy' ? result.retryAfter : until && secondsUntil(until);
    if (seconds) reply.header('retry-after', seconds);
    const data = { to: toLocalPath(to), login, problem: `sign_in.${result.outcome}`, until };
    return reply.page('sign-in', data, result.outcome === 'refused' ? 401 : 429);
  });

  app.post('/sign-out', async (request, reply) => {
    const token = cookies.session(request);
    if (token) await sessions.close(token);
    cookies.clearSession(reply);
    return reply.redirect('/sign-in?done=signed_out', 303);
  });

  app.post('/language', async (request, reply) => {
    const { language, to } = request.typed();
    const known = languages.find((one) => one === language);
    if (known) cookies.setLanguage(reply, known);
    return reply.redirect(toLocalPath(to), 303);
  });
}

/** The page shows no seconds. It must not name a time at which a try is still refused. */
const toWholeMinute = (at: Date) => new Date(Math.ceil(at.getTime() / 60_000) * 60_000);
const secondsUntil = (at: Date) => Math.max(1, Math.ceil((at.getTime() - Date.now()) / 1000));
