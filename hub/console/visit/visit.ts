import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Language } from '../../../schemas/index.ts';
import { languages } from '../../../schemas/index.ts';
import { type Action, listRights, may, toReadingAgency } from '../../access/people/rights.ts';
import type { Sessions } from '../../access/people/sessions.ts';
import { speaksHttps } from '../../http/reply-headers.ts';
import { equipForms } from '../../web/forms.ts';
import { PageError } from '../../web/page-error.ts';
import type { RenderView } from '../../web/views.ts';
import type { ConsoleDeps } from './console-context.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The address works once, so that nothing leads back to it: no choice of language, no form. */
    shownOnce?: boolean;
  }
}

const yearInSeconds = 31_536_000;

/**
 * Cookies of the console. With https their names say so, and no other host can set them. Three things show https: the
 * connection itself, a trusted proxy (X-Forwarded-Proto), or PUBLIC_URL.
 */
export function toCookies({ PUBLIC_URL }: Pick<ConsoleDeps['settings'], 'PUBLIC_URL'>) {
  const isSecure = (request: FastifyRequest) => speaksHttps(PUBLIC_URL, request);
  const nameOf = (request: FastifyRequest, name: string) => (isSecure(request) ? `__Host-${name}` : name);
  const attributesOf = (request: FastifyRequest) =>
    ({ path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(request) }) as const;
  const set = (reply: FastifyReply, name: string, value: string, expires: Date) =>
    reply.setCookie(nameOf(reply.request, name), value, { ...attributesOf(reply.request), expires });
  return {
    device: (request: FastifyRequest) => request.cookies[nameOf(request, 'device')],
    setDevice: (reply: FastifyReply, token: string, expires: Date) => set(reply, 'device', token, expires),
    session: (request: FastifyRequest) => request.cookies[nameOf(request, 'session')],
    setSession: (reply: FastifyReply, token: string, expires: Date) => set(reply, 'session', token, expires),
    /** The token of a sign-in that waits for its second step. */
    half: (request: FastifyRequest) => request.cookies[nameOf(request, 'half')],
    setHalf: (reply: FastifyReply, token: string, expires: Date) => set(reply, 'half', token, expires),
    clearHalf: (reply: FastifyReply) =>
      reply.clearCookie(nameOf(reply.request, 'half'), attributesOf(reply.request)),
    /** The token of a browser whose person signs in at a provider. With SameSite=Lax it comes back with a link, and with no form. */
    away: (request: FastifyRequest) => request.cookies[nameOf(request, 'away')],
    setAway: (reply: FastifyReply, token: string, expires: Date) => set(reply, 'away', token, expires),
    /** The token of a link in a mail, between its opening and its use. It ends with the browser. */
    link: (request: FastifyRequest) => request.cookies[nameOf(request, 'link')],
    setLink: (reply: FastifyReply, token: string) =>
      reply.setCookie(nameOf(reply.request, 'link'), token, attributesOf(reply.request)),
    clearLink: (reply: FastifyReply) =>
      reply.clearCookie(nameOf(reply.request, 'link'), attributesOf(reply.request)),
    clearSession: (reply: FastifyReply) =>
      reply.clearCookie(nameOf(reply.request, 'session'), attributesOf(reply.request)),
    /** The language that this browser chose. */
    language: (request: FastifyRequest) => request.cookies[nameOf(request, 'language')],
    setLanguage: (reply: FastifyReply, language: Language) =>
      reply.setCookie(nameOf(reply.request, 'language'), language, {
        ...attributesOf(reply.request),
        maxAge: yearInSeconds,
      }),
  };
}
export type Cookies = ReturnType<typeof toCookies>;

/** What the menu counts, of an agency or of all. */
export interface MenuCounts {
  alerts(agency?: string): Promise<number>;
  /** What complainants are still to be told. */
  duties(agency?: string): Promise<number>;
  /** Requests of persons about their own data that are to be answered. */
  requests(): Promise<number>;
}

/** Gives requests and replies what pages use: the session, the language, rendering. */
export function equipVisits(
  app: FastifyInstance,
  render: RenderView,
  sessions: Sessions,
  cookies: Cookies,
  counts: MenuCounts,
) {
  app.decorateRequest('session', null);
  app.decorateRequest('signedIn', function (this: FastifyRequest) {
    if (!this.session) throw new PageError('forbidden');
    return this.session.user;
  });
  app.decorateRequest('demand', function (this: FastifyRequest, action: Action) {
    const user = this.signedIn();
    if (!may(user, action)) throw new PageError('forbidden');
    return user;
  });
  app.decorateRequest('language', function (this: FastifyRequest) {
    return toLanguage(this, cookies.language(this));
  });
  equipForms(app);
  app.addHook('onRequest', async (request) => {
    const token = cookies.session(request);
    if (!token) return;
    // A page that refreshes itself does not prolong the session: it is no sign of a person.
    const session = await sessions.find(token, request.headers['x-live'] === undefined);
    request.session = session ?? null;
  });
  app.decorateReply(
    'page',
    async function (this: FastifyReply, name: string, data: object = {}, status = 200) {
      const user = this.request.session?.user;
      // A page of an error has to come also where the database is away.
      const count = async (action: Action, of: (agency?: string) => Promise<number>) =>
        user && status < 500 && may(user, action) ? of(toReadingAgency(user)).catch(() => 0) : 0;
      const [openAlerts, openDuties, openRequests] = await Promise.all([
        count('see_alerts', counts.alerts),
        count('see_duties', counts.duties),
        count('see_requests', counts.requests),
      ]);
      const surroundings = {
        ...toSurroundings(this.request, status >= 400),
        openAlerts,
        openDuties,
        openRequests,
      };
      const html = await render(name, data, surroundings);
      return this.code(status)
        .type('text/html; charset=utf-8')
        .header('cache-control', 'no-store')
        .send(html);
    },
  );
}

function toSurroundings(request: FastifyRequest, isError: boolean) {
  const user = request.session?.user;
  return {
    language: request.language(),
    isError,
    user: user ?? null,
    formToken: request.session?.formToken ?? '',
    // The page answers a form: its address shows another page, or none, so that it cannot be looked at again.
    isAnswer: request.method !== 'GET' && request.method !== 'HEAD',
    path: request.url.split('?')[0] ?? '/',
    url: request.method === 'GET' && !request.routeOptions.config.shownOnce ? request.url : '/',
    done: request.asked().done ?? null,
    rights: Object.fromEntries(listRights().map(({ action }) => [action, user ? may(user, action) : false])),
  };
}

/** The language of a page: as chosen, else as the account says. */
function toLanguage(request: FastifyRequest, chosen: string | undefined): Language {
  return languages.find((language) => language === chosen) ?? request.session?.user.language ?? 'ko';
}
