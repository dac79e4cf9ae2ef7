import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import {
  decideProposal,
  findProposal,
  listOpenProposals,
  type Proposal,
  withdrawProposal,
} from '../../../configuration/changes/proposals.ts';
import { toShownSource } from '../../../configuration/secrecy/shown-source.ts';
import { Refusal } from '../../../http/problem.ts';
import type { AdminDoorDependencies } from './admin-dependencies.ts';
import { examples } from './admin-examples.ts';
import * as shapes from './admin-schemas.ts';
import { linkNext, toChanged } from './answer-change.ts';
import { describeAdmin } from './describe-admin.ts';
import { toBy } from './let-admin-in.ts';

const pageSize = 50;
const Params = Type.Object({
  id: Type.String({
    ...shapes.ProposalId,
    description: 'The id of the proposal',
    examples: [examples.proposal.id],
  }),
});
interface Decided {
  Params: { id: string };
  Body: { note?: string };
}

/** Routes of changes that wait for a second person (CONFIG_FOUR_EYES). */
export function proposalRoutes(app: FastifyInstance, dependencies: AdminDoorDependencies): void {
  readRoutes(app, dependencies);
  decideRoute(app, dependencies, true);
  decideRoute(app, dependencies, false);
  withdrawRoute(app, dependencies);
}

function readRoutes(app: FastifyInstance, { store }: AdminDoorDependencies): void {
  const listed = describeAdmin({
    operation: 'listProposals',
    tag: 'proposals',
    summary: 'The changes that wait, oldest first',
    description: `${pageSize} on a page.`,
    query: Type.Object({
      after: Type.Optional(
        Type.String({ ...shapes.ProposalId, description: 'The id of the last one that you have' }),
      ),
    }),
    replies: {
      200: {
        description: 'A page',
        headers: ['Link'],
        media: { 'application/json': { schema: shapes.ProposalList, example: examples.proposals } },
      },
    },
  });
  app.get<{ Querystring: { after?: string } }>('/proposals', listed, async (request, reply) => {
    const found = await listOpenProposals(store, request.query.after, pageSize + 1);
    const page = found.slice(0, pageSize);
    const last = page.at(-1);
    if (found.length > pageSize && last) linkNext(request, reply, { after: last.id });
    return { proposals: page.map(toListed) };
  });
  const one = describeAdmin({
    operation: 'getProposal',
    tag: 'proposals',
    summary: 'One proposal with its texts',
    description: 'What it would do tells `POST …/plan` of its document.',
    params: Params,
    replies: {
      200: {
        description: 'The proposal, also when it is decided',
        media: { 'application/json': { schema: shapes.OneProposal, example: examples.proposal } },
      },
    },
    problems: [404],
  });
  app.get<{ Params: { id: string } }>('/proposals/:id', one, async ({ params }) => {
    const found = await findProposal(store, params.id);
    if (!found) throw new Refusal('not-found', 'there is no such proposal');
    return toOne(found);
  });
}

const toHead = ({ id, author, way, note, proposed_at: proposedAt }: Proposal) => ({
  id,
  author,
  way,
  note,
  proposedAt,
});

const toListed = (proposal: Proposal) => ({
  ...toHead(proposal),
  changes: proposal.changes.map(({ kind, name, source, base = 0 }) => ({
    kind,
    name,
    removal: source === null,
    base,
  })),
});

function toOne(proposal: Proposal) {
  const { state, decided_by: by, decided_at: at, decision_note: decisionNote } = proposal;
  return {
    ...toHead(proposal),
    state,
    ...(by !== null && { decidedBy: by }),
    ...(at !== null && { decidedAt: at }),
    ...(decisionNote !== null && { decisionNote }),
    changes: proposal.changes.map(({ kind, name, source, base = 0 }) => ({
      kind,
      name,
      base,
      source: source === null ? null : toShownSource({ kind, name, source }),
    })),
  };
}

const noted = { 'application/json': { schema: shapes.NoteOnly, example: examples.note } };

function decideRoute(app: FastifyInstance, { store }: AdminDoorDependencies, agree: boolean): void {
  const options = describeAdmin({
    operation: agree ? 'agreeToProposal' : 'refuseProposal',
    tag: 'proposals',
    summary: agree ? 'Agree: it is applied in the name of its author' : 'Refuse a proposal',
    description: 'By another person than the author, whichever way either of them comes.',
    params: Params,
    body: noted,
    replies: {
      200: {
        description: agree ? 'It is in force' : 'It is refused; nothing was changed',
        media: {
          'application/json': {
            schema: shapes.Changed,
            example: agree ? examples.changed : { outcome: 'unchanged', changes: [] },
          },
        },
      },
    },
    problems: [404, 409, ...(agree ? [412] : [])],
  });
  app.post<Decided>(
    `/proposals/:id/${agree ? 'agree' : 'refuse'}`,
    options,
    async ({ params, body, admin }) => {
      const { author: person, way, note, key } = toBy(admin, body.note);
      const changes = await decideProposal(store, params.id, { person, way, note, key, agree });
      return { outcome: agree ? 'applied' : 'unchanged', changes: changes.map(toChanged) };
    },
  );
}

function withdrawRoute(app: FastifyInstance, { store }: AdminDoorDependencies): void {
  const options = describeAdmin({
    operation: 'withdrawProposal',
    tag: 'proposals',
    summary: 'Take an own proposal back',
    params: Params,
    body: noted,
    replies: { 204: { description: 'It waits no more' } },
    problems: [404],
  });
  app.post<Decided>('/proposals/:id/withdraw', options, async ({ params, body, admin }, reply) => {
    await withdrawProposal(store, params.id, toBy(admin, body.note));
    return reply.status(204).send();
  });
}
