import type { FastifyInstance } from 'fastify';
import { languages } from '../../schemas/index.ts';
import type { Sessions } from '../access/sessions.ts';
import { createSignIn } from '../access/sign-in.ts';
import type { ConsoleDeps } from './console-context.ts';
import { toLocalPath } from './security.ts';
import type { Cookies } from './visit.ts';

/** Signing in and out, and the choice of language: the pages that need no session. */
export function signInPages(
  app: FastifyInstance,
  deps: ConsoleDeps,
  sessions: Sessions,
  cookies: Cookies,
): void {
  const signIn = createSignIn(deps.store);

  app.get('/sign-in', async (request, reply) => {
    const to = toLocalPath(request.asked().to);
    if (request.session) return reply.redirect(to, 303);
    return reply.page('sign-in', { to, login: '', problem: null });
  });

  app.post('/sign-in', async (request, reply) => {
    const { login = '', to } = request.typed();
    const result = await signIn(login, request.typedExactly('password'), request.ip);
    if (result.outcome === 'welcome') {
      const session = await sessions.open(result.user.id);
      cookies.setSession(reply, session.token, session.expiresAt);
      deps.log.info({ user: result.user.id }, 'signed in');
      return reply.redirect(toLocalPath(to), 303);
    }
    const waits = result.outcome === 'wait';
    const problem = waits ? 'sign_in.wait' : 'sign_in.refused';
    return reply.page('sign-in', { to: toLocalPath(to), login, problem }, waits ? 429 : 401);
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
