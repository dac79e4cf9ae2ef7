import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import {
  type AccountProposal,
  decideAccount,
  listAccountProposals,
  withdrawAccount,
} from '../../../../access/accounts/account-proposals.ts';
import { toKnownUrl } from '../../../../http/base-url.ts';
import type { AdminDoorDependencies } from '../admin-dependencies.ts';
import { examples } from '../admin-examples.ts';
import { ProposalId } from '../admin-schemas.ts';
import { linkNext } from '../answer-change.ts';
import { describeAdmin } from '../describe-admin.ts';
import { toDoer } from '../let-admin-in.ts';
import { AccountProposals } from './user-schemas.ts';

const pageSize = 50;
const params = Type.Object({ id: ProposalId });

/** What makes an administrator, and waits for a second one (CONFIG_FOUR_EYES). */
export function accountProposalRoutes(app: FastifyInstance, dependencies: AdminDoorDependencies): void {
  listRoute(app, dependencies);
  for (const what of ['agree', 'refuse', 'withdraw'] as const) decideRoute(app, dependencies, what);
}

function listRoute(app: FastifyInstance, { store }: AdminDoorDependencies): void {
  const options = describeAdmin({
    operation: 'listAccountProposals',
    tag: 'users',
    summary: 'Changes of accounts that wait for a second administrator',
    description: `Oldest first, ${pageSize} on a page. An agreed key waits for its author, who makes it in the console.`,
    query: Type.Object({ after: Type.Optional(ProposalId) }),
    replies: {
      200: {
        description: 'A page',
        headers: ['Link'],
        media: { 'application/json': { schema: AccountProposals, example: examples.accountProposals } },
      },
    },
  });
  app.get<{ Querystring: { after?: string } }>('/user-proposals', options, async (request, reply) => {
    const found = await listAccountProposals(store, request.query.after, pageSize + 1);
    const page = found.slice(0, pageSize);
    const last = page.at(-1);
    if (found.length > pageSize && last) linkNext(request, reply, { after: last.id });
    return { proposals: page.map(toReply) };
  });
}

const operations = {
  agree: ['agreeToAccountProposal', 'Agree to it: it is done in the name of its author'],
  refuse: ['refuseAccountProposal', 'Refuse it'],
  withdraw: ['withdrawAccountProposal', 'Take an own proposal back'],
} as const;

function decideRoute(
  app: FastifyInstance,
  { store, publicUrl }: AdminDoorDependencies,
  what: keyof typeof operations,
): void {
  const [operation, summary] = operations[what];
  const options = describeAdmin({
    operation,
    tag: 'users',
    summary,
    ...(what !== 'withdraw' && { description: 'Its author cannot decide it (409).' }),
    params,
    replies: { 204: { description: 'Done' } },
    problems: [404, 409],
  });
  app.post<{ Params: { id: string } }>(`/user-proposals/:id/${what}`, options, async (request, reply) => {
    const { id } = request.params;
    const by = toDoer(request.admin);
    if (what === 'withdraw') await withdrawAccount(store, id, by);
    else {
      const baseUrl = what === 'agree' ? toKnownUrl(publicUrl, request) : '';
      await decideAccount(store, id, { agree: what === 'agree', baseUrl }, by);
    }
    return reply.status(204).send();
  });
}

/** Without addresses, as with accounts; the console shows them to who decides. */
function toReply({ id, login, author, proposed_at: proposedAt, state, wanted }: AccountProposal) {
  const role =
    wanted.kind === 'invite'
      ? wanted.user.role
      : wanted.kind === 'change'
        ? wanted.profile.role
        : 'administrator';
  const isKey = wanted.kind === 'key';
  return {
    id,
    kind: wanted.kind,
    login,
    role,
    author,
    proposedAt,
    state,
    ...(isKey && { scopes: wanted.scopes }),
  };
}
