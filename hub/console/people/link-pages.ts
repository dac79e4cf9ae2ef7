import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type FoundLink, findLink, type LinkState } from '../../access/accounts/account-links.ts';
import { confirmEmailByLink, type LinkUse, setPasswordByLink } from '../../access/accounts/use-link.ts';
import { UserError } from '../../access/people/users.ts';
import { toLocalPath } from '../../web/security.ts';
import type { ConsoleDeps } from '../visit/console-context.ts';
import type { Cookies } from '../visit/visit.ts';
import { toProblems } from './user-pages.ts';

const tokenShape = /^[A-Za-z0-9_-]{43}$/;

/**
 * Links in mails about accounts. They need no session. Scanners of mail servers open every link, so opening one changes
 * nothing here: it puts the token into a cookie and leads to a page whose address no longer has it. So the token is in
 * no Referer, in no bookmark and on no screen. Only the form of that page uses the link.
 */
export function linkPages(app: FastifyInstance, deps: ConsoleDeps, cookies: Cookies): void {
  const { store, log } = deps;

  app.get('/link/:token', async (request, reply) => {
    const { token } = request.params as { token: string };
    if (tokenShape.test(token)) cookies.setLink(reply, token);
    else cookies.clearLink(reply);
    return reply
      .header('referrer-policy', 'no-referrer')
      .header('cache-control', 'no-store')
      .redirect('/link', 303);
  });

  app.get('/link', async (request, reply) => {
    const link = await findByCookie(request);
    return link?.state === 'open' ? showForm(reply, link) : showState(reply, link?.state ?? 'unknown');
  });

  app.post('/link', async (request, reply) => {
    const token = cookies.link(request) ?? '';
    const link = await findByCookie(request);
    if (link?.state !== 'open') return showState(reply, link?.state ?? 'unknown');
    try {
      const problem = link.kind === 'email' ? undefined : findDifference(request);
      if (problem) return showForm(reply, link, { again: problem });
      const use =
        link.kind === 'email'
          ? await confirmEmailByLink(store, token)
          : await setPasswordByLink(store, token, request.typedExactly('password'));
      if (use !== 'done') return showState(reply, use);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const problems = error.kind === 'taken' ? { email: 'problem.email_taken_now' } : toProblems(error);
      return showForm(reply, link, problems);
    }
    log.info({ user: link.userId, kind: link.kind, from: request.ip }, 'account link used');
    cookies.clearLink(reply);
    return reply.redirect(toLocalPath(toNext(request, link)), 303);
  });

  const findByCookie = async (request: FastifyRequest) => {
    const token = cookies.link(request);
    return token ? findLink(store, token) : undefined;
  };
}

function findDifference(request: FastifyRequest): string | undefined {
  return request.typedExactly('password') === request.typedExactly('again') ? undefined : 'problem.again';
}

/** A new password ends the person's sessions; another person at this browser stays signed in. */
function toNext(request: FastifyRequest, { kind, userId }: FoundLink): string {
  const done = kind === 'email' ? 'email_set' : 'password_set';
  const signedIn = request.session?.user.id;
  if (signedIn === userId && kind === 'email') return `/account?done=${done}`;
  return signedIn === undefined || signedIn === userId ? `/sign-in?done=${done}` : `/?done=${done}`;
}

function showForm(reply: FastifyReply, link: FoundLink, problems: Record<string, string> = {}) {
  const { kind, login, name, address } = link;
  const data = {
    kind,
    login,
    name,
    address,
    problems: { password: null, again: null, email: null, ...problems },
  };
  return reply.page('link', data, Object.keys(problems).length > 0 ? 422 : 200);
}

/** RFC 9110, 15.5.11: what is gone will not come back. */
const showState = (reply: FastifyReply, state: Exclude<LinkState, 'open'> | Exclude<LinkUse, 'done'>) =>
  reply.page('link-over', { state }, state === 'unknown' ? 404 : 410);
