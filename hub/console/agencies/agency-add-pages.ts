import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Agency, BoardConnection } from '../../../schemas/index.ts';
import { toReason } from '../../../schemas/reason.ts';
import { createApiKey } from '../../access/keys/api-keys.ts';
import { toSigningSecret } from '../../access/keys/request-signature.ts';
import { scopes } from '../../access/keys/scopes.ts';
import { toConnectionSheet } from '../../access/sheets/connection-sheet.ts';
import { orTaken, toAddition } from '../../configuration/changes/apply.ts';
import { changeConfiguration } from '../../configuration/changes/proposals.ts';
import { ConfigurationError } from '../../configuration/configuration-error.ts';
import { readYaml } from '../../configuration/yaml/yaml-source.ts';
import { toKnownUrl } from '../../http/base-url.ts';
import { type FormProblems, noProblems, toFormProblems, toShown } from '../../web/form-problems.ts';
import type { Typed } from '../../web/forms.ts';
import type { ConsoleDeps, Pages } from '../visit/console-context.ts';
import { showAgentSheet } from './agent-pages.ts';

/** A new agency with its key, and the sheet for its engineer. */
export const agencyAddPages: Pages = (app, deps) => {
  const rules = { fourEyes: deps.settings.CONFIG_FOUR_EYES === 'yes' };

  app.get('/agencies/new', async (request, reply) => {
    request.demand('manage_users');
    // This check comes before anything is typed, because the result is a sheet with a key.
    toKnownUrl(deps.settings.PUBLIC_URL, request);
    return showForm(reply);
  });

  app.post('/agencies/new', async (request, reply) => {
    const administrator = request.demand('manage_users');
    toKnownUrl(deps.settings.PUBLIC_URL, request);
    const typed = request.typed();
    const board = typed.exchange === 'agent' ? toBoard(typed.board ?? '') : undefined;
    const agency = { ...toAgency(typed), ...(board && { board }) };
    const needed = ['code', 'name', 'officer', ...(typed.exchange === 'agent' ? ['board'] : [])];
    const missing = needed.filter((field) => !typed[field]);
    if (missing.length > 0)
      return showForm(reply, typed, {
        fields: Object.fromEntries(missing.map((field) => [field, 'problem.required'])),
        others: [],
      });
    try {
      const by = { author: administrator.login, way: 'console', note: '' } as const;
      const adding = changeConfiguration(deps.store, rules, [toAddition(agency)], by);
      const done = await orTaken(agency, adding);
      // There is no agency to give a key to before a second person has agreed.
      if ('proposed' in done)
        return reply.redirect(`/configuration/proposals/${done.proposed}?done=configuration_proposed`, 303);
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      return showForm(reply, typed, toProblems(error, agency.code, typed));
    }
    deps.log.info({ user: administrator.id, agency: agency.code }, 'agency added');
    return board
      ? showAgentSheet(deps, request, reply, agency, administrator)
      : showSheet(deps, request, reply, agency, administrator);
  });
};

/** Makes a key and shows it, this once, on a sheet for print. Errors: TooManyKeys, PublicUrlMissing. */
export async function showSheet(
  { store, settings, log }: ConsoleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  agency: Agency,
  user: { id: string; login: string },
): Promise<FastifyReply> {
  const baseUrl = toKnownUrl(settings.PUBLIC_URL, request);
  const by = { actor: user.login, way: 'console' } as const;
  const { id, key } = await createApiKey(store, agency.code, null, scopes, by);
  log.info({ user: user.id, agency: agency.code, apiKey: id }, 'API key created');
  const secret = settings.SIGNING_SECRET;
  const sheet = toConnectionSheet({
    agency,
    key,
    keyId: id,
    expiresAt: null,
    scopes,
    baseUrl,
    signingSecret: secret && toSigningSecret(secret, id),
  });
  return reply.page('connection-sheet', { agency, sheet });
}

/** The board as typed, reached by an agent. Its problems show when it is applied. */
function toBoard(text: string): BoardConnection {
  const { value } = readYaml(text);
  const board = typeof value === 'object' && value !== null ? value : {};
  return { ...(board as BoardConnection), via: 'agent' };
}

function toAgency({
  code = '',
  name = '',
  nameEn,
  officer = '',
  department,
  email,
  exchange,
}: Typed): Agency {
  return {
    code,
    name: { ko: name, ...(nameEn && { en: nameEn }) },
    officers: [
      {
        name: officer,
        ...(department && { department }),
        ...(email && { email, notifyBy: 'email' as const }),
      },
    ],
    ...(exchange === 'feed' && { feed: true }),
  };
}

/** The field for each JSON pointer into the agency. The board has one field, so its problems keep their pointers. */
const places: Record<string, string> = {
  '/code': 'code',
  '/name/ko': 'name',
  '/name/en': 'nameEn',
  '/officers/0/name': 'officer',
  '/officers/0/department': 'department',
  '/officers/0/email': 'email',
};

function toProblems({ kind, problems }: ConfigurationError, code: string, typed: Typed): FormProblems {
  if (kind === 'taken') return { fields: { code: 'problem.agency_taken' }, others: [] };
  const { fields, others } = toFormProblems(
    problems.map(({ document, pointer, reason }) =>
      document?.kind === 'agency' && document.name === code
        ? { pointer, reason }
        : { pointer: '', reason: toReason('at', { place: `${document?.name}${pointer}`, detail: reason }) },
    ),
    places,
    typed,
  );
  const isOfBoard = others.some(({ pointer }) => pointer.startsWith('/board'));
  return { fields: { ...fields, ...(isOfBoard && { board: 'problem.board' }) }, others };
}

const blank: Typed = {
  code: '',
  name: '',
  nameEn: '',
  officer: '',
  department: '',
  email: '',
  exchange: 'screen',
  board: '',
};

function showForm(reply: FastifyReply, typed: Typed = {}, problems: FormProblems = noProblems) {
  const data = {
    values: { ...blank, ...typed },
    problems: toShown(Object.keys(blank), problems),
    exchanges: ['screen', 'feed', 'agent'],
  };
  return reply.page('agency-new', data, problems === noProblems ? 200 : 422);
}
