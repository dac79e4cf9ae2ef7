import type { FastifyReply, FastifyRequest } from 'fastify';
import { languages } from '../../../schemas/index.ts';
import { changeAccount } from '../../access/accounts/account-change.ts';
import { listAccountProposals } from '../../access/accounts/account-proposals.ts';
import { listUsers, type UserFilter, userStates } from '../../access/people/list-users.ts';
import { roles, UserError, type UserProfile } from '../../access/people/users.ts';
import { toKnownUrl } from '../../http/base-url.ts';
import { toShownFields } from '../../web/form-problems.ts';
import type { Typed } from '../../web/forms.ts';
import { toPager } from '../../web/pager.ts';
import type { ConsoleDeps, Pages } from '../visit/console-context.ts';
import { findKnownUrl } from './known-url.ts';

/** The people who may sign in, and the invitation of one more. Only the administrator sees these pages. */
export const userPages: Pages = (app, deps) => {
  const { store, log } = deps;

  app.get('/users', async (request, reply) => {
    request.demand('manage_users');
    const asked = request.asked();
    const [page, waiting] = await Promise.all([
      listUsers(store, toFilter(asked), asked),
      listAccountProposals(store),
    ]);
    return reply.page('users', {
      waiting: waiting.length,
      isFourEyes: deps.settings.CONFIG_FOUR_EYES === 'yes',
      users: page.rows,
      pager: toPager('/users', asked, page),
      asked: { search: '', role: '', state: '', ...asked },
      choices: { roles, states: userStates },
    });
  });

  app.get('/users/new', async (request, reply) => {
    request.demand('manage_users');
    return showForm(deps, request, reply);
  });

  app.post('/users', async (request, reply) => {
    const administrator = request.demand('manage_users');
    const baseUrl = toKnownUrl(deps.settings.PUBLIC_URL, request);
    const typed = request.typed();
    const { login = '', email = '' } = typed;
    try {
      const user = { login, email, ...toProfile(deps, typed) };
      const by = { actor: administrator.login, way: 'console' } as const;
      const rules = { fourEyes: deps.settings.CONFIG_FOUR_EYES === 'yes', baseUrl };
      const changed = await changeAccount(store, rules, { kind: 'invite', user }, by);
      if ('proposed' in changed) return reply.redirect('/users/proposals?done=account_proposed', 303);
      log.info({ user: administrator.id, invited: changed.done?.id }, 'user invited');
      return reply.redirect(`/users/${changed.done?.id}?done=user_invited`, 303);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return showForm(deps, request, reply, typed, toProblems(error));
    }
  });
};

function toFilter({ search, role, state }: Typed): UserFilter {
  const knownRole = roles.find((one) => one === role);
  const knownState = userStates.find((one) => one === state);
  return {
    ...(search && { search }),
    ...(knownRole && { role: knownRole }),
    ...(knownState && { state: knownState }),
  };
}

/** What an administrator typed of a person. Throws UserError for an agency that there is not. */
export function toProfile(
  { directory }: ConsoleDeps,
  { name = '', role, agency, language }: Typed,
): UserProfile {
  if (agency && !directory.findAgency(agency)) throw new UserError('invalid', 'agency', 'is no agency');
  return {
    name,
    // An unknown role goes on as it is and is refused there.
    role: (role ?? '') as UserProfile['role'],
    language: languages.find((one) => one === language) ?? 'ko',
    ...(agency && { agency }),
  };
}

/** The texts of what is wrong, by field. */
export function toProblems({ kind, field }: UserError): Record<string, string> {
  const texts = {
    taken: `problem.${field}_taken`,
    often: `problem.${field}_often`,
    last: 'problem.last',
    invalid: `problem.${field}`,
    common: 'problem.password_common',
  };
  return { [field]: texts[kind] };
}

const blank: Typed = { login: '', name: '', role: 'officer', agency: '', language: 'ko', email: '' };

function showForm(
  deps: ConsoleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  typed: Typed = {},
  problems: Record<string, string> = {},
) {
  const data = {
    canMail: findKnownUrl(deps, request) !== null,
    values: { ...blank, ...typed },
    problems: toShownFields(Object.keys(blank), problems),
    agencies: deps.directory.listAgencies().map((agency) => agency.code),
    choices: { roles, languages },
  };
  return reply.page('user-new', data, Object.keys(problems).length > 0 ? 422 : 200);
}
