import type { FastifyInstance } from 'fastify';
import { Acknowledged, Acknowledgement, Changes, ChangesRequest } from '../../../schemas/index.ts';
import { lifetimeOf } from '../../http/request-lifetime.ts';
import type { AgencyCalls } from '../calls/agency-calls.ts';
import { sendLinks } from './complaint-routes.ts';
import { describe } from './describe.ts';
import * as examples from './examples.ts';

/** Routes of the exchange feed: the changes that an agency's copies lack, and the acknowledgement of what they hold. */
export function feedRoutes(app: FastifyInstance, calls: AgencyCalls): void {
  const fetch = describe({
    operation: 'fetchChanges',
    tag: 'changes',
    query: ChangesRequest,
    summary: 'Fetch what your copies lack',
    description:
      'Changes come in order; those of one complaint by `event.seq`. Without `after` the feed begins at the first change that is not acknowledged, so nothing is lost when your program stops: fetch, store, acknowledge, fetch on with `after`. An `after` that was never given out is refused (409 unknown-cursor): the hub was restored from an older copy, or the cursor is of another hub; fetch once without it. With `wait` the call is held until there is something (long poll). For agencies with `feed: true`.',
    replies: {
      200: {
        description: 'Some of what is missing, possibly nothing. Link names where to read on.',
        headers: ['Link'],
        schema: Changes,
        example: examples.changesExample,
      },
    },
    problems: [409],
  });
  app.get<{ Querystring: ChangesRequest }>('/changes', { schema: fetch }, async (request, reply) => {
    const found = await calls.fetchChanges(request.entry.caller, request.query, lifetimeOf(reply).ended);
    sendLinks(request, reply, [['next', { after: found.cursor }]]);
    return found;
  });

  const acknowledge = describe({
    operation: 'acknowledgeChanges',
    tag: 'changes',
    summary: 'Say what your copies hold now',
    description:
      'All up to a cursor (`upTo`), single complaints (`changes`), or both. Harmless to send again; what was never given out is refused. With `externalId` the hub learns your own id of the complaint; with `refused` a person looks why you cannot take a change.',
    body: { schema: Acknowledgement, example: examples.acknowledgementExample },
    replies: {
      200: { description: 'Noted, durably.', schema: Acknowledged, example: examples.acknowledgedExample },
    },
    problems: [409],
  });
  app.post<{ Body: Acknowledgement }>('/changes/acknowledgements', { schema: acknowledge }, async (request) =>
    calls.acknowledgeChanges(request.entry.caller, request.body),
  );
}
