import type { FastifyReply, FastifyRequest } from 'fastify';
import { languages } from '../../../schemas/index.ts';
import { listOpenLinks } from '../../access/accounts/account-links.ts';
import { endSessionsOf } from '../../access/accounts/administer.ts';
import {
  askForEmail,
  changeOwnPassword,
  changeOwnProfile,
  type Self,
  WaitForPassword,
} from '../../access/accounts/own-account.ts';
import { listFactors } from '../../access/factors/factors.ts';
import { listSessions } from '../../access/people/list-sessions.ts';
import { findListedUser } from '../../access/people/list-users.ts';
import { listRights } from '../../access/people/rights.ts';
import { UserError } from '../../access/people/users.ts';
import { type ListedSubject, listSubjects } from '../../access/sign-on/subjects.ts';
import { toKnownUrl } from '../../http/base-url.ts';
import { toShownFields } from '../../web/form-problems.ts';
import type { Typed } from '../../web/forms.ts';
import { PageError } from '../../web/page-error.ts';
import type { ConsoleDeps, Pages } from '../visit/console-context.ts';
import { toCookies } from '../visit/visit.ts';
import { findKnownUrl } from './known-url.ts';
import { toProblems } from './user-pages.ts';

/** One's own account: name, language, password, address, sessions, and what one may do. */
export const accountPages: Pages = (app, deps) => {
  const { store, log, settings } = deps;
  const cookies = toCookies(settings);

  app.get('/account', async (request, reply) => showAccount(deps, request, reply));

  app.post('/account/profile', async (request, reply) => {
    const { name = '', language } = request.typed();
    const known = languages.find((one) => one === language) ?? 'ko';
    const refused = await tryIt(deps, request, () =>
      changeOwnProfile(store, toSelf(request), { name, language: known }),
    );
    if (refused) return showAccount(deps, request, reply, refused);
    cookies.setLanguage(reply, known);
    return reply.redirect('/account?done=profile_changed', 303);
  });

  app.post('/account/password', async (request, reply) => {
    const [current, password, again] = ['current', 'password', 'again'].map(request.typedExactly, request);
    const refused =
      password === again
        ? await tryIt(deps, request, () =>
            changeOwnPassword(store, toSelf(request), { current: current ?? '', password: password ?? '' }),
          )
        : { problems: { again: 'problem.again' } };
    if (refused) return showAccount(deps, request, reply, refused);
    log.info({ user: request.signedIn().id }, 'own password changed');
    return reply.redirect('/account?done=own_password', 303);
  });

  app.post('/account/email', async (request, reply) => {
    const baseUrl = toKnownUrl(settings.PUBLIC_URL, request);
    const { email = '' } = request.typed();
    const current = request.typedExactly('emailCurrent');
    const refused = await tryIt(deps, request, () =>
      askForEmail(store, toSelf(request), { email, current, baseUrl }),
    );
    if (refused) {
      const { current: wrong, ...others } = refused.problems;
      const problems = { ...others, ...(wrong && { emailCurrent: wrong }) };
      return showAccount(deps, request, reply, { ...refused, problems });
    }
    return reply.redirect('/account?done=email_asked', 303);
  });

  app.post('/account/sessions', async (request, reply) => {
    const self = toSelf(request);
    const { session: only } = request.typed();
    const which = only ? { only } : { except: self.session };
    const count = await endSessionsOf(store, self, which, { actor: self.login, way: 'console' });
    return reply.redirect(`/account?done=${count > 0 ? 'sessions_ended' : 'nothing'}`, 303);
  });
};

function toSelf(request: FastifyRequest): Self {
  const { id, login } = request.signedIn();
  return { id, login, session: request.session?.id ?? '' };
}

interface Refused {
  problems: Record<string, string>;
}

/** Undefined: it is done. */
async function tryIt(
  deps: ConsoleDeps,
  request: FastifyRequest,
  change: () => Promise<void>,
): Promise<Refused | undefined> {
  try {
    await change();
    return undefined;
  } catch (error) {
    noteWrongPassword(deps, request, error);
    if (error instanceof WaitForPassword) return { problems: { current: 'problem.wait' } };
    if (!(error instanceof UserError)) throw error;
    return { problems: toProblems(error) };
  }
}

/** Notes that the current password of a signed-in person was refused: perhaps somebody else sits there. */
export function noteWrongPassword({ log }: ConsoleDeps, request: FastifyRequest, error: unknown): void {
  const isWrong = error instanceof UserError && error.field === 'current';
  if (!isWrong && !(error instanceof WaitForPassword)) return;
  log.warn({ user: request.signedIn().id, from: request.ip }, 'the current password was refused');
}

const fields = ['name', 'current', 'password', 'again', 'email', 'emailCurrent'];

/** The page of one's own account. `problems`: by field, of a form that was not taken. */
export async function showAccount(
  deps: ConsoleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { problems }: Refused = { problems: {} },
) {
  const self = toSelf(request);
  const [person, links, sessions, factors, subjects] = await Promise.all([
    findListedUser(deps.store, self.id),
    listOpenLinks(deps.store, self.id),
    listSessions(deps.store, self.id),
    listFactors(deps.store, self.id),
    listSubjects(deps.store, self.id),
  ]);
  if (!person) throw new PageError('forbidden');
  const isRefused = Object.keys(problems).length > 0;
  const typed: Typed = isRefused ? request.typed() : {};
  const { name, language } = { name: person.name, language: person.language, ...typed };
  return reply.page(
    'account',
    {
      person,
      sessions,
      session: self.session,
      factorCount: factors.length,
      asked: links.find(({ kind }) => kind === 'email') ?? null,
      now: new Date(),
      canMail: findKnownUrl(deps, request) !== null,
      values: { name, language, email: typed.email ?? '' },
      problems: toShownFields(
        [...fields, ...deps.signOn.list().map(({ name }) => `current-${name}`)],
        problems,
      ),
      signOns: toSignOns(deps, subjects),
      choices: { languages },
      own: listRights().flatMap(({ action, scopes }) => {
        const scope = scopes[person.role];
        return scope === null ? [] : [{ action, scope }];
      }),
    },
    isRefused ? 422 : 200,
  );
}

/** The hub's providers, each with whether and when the person used it. One that is in the settings no more opens nothing. */
const toSignOns = ({ signOn }: ConsoleDeps, subjects: ListedSubject[]) =>
  signOn.list().map(({ name, label }) => {
    const subject = subjects.find(({ provider }) => provider === name);
    return { name, label, isAdded: subject !== undefined, lastUsedAt: subject?.lastUsedAt ?? null };
  });
