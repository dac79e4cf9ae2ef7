import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { HashingBusy } from '../access/people/passwords.ts';
import { createSessions } from '../access/people/sessions.ts';
import { countOpenAlerts } from '../alerts/read-alerts.ts';
import { AttachmentError, isOutage, outageRetryAfter } from '../attachments/attachment-error.ts';
import { PublicUrlMissing } from '../http/base-url.ts';
import { Refusal, sendProblem } from '../http/problem.ts';
import { refuseRepeatedHeaders } from '../http/single-headers.ts';
import { countOpenDuties } from '../insight/duties/read-duties.ts';
import { PaperError } from '../paper/paper-error.ts';
import { countRequests } from '../personal/requests/requests.ts';
import { serve } from '../personal/unforeseen.ts';
import { tookTooLong } from '../store/asking.ts';
import { loadAssets } from '../web/asset-files.ts';
import { readLostForm, toShownLost } from '../web/lost-form.ts';
import { dropBrokenCursors } from '../web/page-cursor.ts';
import { type ErrorPage, errorPages, PageError } from '../web/page-error.ts';
import { refuseForeignForms, securityHeaders } from '../web/security.ts';
import { serveAssets } from '../web/serve-assets.ts';
import { agencyAddPages } from './agencies/agency-add-pages.ts';
import { agencyPages } from './agencies/agency-pages.ts';
import { agentPages } from './agencies/agent-pages.ts';
import { statutoryPages } from './agencies/statutory-pages.ts';
import { cataloguePages } from './catalogue/catalogue-pages.ts';
import { releasePages } from './complaints/answers/release-pages.ts';
import { asidePages } from './complaints/aside-pages.ts';
import { attachmentPages } from './complaints/attachment-pages.ts';
import { complaintPages } from './complaints/complaint-pages.ts';
import { consentPages } from './complaints/consents/consent-pages.ts';
import { documentPages } from './complaints/document-pages.ts';
import { createTypedKeeping, draftPages, isDrafted } from './complaints/draft-pages.ts';
import { heldPages } from './complaints/held/held-pages.ts';
import { notePages } from './complaints/notes/note-pages.ts';
import { numberPages } from './complaints/numbers/number-pages.ts';
import { registrationPages } from './complaints/registration-pages.ts';
import { agencyVersionPages } from './configuration/agency-version-pages.ts';
import { configurationPages } from './configuration/configuration-pages.ts';
import { draftReviewPages } from './configuration/draft-review-pages.ts';
import { newAgencyPages } from './configuration/new-agency-pages.ts';
import { overviewPages } from './configuration/overview-pages.ts';
import { proposalPages } from './configuration/proposal-pages.ts';
import { removalPages } from './configuration/removal-pages.ts';
import { createConsoleViews } from './console-views.ts';
import { bulkPages } from './desk/bulk/bulk-pages.ts';
import { cannedPages } from './desk/canned/canned-pages.ts';
import { boardPages } from './desk/lists/board-pages.ts';
import { listSettingPages } from './desk/lists/setting-pages.ts';
import { deskPeoplePages } from './desk/people/people-pages.ts';
import { engineerPages } from './engineer/engineer-pages.ts';
import { dutyPages } from './insight/duty-pages.ts';
import { inspectionPages } from './insight/inspection-pages.ts';
import { processPages } from './insight/process-pages.ts';
import { livePages } from './live.ts';
import { accessLogPages } from './oversight/access/access-log-pages.ts';
import { accessReviewPages } from './oversight/access/review-pages.ts';
import { alertPages } from './oversight/alert-pages.ts';
import { auditPages } from './oversight/audit-pages.ts';
import { breachPages } from './oversight/breaches/breach-pages.ts';
import { evidencePages, verifierPage } from './oversight/evidence/evidence-pages.ts';
import { ledgerPages } from './oversight/ledger-pages.ts';
import { outboxPages } from './oversight/outbox-pages.ts';
import { provisionPages } from './oversight/provisions/provision-pages.ts';
import { requestCorrectPages } from './oversight/requests/request-correct-pages.ts';
import { requestDataPages } from './oversight/requests/request-data-pages.ts';
import { requestPages } from './oversight/requests/request-pages.ts';
import { retentionPages } from './oversight/retention/retention-pages.ts';
import { accountPages } from './people/account-pages.ts';
import { accountProposalPages } from './people/account-proposal-pages.ts';
import { adminKeyPages } from './people/admin-key-pages.ts';
import { factorPages } from './people/factors/factor-pages.ts';
import { secondStepPages } from './people/factors/second-step-pages.ts';
import { createStepUp } from './people/factors/step-up.ts';
import { forgottenPages } from './people/forgotten-pages.ts';
import { linkPages } from './people/link-pages.ts';
import { personPages } from './people/person-pages.ts';
import { rightsPages } from './people/rights-pages.ts';
import { keptByBrowsers, showSessionOver, signInPages } from './people/sign-in-pages.ts';
import { ownSignOnPages } from './people/sign-on/own-sign-on.ts';
import { signOnPages } from './people/sign-on/sign-on-pages.ts';
import { userPages } from './people/user-pages.ts';
import { rehearsalPages } from './rehearsal/rehearsal-pages.ts';
import { stagePages } from './rehearsal/stage-pages.ts';
import { trialPages } from './rehearsal/trial-pages.ts';
import { endpointPages } from './repairs/endpoint-pages.ts';
import { groupPages } from './repairs/items/group-pages.ts';
import { parkedPages } from './repairs/parked-pages.ts';
import { remapPages } from './repairs/remap-pages.ts';
import { repairPages } from './repairs/repair-pages.ts';
import { replayPages } from './repairs/replay-pages.ts';
import { clockPages } from './rules/clock/clock-pages.ts';
import { reviewPages } from './rules/review-pages.ts';
import { routingPages } from './rules/routing/routing-pages.ts';
import { routingTryPages } from './rules/routing/routing-try-pages.ts';
import { rulesPages } from './rules/rules-pages.ts';
import { templatePages } from './rules/templates/template-pages.ts';
import { templateTrialPages } from './rules/templates/template-trial-pages.ts';
import { versionPages } from './rules/version-pages.ts';
import type { ConsoleDeps, Pages } from './visit/console-context.ts';
import { toAnyReader } from './visit/to-reader.ts';
import { equipVisits, toCookies } from './visit/visit.ts';
import { codePages } from './workbench/code-pages.ts';
import { incomingPages } from './workbench/incoming-pages.ts';
import { outgoingPages } from './workbench/outgoing-pages.ts';
import { runPages } from './workbench/run-pages.ts';

export type { ConsoleDeps } from './visit/console-context.ts';

const behindSignIn: Pages[] = [
  boardPages,
  complaintPages,
  consentPages,
  draftPages,
  asidePages,
  notePages,
  bulkPages,
  listSettingPages,
  deskPeoplePages,
  cannedPages,
  attachmentPages,
  numberPages,
  documentPages,
  releasePages,
  heldPages,
  registrationPages,
  agencyAddPages,
  agencyPages,
  agentPages,
  cataloguePages,
  parkedPages,
  groupPages,
  outboxPages,
  alertPages,
  ledgerPages,
  processPages,
  dutyPages,
  inspectionPages,
  auditPages,
  accessLogPages,
  accessReviewPages,
  retentionPages,
  evidencePages,
  provisionPages,
  breachPages,
  requestPages,
  requestDataPages,
  requestCorrectPages,
  userPages,
  personPages,
  adminKeyPages,
  accountProposalPages,
  accountPages,
  factorPages,
  rightsPages,
  livePages,
  repairPages,
  replayPages,
  endpointPages,
  remapPages,
  rulesPages,
  routingPages,
  routingTryPages,
  clockPages,
  templatePages,
  templateTrialPages,
  reviewPages,
  versionPages,
  stagePages,
  rehearsalPages,
  trialPages,
  overviewPages,
  configurationPages,
  draftReviewPages,
  agencyVersionPages,
  removalPages,
  statutoryPages,
  proposalPages,
  newAgencyPages,
  incomingPages,
  outgoingPages,
  codePages,
  runPages,
  engineerPages,
];
/** A form may carry the longest complaint (100,000 characters, up to nine bytes each as a form sends them). */
const largestForm = 2_000_000;
/** Limits for the parts of a form. hub/attachments checks the size of a file while it is read. */
const multipartLimits = { fieldSize: largestForm, fields: 100, files: 50, fileSize: Number.MAX_SAFE_INTEGER };

/**
 * The pages for people, as a Fastify plugin: board, complaints, registration, agencies, parked things, notices, alerts,
 * the ledger and users. Everything works without JavaScript. Set `trustProxy` on the server if a proxy is in front of
 * it.
 */
export async function consolePages(app: FastifyInstance, deps: ConsoleDeps): Promise<void> {
  const sessions = createSessions(deps.store, {
    hours: deps.settings.SESSION_HOURS,
    idleMinutes: deps.settings.SESSION_IDLE_MINUTES,
  });
  const cookies = toCookies(deps.settings);
  await app.register(cookie);
  // A page takes forms, and nothing else.
  app.removeAllContentTypeParsers();
  await app.register(formbody, { bodyLimit: largestForm });
  await app.register(multipart, { limits: multipartLimits });
  await app.register(helmet, securityHeaders);
  serveAssets(app, loadAssets());
  equipVisits(app, createConsoleViews(deps.directory), sessions, cookies, {
    alerts: (agency) => countOpenAlerts(deps.store, agency),
    duties: (agency) => countOpenDuties(deps.store, agency),
    requests: async () => (await countRequests(deps.store)).open,
  });
  app.addHook('onRequest', refuseRepeatedHeaders);
  app.addHook('preHandler', (request, _reply, done) => serve(() => toAnyReader(request), done));
  app.addHook(
    'preHandler',
    refuseForeignForms(deps.settings.PUBLIC_URL, ({ session }) => session?.formToken),
  );
  handleErrors(app, deps);
  const keeping = createTypedKeeping(deps.store);
  const signingIn = { deps, sessions, cookies, keeping };
  signInPages(app, signingIn);
  secondStepPages(app, signingIn);
  signOnPages(app, signingIn);
  forgottenPages(app, deps);
  linkPages(app, deps, cookies);
  verifierPage(app);

  await app.register(async (inside) => {
    inside.addHook('preHandler', async (request, reply) => {
      if (request.session) return;
      if (cookies.session(request)) reply.header('clear-site-data', keptByBrowsers);
      if (request.method !== 'GET' && request.method !== 'HEAD')
        return showSessionOver(deps, request, reply, keeping);
      return reply.redirect(`/sign-in?to=${encodeURIComponent(request.url)}`, 303);
    });
    inside.addHook('preHandler', dropBrokenCursors);
    inside.addHook('preHandler', createStepUp(deps, cookies));
    for (const pages of behindSignIn) pages(inside, deps);
    ownSignOnPages(inside, signingIn);
  });
}

function handleErrors(app: FastifyInstance, { log }: ConsoleDeps): void {
  const show = (reply: FastifyReply, error: ErrorPage, status: number = errorPages[error]) =>
    reply.page('error', { error, lost: null }, status);
  app.setNotFoundHandler(({ headers }, reply) =>
    isForPrograms(headers.accept) ? sendProblem(reply, new Refusal('not-found')) : show(reply, 'not_found'),
  );
  app.setErrorHandler((error: FastifyError, request, reply) => {
    if (error instanceof PageError) {
      noteRefusal(log, request, error);
      return error.kind === 'stale_form' ? showStaleForm(request, reply) : show(reply, error.kind);
    }
    if (error instanceof PublicUrlMissing) return show(reply, 'public_url');
    if (tookTooLong(error)) return show(reply, 'too_slow');
    if (error instanceof AttachmentError && isOutage(error))
      return show(reply.header('retry-after', outageRetryAfter), 'files_away');
    const status = error.statusCode ?? 500;
    const busy = findBusy(error);
    if (busy !== undefined) return show(reply.header('retry-after', busy), 'busy');
    if (status === errorPages.not_a_form) return show(reply, 'not_a_form');
    if (status < 500) return show(reply, 'not_understood', status);
    log.error({ err: error, path: request.routeOptions.url }, 'a page failed');
    return show(reply, 'failed');
  });
}

/**
 * Somebody asked for what he or she has no right to, or a form came from elsewhere (OWASP ASVS 5, 16.3.2 and 16.3.3). What
 * is another agency's is not found. Strangers do not fill the log.
 */
function noteRefusal(log: Logger, request: FastifyRequest, { kind }: PageError): void {
  const { session, ip: from, method, routeOptions } = request;
  if (kind === 'not_understood' || kind === 'not_a_form') return;
  const line = { user: session?.user.id ?? 'unknown', from, refused: kind, method, route: routeOptions.url };
  log[session ? 'warn' : 'debug'](line, 'a page was refused');
}

/** Seconds after which what is refused for want of room may succeed. Undefined: it was refused for another reason. */
function findBusy(error: unknown): number | undefined {
  if (error instanceof HashingBusy) return error.retryAfter;
  return error instanceof PaperError && error.kind === 'busy' ? 5 : undefined;
}

/** What was typed is shown again: the person may be the one who typed it, and sees it before anything happens with it. */
async function showStaleForm(request: FastifyRequest, reply: FastifyReply) {
  const lost = await readLostForm(request).catch(() => undefined);
  const shown = lost ? toShownLost(lost, isDrafted(lost.path)) : null;
  return reply.page('error', { error: 'stale_form', lost: shown }, errorPages.stale_form);
}

/** A program that looked for an API in the wrong place can read no page. */
const isForPrograms = (accept = '') => /[/+]json\b/.test(accept) && !accept.includes('text/html');
