import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { type Language, languages, OneOf } from '../../../../../schemas/index.ts';
import { changeAccount } from '../../../../access/accounts/account-change.ts';
import { disableUser } from '../../../../access/accounts/administer.ts';
import {
  findListedUserByLogin,
  type ListedUser,
  listUsers,
  type UserFilter,
  userStates,
} from '../../../../access/people/list-users.ts';
import { UserError } from '../../../../access/people/user-error.ts';
import { roles } from '../../../../access/people/users.ts';
import { toKnownUrl } from '../../../../http/base-url.ts';
import { Refusal } from '../../../../http/problem.ts';
import type { AdminDoorDependencies } from '../admin-dependencies.ts';
import { examples } from '../admin-examples.ts';
import { linkNext } from '../answer-change.ts';
import { describeAdmin } from '../describe-admin.ts';
import { toDoer } from '../let-admin-in.ts';
import { AccountProposed, Invitation, OneUser, UserList } from './user-schemas.ts';

const pageSize = 100;
const LoginParams = Type.Object({
  login: Type.String({
    minLength: 1,
    maxLength: 40,
    description: 'The login of the person',
    examples: ['lee'],
  }),
});
const one = (description: string) => ({
  description,
  media: { 'application/json': { schema: OneUser, example: examples.user } },
});

/** Where the rule of four eyes holds and an administrator comes of it. */
const proposed = {
  description: 'It waits for a second administrator, at `/user-proposals`',
  media: { 'application/json': { schema: AccountProposed, example: examples.accountProposed } },
};

/** Routes of the people who may sign in. */
export function userRoutes(app: FastifyInstance, dependencies: AdminDoorDependencies): void {
  listRoute(app, dependencies);
  inviteRoute(app, dependencies);
  switchRoute(app, dependencies, false);
  switchRoute(app, dependencies, true);
}

/** Without e-mail addresses: a pipeline has no use for them. */
const toUser = ({ login, name, role, agency, state, createdAt, lastSignInAt }: ListedUser) => ({
  login,
  name,
  role,
  agency,
  state,
  createdAt,
  lastSignInAt,
});

function listRoute(app: FastifyInstance, { store }: AdminDoorDependencies): void {
  const options = describeAdmin({
    operation: 'listUsers',
    tag: 'users',
    summary: 'The people who may, or might, sign in',
    description: `By login, ${pageSize} on a page.`,
    query: Type.Object({
      role: Type.Optional(OneOf(roles, { description: 'Only with this role' })),
      state: Type.Optional(OneOf(userStates, { description: 'Only in this state' })),
      after: Type.Optional(
        Type.String({ pattern: '^u~[a-z0-9._-]{1,40}$', description: 'From the link of the page before' }),
      ),
    }),
    replies: {
      200: {
        description: 'A page',
        headers: ['Link'],
        media: { 'application/json': { schema: UserList, example: examples.users } },
      },
    },
  });
  app.get<{ Querystring: Pick<UserFilter, 'role' | 'state'> & { after?: string } }>(
    '/users',
    options,
    async (request, reply) => {
      const { after, ...filter } = request.query;
      const page = await listUsers(store, filter, { size: pageSize, ...(after !== undefined && { after }) });
      linkNext(request, reply, page.next === undefined ? undefined : { after: page.next });
      return { users: page.rows.map(toUser) };
    },
  );
}

function inviteRoute(
  app: FastifyInstance,
  { store, directory, rules, publicUrl }: AdminDoorDependencies,
): void {
  const options = describeAdmin({
    operation: 'inviteUser',
    tag: 'users',
    summary: 'Invite a person by mail',
    description: 'The link in the mail lets the person set a password. No reply has it.',
    body: { 'application/json': { schema: Invitation, example: examples.invitation } },
    replies: { 201: one('Invited'), 202: proposed },
    problems: [409],
  });
  app.post<{ Body: Static<typeof Invitation> }>('/users', options, async (request, reply) => {
    const { language, agency, ...person } = request.body;
    if (agency && !directory.findAgency(agency)) throw new UserError('invalid', 'agency', 'is no agency');
    const invited = { ...person, language: toLanguage(language), ...(agency && { agency }) };
    const how = { ...rules, baseUrl: toKnownUrl(publicUrl, request) };
    const changed = await changeAccount(store, how, { kind: 'invite', user: invited }, toDoer(request.admin));
    if ('proposed' in changed) return reply.status(202).send({ proposal: changed.proposed });
    return reply.status(201).send(toUser(await mustFind({ store }, invited.login)));
  });
}

const toLanguage = (given: string | undefined): Language => languages.find((one) => one === given) ?? 'ko';

function switchRoute(app: FastifyInstance, { store, rules }: AdminDoorDependencies, isOn: boolean): void {
  const options = describeAdmin({
    operation: isOn ? 'enableUser' : 'disableUser',
    tag: 'users',
    summary: isOn ? 'Let a person sign in again' : 'Let a person sign in no more',
    description: isOn
      ? 'With the password as it was. The keys of the account that are not over work again, too.'
      : 'Sessions and keys of the account end now. The last administrator stays (409).',
    params: LoginParams,
    replies: { 200: one('As it is now; again, nothing changes'), ...(isOn && { 202: proposed }) },
    problems: [404, 409],
  });
  app.post<{ Params: { login: string } }>(
    `/users/:login/${isOn ? 'enable' : 'disable'}`,
    options,
    async (request: FastifyRequest<{ Params: { login: string } }>, reply) => {
      const { login } = request.params;
      const { id } = await mustFind({ store }, login);
      const by = toDoer(request.admin);
      if (!isOn) await disableUser(store, id, by);
      else {
        const changed = await changeAccount(store, { ...rules, baseUrl: '' }, { kind: 'enable', id }, by);
        if ('proposed' in changed) return reply.status(202).send({ proposal: changed.proposed });
      }
      return toUser(await mustFind({ store }, login));
    },
  );
}

async function mustFind({ store }: Pick<AdminDoorDependencies, 'store'>, login: string): Promise<ListedUser> {
  const found = await findListedUserByLogin(store, login);
  if (!found) throw new Refusal('not-found', `there is no account ${login}`);
  return found;
}
