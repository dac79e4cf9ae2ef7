import type { FastifyReply, FastifyRequest } from 'fastify';
import { proposeKey } from '../../access/accounts/account-change.ts';
import type { Doer } from '../../access/accounts/doer.ts';
import {
  AdminKeyError,
  createAdminKey,
  listAdminKeys,
  revokeAdminKey,
} from '../../access/keys/admin-keys.ts';
import { type AdminScope, adminScopes } from '../../access/keys/admin-scopes.ts';
import { findListedUser, type ListedUser } from '../../access/people/list-users.ts';
import { toUuid } from '../../complaints/reading/read-operations.ts';
import { toShownFields } from '../../web/form-problems.ts';
import type { Typed } from '../../web/forms.ts';
import { PageError } from '../../web/page-error.ts';
import type { ConsoleDeps, Pages } from '../visit/console-context.ts';

/** Keys of an administrator's programs for the administration API: made, shown once, listed, revoked. */
export const adminKeyPages: Pages = (app, deps) => {
  const { store, log, settings } = deps;
  const isFourEyes = settings.CONFIG_FOUR_EYES === 'yes';

  app.get('/users/:id/keys', async (request, reply) =>
    showKeys(deps, request, reply, await begin(deps, request)),
  );

  app.post('/users/:id/keys', async (request, reply) => {
    const { person, by, isOwn } = await begin(deps, request);
    if (isFourEyes && !isOwn) throw new PageError('forbidden');
    const read = readOrder(request.typed());
    if ('problems' in read) return showKeys(deps, request, reply, { person, isOwn }, read.problems);
    const order = { login: person.login, ...read };
    try {
      if (isFourEyes) {
        await proposeKey(store, order, by);
        return reply.redirect('/users/proposals?done=account_proposed', 303);
      }
      const { id: keyId, key } = await createAdminKey(store, order, by);
      log.info({ user: request.signedIn().id, person: person.id, key: keyId }, "administrator's key made");
      return await reply.page('admin-key-made', { key, keyId, back: `/users/${person.id}/keys` });
    } catch (error) {
      if (!(error instanceof AdminKeyError)) throw error;
      return showKeys(deps, request, reply, { person, isOwn }, { name: keyProblemOf(error) });
    }
  });

  app.post('/users/:id/keys/:key/revoke', async (request, reply) => {
    const { person, by } = await begin(deps, request);
    const key = toUuid((request.params as { key: string }).key);
    const keys = await listAdminKeys(store, person.login);
    if (!keys.some(({ id, revokedAt }) => id === key && !revokedAt)) throw new PageError('not_found');
    await revokeAdminKey(store, key ?? '', by);
    log.info({ user: request.signedIn().id, person: person.id, key }, "administrator's key revoked");
    return reply.redirect(`/users/${person.id}/keys?done=admin_key_revoked`, 303);
  });
};

interface Begun {
  person: ListedUser;
  isOwn: boolean;
}

async function begin({ store }: ConsoleDeps, request: FastifyRequest): Promise<Begun & { by: Doer }> {
  const { id: administrator, login: actor } = request.demand('manage_users');
  const id = toUuid((request.params as { id: string }).id);
  const person = id && (await findListedUser(store, id));
  if (!person) throw new PageError('not_found');
  return { person, by: { actor, way: 'console' }, isOwn: person.id === administrator };
}

const problemOf = {
  'not-administrator': 'problem.key_not_administrator',
  'too-many': 'problem.key_too_many',
  unknown: 'account_proposals.gone',
} as const;

/** The text of why no key was made. */
export const keyProblemOf = ({ kind }: AdminKeyError): string => problemOf[kind];

type Order = { name: string; scopes: AdminScope[]; expiresAt: Date } | { problems: Record<string, string> };

/** As `hub user key` reads it. A key ends at the end of the day that was typed, in Korea. */
function readOrder(typed: Typed): Order {
  const { name = '', expires = '' } = typed;
  const scopes = adminScopes.filter((scope) => typed[scope] === 'yes');
  const expiresAt = new Date(/^\d{4}-\d{2}-\d{2}$/.test(expires) ? `${expires}T23:59:59+09:00` : Number.NaN);
  const problems: Record<string, string> = {
    ...(!/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,59}$/u.test(name) && { name: 'problem.key_name' }),
    ...(!(expiresAt.getTime() > Date.now()) && { expires: 'problem.key_expires' }),
    ...(scopes.length === 0 && { scopes: 'problem.key_scopes' }),
  };
  return Object.keys(problems).length > 0 ? { problems } : { name, scopes, expiresAt };
}

async function showKeys(
  { store, settings }: ConsoleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { person, isOwn }: Begun,
  problems: Record<string, string> = {},
) {
  const keys = await listAdminKeys(store, person.login);
  const now = Date.now();
  const isValid = ({ revokedAt, expiresAt }: (typeof keys)[number]) =>
    !revokedAt && expiresAt.getTime() > now;
  const isFourEyes = settings.CONFIG_FOUR_EYES === 'yes';
  const data = {
    person,
    valid: keys.filter(isValid),
    over: keys.filter((key) => !isValid(key)),
    scopes: adminScopes,
    isFourEyes,
    mayMake: person.role === 'administrator' && person.state !== 'disabled' && (isOwn || !isFourEyes),
    values: { name: '', expires: '', ...request.typed() },
    problems: toShownFields(['name', 'expires', 'scopes'], problems),
  };
  return reply.page('admin-keys', data, Object.keys(problems).length > 0 ? 422 : 200);
}
