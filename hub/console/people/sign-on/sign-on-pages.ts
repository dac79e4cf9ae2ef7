import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { toNeighbourhood } from '../../../../schemas/networks.ts';
import { createSecretToken } from '../../../access/keys/secret-token.ts';
import { isAnybodysDevice } from '../../../access/people/known-devices.ts';
import { countTries } from '../../../access/people/sign-in-tries.ts';
import { type Addresses, toAddresses } from '../../../access/sign-on/provider.ts';
import { noteRefusal, type SignOnDesk } from '../../../access/sign-on/sign-on.ts';
import { SignOnError } from '../../../access/sign-on/sign-on-error.ts';
import { toKnownUrl } from '../../../http/base-url.ts';
import { PageError } from '../../../web/page-error.ts';
import { toLocalPath } from '../../../web/security.ts';
import type { ConsoleDeps } from '../../visit/console-context.ts';
import type { SignInParts } from '../factors/let-in.ts';
import { arriveAt } from './arrive.ts';
import { showRefused } from './show-refused.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The page takes a form that another site made a browser send, and checks by itself who sent it. */
    takesForeignForms?: boolean;
  }
}

/** Minutes for which a browser is known that was sent to a provider: longer than the provider may take. */
const awayMinutes = 30;
/** The most characters of what was typed before. A form of the longest complaint has fewer. */
const mostTyped = 400_000;

/** A provider of the address, and the addresses that it knows of the hub. */
export interface AtDesk {
  desk: SignOnDesk;
  addresses: Addresses;
}

function findDesk({ signOn, settings }: ConsoleDeps, request: FastifyRequest): AtDesk {
  const desk = signOn.find((request.params as { provider: string }).provider);
  if (!desk) throw new PageError('not_found');
  return { desk, addresses: toAddresses(toKnownUrl(settings.PUBLIC_URL, request), desk.name) };
}

/** Signing in at an identity provider: the way there, and every way back. No page here needs a session. */
export function signOnPages(app: FastifyInstance, parts: SignInParts): void {
  const { deps } = parts;

  app.get('/sign-in/with/:provider', async (request, reply) => {
    const to = toLocalPath(request.asked().to);
    if (request.session) return reply.redirect(toLocalPath(to), 303);
    const at = findDesk(deps, request);
    return tryIt(deps, request, reply, at, async () => {
      const url = await begin(parts, request, reply, at, { to });
      return url === undefined ? showWait(reply) : reply.redirect(url, 303);
    });
  });

  // With a text that was typed before the session ended. A redirect after a form would have to stay on this site (CSP, form-action).
  app.post('/sign-in/with/:provider', async (request, reply) => {
    const at = findDesk(deps, request);
    const { to, path, typed = '' } = request.typed();
    const isKept = typed.length <= mostTyped && (await isKnownBrowser(parts, request));
    const given = { to: toLocalPath(to), ...(path && { path, typed }) };
    return tryIt(deps, request, reply, at, async () => {
      const carried = isKept ? given : { to: given.to };
      const url = await begin(parts, request, reply, at, carried).catch((error: unknown) => {
        if (error instanceof SignOnError) error.carried = given;
        throw error;
      });
      if (url === undefined) return showWait(reply);
      return showGoing(parts, reply, {
        url,
        desk: at.desk,
        lost: path && !isKept ? { path, typed } : undefined,
      });
    });
  });

  app.get('/sign-in/with/:provider/callback', { config: { shownOnce: true } }, async (request, reply) => {
    const at = findDesk(deps, request);
    return tryIt(deps, request, reply, at, async () => {
      const query = request.url.split('?')[1] ?? '';
      const browser = parts.cookies.away(request);
      const arrived = await at.desk.takeAnswer(deps.store, at.addresses, query, browser);
      return arriveAt(parts, request, reply, at.desk, arrived);
    });
  });

  // The provider's form comes without our cookies (SameSite=Lax), so the page after it decides whose browser it is.
  app.post('/sign-in/with/:provider/acs', { config: { takesForeignForms: true } }, async (request, reply) => {
    const at = findDesk(deps, request);
    return tryIt(deps, request, reply, at, async () => {
      const form = {
        SAMLResponse: request.typedExactly('SAMLResponse'),
        RelayState: request.typedExactly('RelayState'),
      };
      const state = await at.desk.takeResponse(deps.store, at.addresses, form);
      return reply.redirect(`/sign-in/with/${at.desk.name}/arrive?state=${encodeURIComponent(state)}`, 303);
    });
  });

  app.get('/sign-in/with/:provider/arrive', { config: { shownOnce: true } }, async (request, reply) => {
    const at = findDesk(deps, request);
    return tryIt(deps, request, reply, at, async () => {
      const { state = '' } = request.asked();
      const arrived = await at.desk.arrive(deps.store, state, parts.cookies.away(request));
      return arriveAt(parts, request, reply, at.desk, arrived);
    });
  });

  app.get('/sign-in/with/:provider/signed-out', async (_request, reply) =>
    reply.redirect('/sign-in?done=signed_out', 303),
  );

  machinePages(app, deps);
}

/** What a provider itself asks for, and no browser. */
function machinePages(app: FastifyInstance, deps: ConsoleDeps): void {
  app.get('/sign-in/with/:provider/metadata', async (request, reply) => {
    const { desk, addresses } = findDesk(deps, request);
    const xml = desk.describe(addresses);
    if (xml === undefined) throw new PageError('not_found');
    return reply.type('application/samlmetadata+xml').send(xml);
  });

  // OpenID Connect Back-Channel Logout 1.0, 2.5 and 2.8.
  app.post('/sign-in/with/:provider/back-channel', async (request, reply) => {
    const { desk } = findDesk(deps, request);
    reply.header('cache-control', 'no-store');
    try {
      const count = await desk.endSessions(deps.store, request.typedExactly('logout_token'));
      deps.log.info({ provider: desk.name, count }, 'sessions ended by their provider');
      return await reply.code(200).send();
    } catch (error) {
      if (!(error instanceof SignOnError)) throw error;
      noteRefusal(deps.log, desk.name, request.ip, error);
      return reply.code(error.kind === 'away' ? 503 : 400).send({ error: 'invalid_request' });
    }
  });
}

/** A refusal is a page that says in words what is the matter. */
async function tryIt(
  deps: ConsoleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { desk }: AtDesk,
  work: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SignOnError)) throw error;
    noteRefusal(deps.log, desk.name, request.ip, error);
    return showRefused(reply, desk, error);
  }
}

async function isKnownBrowser({ deps, cookies }: SignInParts, request: FastifyRequest): Promise<boolean> {
  const device = cookies.device(request);
  return device !== undefined && isAnybodysDevice(deps.store, device);
}

/** The provider's address. Undefined: too many unknown browsers began at the person's network. */
export async function begin(
  parts: SignInParts,
  request: FastifyRequest,
  reply: FastifyReply,
  { desk, addresses }: AtDesk,
  given: { to: string; path?: string; typed?: string; linkUser?: string },
): Promise<string | undefined> {
  const { deps, cookies } = parts;
  if (!(await isKnownBrowser(parts, request))) {
    const subjects = [{ kind: 'sent' as const, name: toNeighbourhood(request.ip) }];
    if (await countTries(deps.store, subjects, undefined)) return undefined;
  }
  // Two pages of one browser may be on their way at once.
  const browser = cookies.away(request) ?? createSecretToken();
  cookies.setAway(reply, browser, new Date(Date.now() + awayMinutes * 60_000));
  return desk.begin(deps.store, addresses, request.language(), { ...given, browser });
}

const showWait = (reply: FastifyReply) =>
  reply.header('retry-after', 900).page('error', { error: 'busy', lost: null }, 429);

/** A page that leads to the provider. A text that nobody keeps stays on it until the person goes on. */
export function showGoing(
  { keeping }: Pick<SignInParts, 'keeping'>,
  reply: FastifyReply,
  { url, desk, lost }: { url: string; desk: SignOnDesk; lost?: { path: string; typed: string } | undefined },
) {
  const shown = lost ? Object.values(keeping.toFields(lost.typed)).filter((text) => text.length >= 10) : [];
  return reply.page('sign-on-going', { url, label: desk.label, isOut: false, shown });
}
