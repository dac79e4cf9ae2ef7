import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { languages } from '../../../schemas/index.ts';
import { toFactorPolicy } from '../../access/factors/factor-policy.ts';
import { beginHalf } from '../../access/factors/half-sign-ins.ts';
import { createSignIn, type SignIn } from '../../access/people/sign-in.ts';
import { toAddresses } from '../../access/sign-on/provider.ts';
import { noteRefusal } from '../../access/sign-on/sign-on.ts';
import { SignOnError } from '../../access/sign-on/sign-on-error.ts';
import { findOrigin } from '../../access/sign-on/subjects.ts';
import { isOurOrigin, toKnownUrl } from '../../http/base-url.ts';
import { type LostForm, readLostForm, toShownLost } from '../../web/lost-form.ts';
import { toLocalPath } from '../../web/security.ts';
import type { ConsoleDeps } from '../visit/console-context.ts';
import { toBrowserName } from './browser-name.ts';
import { letIn, type SignInParts, type TypedKeeping } from './factors/let-in.ts';
import { showStep } from './factors/second-step-pages.ts';

/** Signing in and out, and the choice of language: the pages that need no session. */
export function signInPages(app: FastifyInstance, parts: SignInParts): void {
  const { deps, sessions, cookies, keeping } = parts;
  const signIn = createSignIn(deps.store, deps.log, toFactorPolicy(deps.settings), deps.signOn);

  app.get('/sign-in', async (request, reply) => {
    const { to } = request.asked();
    if (request.session) return reply.redirect(toLocalPath(to), 303);
    return reply.page('sign-in', { ...blank, to: toLocalPath(to), providers: toButtons(deps) });
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
      return showStep(parts, request, reply, { id: half.id, user, origin: null });
    }
    if (result.outcome === 'welcome') {
      const on = await letIn(parts, request, reply, { ...result, proved: false });
      return reply.redirect(toLocalPath(on), 303);
    }
    return showTurnedAway(reply, result, {
      ...{ to: toLocalPath(to), login, isOver: false, providers: toButtons(deps) },
      lost: lost ? toShownLost(lost, keeping.isFor(lost.path)) : null,
    });
  });

  app.post('/sign-out', async (request, reply) => {
    const token = cookies.session(request);
    const origin = request.session ? await findOrigin(deps.store, request.session.id) : undefined;
    if (token) await sessions.close(token);
    if (request.session) deps.log.info({ user: request.session.user.id, from: request.ip }, 'signed out');
    cookies.clearSession(reply);
    reply.header('clear-site-data', keptByBrowsers);
    const there = origin && (await findSignOutThere(deps, request, origin));
    return there
      ? reply.page('sign-on-going', { ...there, isOut: true, shown: [] })
      : reply.redirect('/sign-in?done=signed_out', 303);
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

/** The form again, with why nobody was let in. */
function showTurnedAway(
  reply: FastifyReply,
  result: Exclude<SignIn, { outcome: 'welcome' | 'half' }>,
  shown: object,
) {
  const until = result.outcome === 'wait' ? toWholeMinute(result.until) : null;
  const seconds = result.outcome === 'busy' ? result.retryAfter : until && secondsUntil(until);
  if (seconds) reply.header('retry-after', seconds);
  const only = result.outcome === 'elsewhere' ? result.provider.label : null;
  const problem = only ? 'sign_on.elsewhere' : `sign_in.${result.outcome}`;
  return reply.page('sign-in', { ...shown, problem, until, only }, seconds ? 429 : 401);
}

/** The providers as the sign-in page shows them. */
const toButtons = ({ signOn }: Pick<ConsoleDeps, 'signOn'>) =>
  signOn.list().map(({ name, label }) => ({ name, label }));

/** Where signing out goes on. A provider that does not answer keeps nobody: the session here has ended. */
async function findSignOutThere(
  { signOn, settings, log }: ConsoleDeps,
  request: FastifyRequest,
  { provider, hint }: { provider: string; hint: string | null },
) {
  const desk = signOn.find(provider);
  if (!desk) return undefined;
  try {
    const addresses = toAddresses(toKnownUrl(settings.PUBLIC_URL, request), provider);
    const url = await desk.signOut(addresses, hint);
    return url === undefined ? undefined : { url, label: desk.label };
  } catch (error) {
    if (!(error instanceof SignOnError)) throw error;
    noteRefusal(log, provider, request.ip, error);
    return undefined;
  }
}

/** The page shows no seconds. It must not name a time at which a try is still refused. */
const toWholeMinute = (at: Date) => new Date(Math.ceil(at.getTime() / 60_000) * 60_000);
const secondsUntil = (at: Date) => Math.max(1, Math.ceil((at.getTime() - Date.now()) / 1000));

const blank = { to: '/', login: '', problem: null, until: null, lost: null, isOver: false, only: null };

/**
 * What a form gets whose session has ended: the page says so, shows what was typed, and has the form to sign in. With
 * the next session the person goes on with the text.
 */
export async function showSessionOver(
  deps: Pick<ConsoleDeps, 'settings' | 'signOn'>,
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
      opened && isOurOrigin(deps.settings.PUBLIC_URL, request, opened.origin)
        ? opened.pathname + opened.search
        : '/',
    ),
    lost: lost ? toShownLost(lost, keeping.isFor(lost.path)) : null,
    providers: toButtons(deps),
    isOver: true,
  };
  return reply.page('sign-in', data, 401);
}
