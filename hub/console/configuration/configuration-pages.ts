import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Agency } from '../../../schemas/index.ts';
import { toReason } from '../../../schemas/reason.ts';
import { may } from '../../access/people/rights.ts';
import { ConfigurationError, type ConfigurationProblem } from '../../configuration/configuration-error.ts';
import { discardDraft, findDraft, saveDraft } from '../../configuration/drafts.ts';
import { readDocument } from '../../configuration/read-document.ts';
import { hideSecrets } from '../../configuration/secrecy/hide-secrets.ts';
import { findInForce } from '../../configuration/versions.ts';
import type { CheckedConnection, SecretState } from '../../exchange/draft-trials.ts';
import { withholdNew } from '../../exchange/withhold-new.ts';
import { PageError } from '../../web/page-error.ts';
import { toLocalPath } from '../../web/security.ts';
import type { ConsoleDeps, Pages } from '../visit/console-context.ts';
import { codeOf, readDraft, showDraft } from './draft-page.ts';
import { type EditedDraft, editDraft, readForm, readSent, type SentDraft } from './edit-draft.ts';

/** The configuration of one agency as a form and as YAML: two views of one draft, which each person has for himself. */
export const configurationPages: Pages = (app, deps) => {
  app.get('/agencies/:code/configuration', async (request, reply) => {
    const user = request.demand('see_configuration');
    const code = codeOf(request);
    const person = may(user, 'configure') ? user.login : '';
    const { draft, source, base } = await readDraft(deps, person, code);
    const form = readForm(source);
    const edited = { source, was: source, form, unreadable: form === undefined };
    return showDraft(deps, request, reply, { edited, base, draft });
  });

  app.post('/agencies/:code/configuration', async (request, reply) => {
    const user = request.demand('configure');
    const code = codeOf(request);
    const sent = readSent(request);
    await mustBeKnown(deps, user.login, code, sent);
    const edited = editDraft(sent);
    const read = readDocument({ kind: 'agency', name: code }, edited.source);
    const source = hideSecrets(edited.source, read, '');
    const isKept = await keepDraft(deps, user.login, code, { base: sent.base, source });
    if (read.secrets.length > 0 || !isKept)
      return showRefused(deps, request, reply, { base: sent.base, source, refused: read.secrets });
    return answer(deps, request, reply, sent, edited);
  });

  app.post('/agencies/:code/configuration/discard', async (request, reply) => {
    const user = request.demand('configure');
    const code = codeOf(request);
    await discardDraft(deps.store, user.login, 'agency', code);
    const inForce = await findInForce(deps.store.db, { kind: 'agency', name: code });
    const to = inForce ? `/agencies/${code}/configuration` : '/configuration';
    return reply.redirect(toLocalPath(`${to}?done=draft_discarded`), 303);
  });
};

/** A draft is of an agency that is there, or was begun at the page for new ones. */
async function mustBeKnown(
  { store }: ConsoleDeps,
  person: string,
  code: string,
  { base }: SentDraft,
): Promise<void> {
  if (base > 0) {
    if (await findInForce(store.db, { kind: 'agency', name: code })) return;
  }
  if (!(await findDraft(store, person, 'agency', code))) throw new PageError('not_found');
}

/** A text that was not kept as it was typed: with a secret in the clear, or too large. */
async function showRefused(
  deps: ConsoleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { source, base, refused }: { source: string; base: number; refused: ConfigurationProblem[] },
) {
  const form = readForm(source);
  const edited = { source, was: source, form, unreadable: form === undefined };
  const draft = await findDraft(deps.store, request.signedIn().login, 'agency', codeOf(request));
  return showDraft(deps, request, reply, { edited, base, draft, refused, status: 422 });
}

/** Keeps a draft; what is in force already is none. False: it is too large to be kept. */
async function keepDraft(
  { store }: ConsoleDeps,
  person: string,
  code: string,
  { base, source }: { base: number; source: string },
): Promise<boolean> {
  const inForce = await findInForce(store.db, { kind: 'agency', name: code });
  if (inForce && inForce.version === base && toLines(inForce.source) === source)
    await discardDraft(store, person, 'agency', code);
  else
    try {
      await saveDraft(store, { person, kind: 'agency', name: code, base, source });
    } catch (error) {
      if (error instanceof ConfigurationError) return false;
      throw error;
    }
  return true;
}

const toLines = (text: string): string => text.replaceAll('\r\n', '\n');

async function answer(
  deps: ConsoleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  sent: SentDraft,
  edited: EditedDraft,
) {
  const code = codeOf(request);
  const path = `/agencies/${code}/configuration`;
  if (sent.request === 'review') return reply.redirect(toLocalPath(`${path}/review`), 303);
  const isLive = request.headers['x-draft'] !== undefined;
  const asked = await tryDraft(deps, sent.request, code, edited.source);
  // Without JavaScript a saved page is loaded anew, so that a reload sends nothing again.
  if (!asked && !isLive && !edited.unreadable) return reply.redirect(toLocalPath(path), 303);
  const draft = await findDraft(deps.store, request.signedIn().login, 'agency', code);
  return showDraft(deps, request, reply, { edited, base: sent.base, draft, ...asked });
}

/** What was asked about the draft: its connections, or its secrets. A draft with problems cannot be tried. */
async function tryDraft(
  { trials, settings, store }: ConsoleDeps,
  asked: string,
  code: string,
  source: string,
): Promise<{ tried?: CheckedConnection[]; secrets?: SecretState[] } | undefined> {
  if (asked !== 'check' && asked !== 'secrets') return undefined;
  const { document, problems } = readDocument({ kind: 'agency', name: code }, source);
  if (asked === 'secrets') return { secrets: await trials.findSecrets(toAgency(code, document.body)) };
  if (problems.length > 0) return {};
  const draft = document.body as Agency;
  if (settings.CONFIG_FOUR_EYES !== 'yes') return { tried: await trials.check(draft) };
  const inForce = await findInForce(store.db, { kind: 'agency', name: code });
  const { agency, withheld } = withholdNew(draft, inForce?.body as Agency | undefined);
  return { tried: [...withheld.map(toWithheld), ...(await trials.check(agency))] };
}

const toWithheld = (name: string): CheckedConnection => {
  const line = { what: toReason('checked_new'), ok: false, detail: toReason('trial_needs_second_person') };
  return { name, ok: false, lines: [line] };
};

/** The parts of a draft that name secrets, whatever else is wrong with it. */
function toAgency(code: string, body: unknown): Pick<Agency, 'code' | 'board' | 'webhooks'> {
  const { board, webhooks } = (body ?? {}) as Partial<Agency>;
  const isBoard = typeof board === 'object' && board !== null;
  return { code, ...(isBoard && { board }), ...(Array.isArray(webhooks) && { webhooks }) };
}
