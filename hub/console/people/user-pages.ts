import type { FastifyReply } from 'fastify';
import { languages } from '../../../schemas/index.ts';
import {
  createUser,
  disableUser,
  listUsers,
  type NewUser,
  roles,
  UserError,
} from '../../access/people/users.ts';
import { toUuid } from '../../complaints/reading/read-operations.ts';
import { toShownFields } from '../../web/form-problems.ts';
import type { Typed } from '../../web/forms.ts';
import { PageError } from '../../web/page-error.ts';
import type { ConsoleDeps, Pages } from '../visit/console-context.ts';

/** The people who may sign in. Only the administrator sees these pages. */
export const userPages: Pages = (app, deps) => {
  const { store, log } = deps;

  app.get('/users', async (request, reply) => {
    request.demand('manage_users');
    return showUsers(deps, reply);
  });

  app.post('/users', async (request, reply) => {
    const administrator = request.demand('manage_users');
    const typed = request.typed();
    const unknownAgency = typed.agency && !deps.directory.findAgency(typed.agency);
    try {
      if (unknownAgency) throw new UserError('invalid', 'agency', 'is no agency');
      const user = await createUser(store, toNewUser(typed, request.typedExactly('password')));
      log.info({ user: administrator.id, created: user.id }, 'user created');
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const problem = { [error.field]: error.kind === 'taken' ? 'problem.taken' : `problem.${error.field}` };
      return showUsers(deps, reply, typed, problem);
    }
    return reply.redirect('/users?done=user_created', 303);
  });

  app.post('/users/:id/disable', async (request, reply) => {
    const administrator = request.demand('manage_users');
    const id = toUuid((request.params as { id: string }).id);
    // An administrator cannot disable himself, so one always remains.
    if (!id || id === administrator.id) throw new PageError('forbidden');
    await disableUser(store, id);
    log.info({ user: administrator.id, disabled: id }, 'user disabled');
    return reply.redirect('/users?done=user_disabled', 303);
  });
};

function toNewUser(typed: Typed, password: string): NewUser {
  const { login = '', name = '', role, agency } = typed;
  return {
    login,
    name,
    // An unknown role goes on as it is and is refused there.
    role: (role ?? '') as NewUser['role'],
    password,
    language: languages.find((language) => language === typed.language) ?? 'ko',
    ...(agency && { agency }),
  };
}

const blank: Typed = { login: '', name: '', role: 'officer', agency: '', language: 'ko' };

async function showUsers(
  { store, directory }: ConsoleDeps,
  reply: FastifyReply,
  typed: Typed = {},
  problems: Record<string, string> = {},
) {
  const users = await listUsers(store);
  const data = {
    users,
    values: { ...blank, ...typed },
    problems: toShownFields([...Object.keys(blank), 'password'], problems),
    agencies: directory.listAgencies().map((agency) => agency.code),
    choices: { roles, languages },
  };
  return reply.page('users', data, Object.keys(problems).length > 0 ? 422 : 200);
}
