import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { Contribution, OwedContribution } from '../../../schemas/index.ts';
import type { AgencyCalls } from '../calls/agency-calls.ts';
import { describe, ReceiptParams } from './describe.ts';
import { contributionsExample, owedContributionsExample } from './examples.ts';

const closed = { additionalProperties: false } as const;

/** What agencies ask of each other. The asking and the replies are steps: `takeStep`. */
export function contributionRoutes(app: FastifyInstance, calls: AgencyCalls): void {
  const ofOne = describe({
    operation: 'listContributions',
    tag: 'complaints',
    params: ReceiptParams,
    summary: 'What was asked of other agencies for a complaint, and their replies: 분담·협조',
    description:
      'The agency that answers the complaint sees all. An agency that was asked sees its own request, and the replies that were shared with it. To every other agency the list is empty.',
    replies: {
      200: {
        description: 'In the order of their numbers.',
        schema: Type.Object({ contributions: Type.Array(Contribution) }, closed),
        example: contributionsExample,
      },
    },
    problems: [404],
  });
  app.get<{ Params: { receiptNumber: string } }>(
    '/complaints/:receiptNumber/contributions',
    { schema: ofOne },
    async (request) => ({
      contributions: await calls.listContributions(request.entry.caller, request.params.receiptNumber),
    }),
  );
  const owed = describe({
    operation: 'listOwedContributions',
    tag: 'complaints',
    summary: 'What other agencies asked of yours and still wait for',
    description:
      'The most urgent first, at most 200. What was asked, in words, stands in `listContributions` of the complaint; a reply is the step `contribution_answered`.',
    replies: {
      200: {
        description: 'What your agency owes now.',
        schema: Type.Object({ contributions: Type.Array(OwedContribution) }, closed),
        example: owedContributionsExample,
      },
    },
  });
  app.get('/contributions', { schema: owed }, async (request) => ({
    contributions: await calls.listOwedContributions(request.entry.caller),
  }));
}
