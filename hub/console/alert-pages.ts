import { toReadingAgency } from '../access/rights.ts';
import { acknowledgeAlert, listAlertMessages, listAlerts } from '../alerts/read-alerts.ts';
import { operatorAudience } from '../alerts/recipients.ts';
import { toUuid } from '../board/read-operations.ts';
import type { Pages } from './console-context.ts';
import { ConsoleError } from './console-error.ts';
import { toPager } from './pager.ts';

const states = ['open', 'ended'] as const;

/** What is wrong, since when and who was told; an officer sees what is his agency's to repair. */
export const alertPages: Pages = (app, { store, log }) => {
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
      ...{ rows: page.rows, messages, states, operator: operatorAudience },
      pager: toPager('/alerts', asked, page),
      asked: { state },
    });
  });

  app.post('/alerts/:id/acknowledge', async (request, reply) => {
    const user = request.demand('acknowledge');
    const id = toUuid((request.params as { id: string }).id);
    if (!id) throw new ConsoleError('not_found');
    const done = await acknowledgeAlert(store, id, user.login, toReadingAgency(user));
    if (done) log.info({ user: user.id, alert: id }, 'alert acknowledged');
    return reply.redirect(`/alerts?done=${done ? 'alert_acknowledged' : 'alert_gone'}`, 303);
  });
};
