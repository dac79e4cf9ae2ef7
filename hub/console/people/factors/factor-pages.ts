import type { FastifyReply, FastifyRequest } from 'fastify';
import { checkCurrent, WaitForPassword } from '../../../access/accounts/own-account.ts';
import { toFactorPolicy } from '../../../access/factors/factor-policy.ts';
import { listFactors, removeFactors } from '../../../access/factors/factors.ts';
import { countRecoveryCodes, renewRecoveryCodes } from '../../../access/factors/recovery-codes.ts';
import { findListedUser } from '../../../access/people/list-users.ts';
import { UserError } from '../../../access/people/users.ts';
import { toUuid } from '../../../complaints/reading/read-operations.ts';
import { PageError } from '../../../web/page-error.ts';
import type { ConsoleDeps, Pages } from '../../visit/console-context.ts';
import { noteWrongPassword } from '../account-pages.ts';
import { toProblems } from '../user-pages.ts';
import { keepFactor, showSetUp, takeSetUp } from './set-up.ts';

/** One's own second factors. The hook of step-up.ts asks for one of them before anything is changed here. */
export const factorPages: Pages = (app, deps) => {
  const { store, settings } = deps;

  app.get('/account/factors', async (request, reply) => showFactors(deps, request, reply));

  app.get('/account/factors/new', async (request, reply) => showNew(deps, request, reply));

  app.post('/account/factors/new', async (request, reply) => {
    const owner = request.signedIn();
    const isFirst = (await listFactors(store, owner.id)).length === 0;
    // A session that somebody took must not lock its person out.
    const problems = isFirst ? await findWrongPassword(deps, request) : undefined;
    if (problems) return showNew(deps, request, reply, problems);
    const factor = await takeSetUp(deps, request, request.session?.id ?? '');
    if (!factor) return showNew(deps, request, reply, { code: 'factor.wrong_new' });
    const codes = await keepFactor(deps, owner, factor);
    if (codes.length > 0) return reply.page('recovery-codes', { codes, to: '/account/factors' });
    return reply.redirect('/account/factors?done=factor_added', 303);
  });

  app.post('/account/factors/remove', async (request, reply) => {
    const owner = request.signedIn();
    const only = toUuid(request.typed().factor);
    if (only === undefined) throw new PageError('not_understood');
    const listed = await listFactors(store, owner.id);
    const needed = toFactorPolicy(settings).always({ role: owner.role, isBreakGlass: false });
    if (needed && listed.length === 1) return showFactors(deps, request, reply, 'factor.last');
    const by = { actor: owner.login, way: 'console' } as const;
    const count = await store.db
      .transaction()
      .execute((transaction) => removeFactors(transaction, owner, only, by));
    return reply.redirect(`/account/factors?done=${count > 0 ? 'factor_removed' : 'nothing'}`, 303);
  });

  app.post('/account/factors/codes', async (request, reply) => {
    const owner = request.signedIn();
    if ((await listFactors(store, owner.id)).length === 0) throw new PageError('not_understood');
    const codes = await store.db
      .transaction()
      .execute((transaction) => renewRecoveryCodes(transaction, owner));
    return reply.page('recovery-codes', { codes, to: '/account/factors' });
  });
};

/** Undefined: the password is right. */
async function findWrongPassword(deps: ConsoleDeps, request: FastifyRequest) {
  try {
    await checkCurrent(deps.store, request.signedIn(), request.typedExactly('current'));
    return undefined;
  } catch (error) {
    noteWrongPassword(deps, request, error);
    if (error instanceof WaitForPassword) return { current: 'problem.wait' };
    if (error instanceof UserError) return toProblems(error);
    throw error;
  }
}

async function showFactors(
  { store }: ConsoleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  problem: string | null = null,
) {
  const { id } = request.signedIn();
  const [factors, left] = await Promise.all([listFactors(store, id), countRecoveryCodes(store, id)]);
  return reply.page('factors', { factors, left, problem }, problem === null ? 200 : 422);
}

async function showNew(
  deps: ConsoleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  problems: Record<string, string> = {},
) {
  const owner = request.signedIn();
  const isFirst = (await listFactors(deps.store, owner.id)).length === 0;
  const shown = await showSetUp(deps, request, request.session?.id ?? '', owner);
  const { current = null, code = null } = problems;
  const person = await findListedUser(deps.store, owner.id);
  const hasPassword = person?.hasPassword ?? false;
  const data = { ...shown, isFirst, hasPassword, problem: code, currentProblem: current };
  return reply.page('factor-new', data, current || code ? 422 : 200);
}
