import { listEndpoints, listParkedDeliveries } from '../../exchange/endpoints/read-endpoints.ts';
import type { Pages } from '../visit/console-context.ts';
import { getId } from './repair-pages.ts';

const page = '/repairs/webhooks';
/** Hours back that a replay may reach: the rows are kept for 90 days (hub/store/prune.ts). */
const mostHours = 90 * 24;

/** The endpoints of agencies: how each fares, what it did not take, and telling it again. */
export const endpointPages: Pages = (app, { store, directory, repairs }) => {
  app.get(page, async (request, reply) => {
    request.demand('see_repairs');
    const [endpoints, parked] = await Promise.all([
      listEndpoints(store, directory),
      listParkedDeliveries(store),
    ]);
    return reply.page('webhooks', { endpoints, parked });
  });

  app.post(`${page}/:id/retry`, async (request, reply) => {
    const user = request.demand('repair');
    const isDone = await repairs.endpoints.retry(getId(request), user.login);
    return reply.redirect(`/repairs/webhooks?done=${isDone ? 'link_retried' : 'parked_gone'}`, 303);
  });

  app.post(`${page}/:id/skip`, async (request, reply) => {
    const user = request.demand('repair');
    const { reason = '' } = request.typed();
    if (reason === '') return reply.redirect('/repairs/webhooks?done=reason_missing', 303);
    const isDone = await repairs.endpoints.skip(getId(request), user.login, reason);
    return reply.redirect(`/repairs/webhooks?done=${isDone ? 'event_skipped' : 'parked_gone'}`, 303);
  });

  app.post(`${page}/replay`, async (request, reply) => {
    const user = request.demand('repair');
    const { agency = '', endpoint = '', hours = '' } = request.typed();
    const isKnown = directory.findAgency(agency)?.webhooks?.some(({ name }) => name === endpoint) ?? false;
    const count = Number(hours);
    if (!isKnown || !Number.isInteger(count) || count < 1 || count > mostHours)
      return reply.redirect('/repairs/webhooks?done=webhook_replay_wrong', 303);
    const since = new Date(Date.now() - count * 3_600_000);
    await repairs.endpoints.replay({ agency, endpoint, since, user: user.login });
    return reply.redirect('/repairs/webhooks?done=webhook_replayed', 303);
  });
};
