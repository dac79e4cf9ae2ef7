import { toReadingAgency } from '../../access/people/rights.ts';
import { acknowledgeAlert, listAlertMessages, listAlerts } from '../../alerts/read-alerts.ts';
import { operatorAudience } from '../../alerts/recipients.ts';
import { toUuid } from '../../complaints/reading/read-operations.ts';
import { PageError } from '../../web/page-error.ts';
import { toPager } from '../../web/pager.ts';
import type { Pages } from '../visit/console-context.ts';
import { linkAlerts } from './alert-links.ts';

const states = ['open', 'ended'] as const;

/** What is wrong, since when, and who was told. An officer sees the alerts that his agency has to repair. */
export const alertPages: Pages = (app, deps) => {
  const { store, log } = deps;
  app.get('/alerts', async (request, reply) => {
    const user = request.demand('see_alerts');
    const asked = request.asked();
    const agency = toReadingAgency(user);
    const state = states.find((one) => one === asked.state) ?? 'open';
    const [page, messages] = await Promise.all([
      listAlerts(store, { state, agency }, asked),
      listAlertMessages(store, agency),
    ]);
    return reply.page('alerts', {
      rows: await linkAlerts(deps, request, page.rows),
      messages: messages.map((one) => ({ ...one, ...one.words?.[request.language()] })),
      states,
      operator: operatorAudience,
      pager: toPager('/alerts', asked, page),
      asked: { state },
    });
  });

  app.post('/alerts/:id/acknowledge', async (request, reply) => {
    const user = request.demand('acknowledge');
    const id = toUuid((request.params as { id: string }).id);
    if (!id) throw new PageError('not_found');
    const done = await acknowledgeAlert(store, id, user.login, toReadingAgency(user));
    if (done) log.info({ user: user.id, alert: id }, 'alert acknowledged');
    return reply.redirect(`/alerts?done=${done ? 'alert_acknowledged' : 'alert_gone'}`, 303);
  });
};
