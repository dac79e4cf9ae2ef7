import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import statics from '@fastify/static';
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { HashingBusy } from '../access/passwords.ts';
import { createSessions } from '../access/sessions.ts';
import { pruneTries } from '../access/sign-in-tries.ts';
import { AttachmentError, isOutage, outageRetryAfter } from '../attachments/attachment-error.ts';
import { PublicUrlMissing } from '../doors/base-url.ts';
import { refuseRepeatedHeaders } from '../single-headers.ts';
import { tookTooLong } from '../store/asking.ts';
import { agencyAddPages } from './agency-add-pages.ts';
import { agencyPages } from './agency-pages.ts';
import { agentPages } from './agent-pages.ts';
import { alertPages } from './alert-pages.ts';
import { asidePages } from './aside-pages.ts';
import { attachmentPages } from './attachment-pages.ts';
import { boardPages } from './board-pages.ts';
import { complaintPages } from './complaint-pages.ts';
import type { ConsoleDeps, Pages } from './console-context.ts';
import { ConsoleError, type ErrorPage, errorPages } from './console-error.ts';
import { ledgerPages } from './ledger-pages.ts';
import { livePages } from './live.ts';
import { outboxPages } from './outbox-pages.ts';
import { dropBrokenCursors } from './page-cursor.ts';
import { parkedPages } from './parked-pages.ts';
import { registrationPages } from './registration-pages.ts';
import { remapPages } from './remap-pages.ts';
import { repairPages } from './repair-pages.ts';
import { replayPages } from './replay-pages.ts';
import { hsts, refuseForeignForms, securityHeaders } from './security.ts';
import { signInPages } from './sign-in-pages.ts';
import { userPages } from './user-pages.ts';
import { equipVisits, toCookies } from './visit.ts';

export type { ConsoleDeps } from './console-context.ts';

const behindSignIn: Pages[] = [
  ...[
    boardPages,
    complaintPages,
    asidePages,
    attachmentPages,
    registrationPages,
    agencyAddPages,
    agencyPages,
    agentPages,
  ],
  ...[parkedPages, outboxPages, alertPages, ledgerPages, userPages, livePages],
  ...[repairPages, replayPages, remapPages],
];
const pruneMinutes = 10;
/** A form may carry the longest complaint (100,000 characters, up to nine bytes each as a form sends them). */
const largestForm = 2_000_000;
/** The size of a file is judged by hub/attachments while it is read: here only how many parts a form may have. */
const multipartLimits = { fieldSize: largestForm, fields: 100, files: 50, fileSize: Number.MAX_SAFE_INTEGER };

/**
 * The pages for people, as a Fastify plugin: board, complaints, registration, agencies, parked things, notices,
 * alerts, the ledger and users. Everything works without JavaScript. Set `trustProxy` on the server where one stands in front.
 */
export async function consolePages(app: FastifyInstance, deps: ConsoleDeps): Promise<void> {
  const sessions = createSessions(deps.store, deps.settings.SESSION_HOURS);
  const cookies = toCookies(deps.settings);
  await app.register(cookie);
  // A page takes forms, and nothing else.
  app.removeAllContentTypeParsers();
  await app.register(formbody, { bodyLimit: largestForm });
  await app.register(multipart, { limits: multipartLimits });
  await app.register(helmet, securityHeaders);
  app.addHook('onRequest', async (request, reply) => {
    if (cookies.isSecure(request)) reply.header('strict-transport-security', hsts);
  });
  await serveAssets(app);
  equipVisits(app, deps, sessions, cookies);
  app.addHook('onRequest', refuseRepeatedHeaders);
  app.addHook('preHandler', refuseForeignForms(deps.settings.PUBLIC_URL));
  handleErrors(app, deps);
  signInPages(app, deps, sessions, cookies);

  await app.register(async (inside) => {
    inside.addHook('preHandler', async (request, reply) => {
      if (!request.session) {
        const to = request.method === 'GET' ? `?to=${encodeURIComponent(request.url)}` : '';
        return reply.redirect(`/sign-in${to}`, 303);
      }
    });
    inside.addHook('preHandler', dropBrokenCursors);
    for (const pages of behindSignIn) pages(inside, deps);
  });

  const pruning = setInterval(() => {
    Promise.all([sessions.prune(), pruneTries(deps.store)]).catch((error: unknown) =>
      deps.log.warn({ err: error }, 'expired sessions were not pruned'),
    );
  }, pruneMinutes * 60_000);
  pruning.unref();
  app.addHook('onClose', async () => clearInterval(pruning));
}

async function serveAssets(app: FastifyInstance): Promise<void> {
  const krds = dirname(createRequire(import.meta.url).resolve('krds-uiux/package.json'));
  const own = fileURLToPath(new URL('./assets/', import.meta.url));
  const options = { index: false, decorateReply: false } as const;
  await app.register(statics, {
    ...options,
    root: join(krds, 'resources'),
    prefix: '/assets/krds/',
    maxAge: '7d',
  });
  await app.register(statics, { ...options, root: own, prefix: '/assets/', maxAge: '5m' });
}

function handleErrors(app: FastifyInstance, { log }: ConsoleDeps): void {
  const show = (reply: FastifyReply, error: ErrorPage, status: number = errorPages[error]) =>
    reply.page('error', { error }, status);
  app.setNotFoundHandler((_request, reply) => show(reply, 'not_found'));
  app.setErrorHandler((error: FastifyError, request, reply) => {
    if (error instanceof ConsoleError) return show(reply, error.kind);
    if (error instanceof PublicUrlMissing) return show(reply, 'public_url');
    if (tookTooLong(error)) return show(reply, 'too_slow');
    if (error instanceof AttachmentError && isOutage(error))
      return show(reply.header('retry-after', outageRetryAfter), 'files_away');
    const status = error.statusCode ?? 500;
    if (error instanceof HashingBusy) return show(reply.header('retry-after', error.retryAfter), 'busy');
    if (status === errorPages.not_a_form) return show(reply, 'not_a_form');
    if (status < 500) return show(reply, 'not_understood', status);
    log.error({ err: error, path: request.routeOptions.url }, 'a page failed');
    return show(reply, 'failed');
  });
}
