import type { FastifyInstance } from 'fastify';
import { checkCurrent, WaitForPassword } from '../../../access/accounts/own-account.ts';
import { findListedUser } from '../../../access/people/list-users.ts';
import { UserError } from '../../../access/people/users.ts';
import { toAddresses } from '../../../access/sign-on/provider.ts';
import { noteRefusal } from '../../../access/sign-on/sign-on.ts';
import { SignOnError } from '../../../access/sign-on/sign-on-error.ts';
import { removeSubject } from '../../../access/sign-on/subjects.ts';
import { toKnownUrl } from '../../../http/base-url.ts';
import { PageError } from '../../../web/page-error.ts';
import { showAccount } from '../account-pages.ts';
import type { SignInParts } from '../factors/let-in.ts';
import { showRefused } from './show-refused.ts';
import { begin, showGoing } from './sign-on-pages.ts';

/** Adds a provider to one's own account, or takes it away. The hook of step-up.ts asks for the second factor before. */
export function ownSignOnPages(app: FastifyInstance, parts: SignInParts): void {
  const { deps } = parts;

  app.post('/account/sign-on/:provider', async (request, reply) => {
    const desk = deps.signOn.find((request.params as { provider: string }).provider);
    if (!desk) throw new PageError('not_found');
    const user = request.signedIn();
    try {
      // A session that somebody took must not get a way in of its own.
      await checkCurrent(deps.store, user, request.typedExactly('current'));
    } catch (error) {
      const problem = toProblem(error);
      return showAccount(deps, request, reply, { problems: { [`current-${desk.name}`]: problem } });
    }
    try {
      const addresses = toAddresses(toKnownUrl(deps.settings.PUBLIC_URL, request), desk.name);
      const given = { to: '/account', linkUser: user.id };
      const url = await begin(parts, request, reply, { desk, addresses }, given);
      if (url === undefined) return reply.page('error', { error: 'busy', lost: null }, 429);
      return await showGoing(parts, reply, { url, desk });
    } catch (error) {
      if (!(error instanceof SignOnError)) throw error;
      noteRefusal(deps.log, desk.name, request.ip, error);
      return showRefused(reply, desk, error);
    }
  });

  app.post('/account/sign-on/:provider/remove', async (request, reply) => {
    const user = request.signedIn();
    const { provider } = request.params as { provider: string };
    // Nobody takes the only way in from himself by a slip.
    const person = await findListedUser(deps.store, user.id);
    if (!person?.hasPassword) throw new PageError('forbidden');
    const count = await removeSubject(deps.store, user, provider, { actor: user.login, way: 'console' });
    return reply.redirect(`/account?done=${count > 0 ? 'sign_on_removed' : 'nothing'}`, 303);
  });
}

function toProblem(error: unknown): string {
  if (error instanceof WaitForPassword) return 'problem.wait';
  if (error instanceof UserError) return 'problem.current';
  throw error;
}
