import type { FastifyReply, FastifyRequest } from 'fastify';
import { languages } from '../../../schemas/index.ts';
import {
  type AccountChanged,
  type AccountRules,
  changeAccount,
} from '../../access/accounts/account-change.ts';
import { listOpenLinks } from '../../access/accounts/account-links.ts';
import { listMails } from '../../access/accounts/account-mails.ts';
import { disableUser, endSessionsOf, takeFactors } from '../../access/accounts/administer.ts';
import type { Doer } from '../../access/accounts/doer.ts';
import { showKept, withdrawLinks } from '../../access/accounts/invitations.ts';
import { listFactors } from '../../access/factors/factors.ts';
import { listSessions } from '../../access/people/list-sessions.ts';
import { findListedUser, type ListedUser } from '../../access/people/list-users.ts';
import { roles, UserError } from '../../access/people/users.ts';
import { toUuid } from '../../complaints/reading/read-operations.ts';
import { toKnownUrl } from '../../http/base-url.ts';
import { toShownFields } from '../../web/form-problems.ts';
import { PageError } from '../../web/page-error.ts';
import type { ConsoleDeps, Pages } from '../visit/console-context.ts';
import { findKnownUrl } from './known-url.ts';
import { toProblems, toProfile } from './user-pages.ts';

/** One thing that an administrator does about a person. */
interface Step {
  deps: ConsoleDeps;
  request: FastifyRequest;
  person: ListedUser;
  by: Doer;
  /** The administrator is this person. */
  isOwn: boolean;
}

/**
 * What an administrator may do about an account: never more than a link to set a password. Each resolves with the name
 * of the text that says it was done, and rejects with UserError for what is shown beside its field.
 */
const steps = {
  async change({ deps, request, person, by, isOwn }: Step) {
    const profile = toProfile(deps, request.typed());
    // Nobody takes the right to undo it from himself by a slip.
    if (isOwn && profile.role !== person.role) throw new UserError('last', 'role', 'is your own');
    const wanted = { kind: 'change', id: person.id, profile } as const;
    return orProposed('user_changed', await changeAccount(deps.store, rulesOf(deps), wanted, by));
  },
  async disable({ deps, person, by, isOwn }: Step) {
    // An administrator cannot disable himself, so one always remains.
    if (isOwn) throw new PageError('forbidden');
    await disableUser(deps.store, person.id, by);
    return 'user_disabled';
  },
  async enable({ deps, person, by }: Step) {
    const wanted = { kind: 'enable', id: person.id } as const;
    return orProposed('user_enabled', await changeAccount(deps.store, rulesOf(deps), wanted, by));
  },
  async link({ deps, request, person, by }: Step) {
    const baseUrl = toKnownUrl(deps.settings.PUBLIC_URL, request);
    if (person.state === 'disabled') throw new PageError('forbidden');
    const wanted = { kind: 'link', id: person.id, email: request.typed().email ?? '' } as const;
    return orProposed('link_sent', await changeAccount(deps.store, rulesOf(deps, baseUrl), wanted, by));
  },
  async withdraw({ deps, person, by }: Step) {
    return (await withdrawLinks(deps.store, person, by)) > 0 ? 'link_withdrawn' : 'nothing';
  },
  async factors({ deps, person, by }: Step) {
    const count = await takeFactors(deps.store, person, by);
    return count > 0 ? 'factors_taken' : 'nothing';
  },
  async sessions({ deps, request, person, by }: Step) {
    const { session: only } = request.typed();
    const count = await endSessionsOf(deps.store, person, only ? { only } : {}, by);
    return count > 0 ? 'sessions_ended' : 'nothing';
  },
};

const rulesOf = ({ settings }: ConsoleDeps, baseUrl = ''): AccountRules => ({
  fourEyes: settings.CONFIG_FOUR_EYES === 'yes',
  baseUrl,
});

const orProposed = (done: string, changed: AccountChanged): string =>
  'proposed' in changed ? 'account_proposed' : done;

/** Whoever reads the link of an account has the account. With four eyes nobody gets an administrator's so. */
const mayShowKept = ({ settings }: ConsoleDeps, { role }: ListedUser): boolean =>
  settings.CONFIG_FOUR_EYES !== 'yes' || role !== 'administrator';

/** A person, and what is done about the account. */
export const personPages: Pages = (app, deps) => {
  const begin = async (request: FastifyRequest): Promise<Step> => {
    const { id: administrator, login: actor } = request.demand('manage_users');
    const id = toUuid((request.params as { id: string }).id);
    const person = id && (await findListedUser(deps.store, id));
    if (!person) throw new PageError('not_found');
    const by: Doer = { actor, way: 'console' };
    return { deps, request, person, by, isOwn: person.id === administrator };
  };

  app.get('/users/:id', async (request, reply) => showPerson(await begin(request), reply));

  for (const [name, step] of Object.entries(steps))
    app.post(`/users/:id/${name}`, async (request, reply) => {
      const begun = await begin(request);
      try {
        const done = await step(begun);
        const user = request.signedIn().id;
        if (done !== 'nothing') deps.log.info({ user, person: begun.person.id, done }, 'account changed');
        return reply.redirect(`/users/${begun.person.id}?done=${done}`, 303);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        const own = begun.isOwn && error.field === 'role' ? { role: 'problem.own_role' } : undefined;
        return showPerson(begun, reply, own ?? toProblems(error));
      }
    });

  // A form and not a link: the text opens an account, so who looked at it is noted.
  app.post('/users/:id/mail', async (request, reply) => {
    const { person, by } = await begin(request);
    if (!mayShowKept(deps, person)) throw new PageError('forbidden');
    const text = await showKept(deps.store, person, toUuid(request.typed().mail), by);
    if (text === undefined) throw new PageError('not_found');
    deps.log.info({ user: request.signedIn().id, person: person.id }, 'kept account mail shown');
    return reply.page('account-mail', { person, text });
  });
};

async function showPerson(
  { deps, request, person }: Step,
  reply: FastifyReply,
  problems: Record<string, string> = {},
) {
  const { store, directory } = deps;
  const [links, mails, sessions, factors] = await Promise.all([
    listOpenLinks(store, person.id),
    listMails(store, person.id),
    listSessions(store, person.id),
    listFactors(store, person.id),
  ]);
  const { name, role, agency, language } = person;
  const email = person.email ?? links.find(({ kind }) => kind === 'invitation')?.address ?? '';
  const values = { name, role, agency: agency ?? '', language, email, ...request.typed() };
  const data = {
    person,
    links,
    mails,
    sessions,
    factors,
    now: new Date(),
    session: request.session?.id ?? '',
    mayShowKept: mayShowKept(deps, person),
    canMail: findKnownUrl(deps, request) !== null,
    values,
    problems: toShownFields(Object.keys(values), problems),
    agencies: directory.listAgencies().map(({ code }) => code),
    choices: { roles, languages },
  };
  return reply.page('person', data, Object.keys(problems).length > 0 ? 422 : 200);
}
