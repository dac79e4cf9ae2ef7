import type { FastifyRequest } from 'fastify';
import { channels } from '../../../schemas/index.ts';
import { may } from '../../access/people/rights.ts';
import {
  countReports,
  findNotice,
  listNotices,
  type NoticeFilter,
  noticeReports,
  noticeStates,
} from '../../complaints/reading/read-notices.ts';
import { maskNotice } from '../../personal/mask-file.ts';
import { type TellLog, withPersonal } from '../../personal/with-personal.ts';
import type { Typed } from '../../web/forms.ts';
import { PageError } from '../../web/page-error.ts';
import { toPager } from '../../web/pager.ts';
import { messagePolicy } from '../../web/security.ts';
import type { Pages } from '../visit/console-context.ts';
import { toReader } from '../visit/to-reader.ts';

/** Notices to people, newest first, and the messages that the local outbox keeps instead of sending. */
export const outboxPages: Pages = (app, { store }) => {
  app.get('/outbox', async (request, reply) => {
    const user = request.demand('see_operations');
    const asked = request.asked();
    const masked = !may(user, 'see_person');
    const [page, counts] = await Promise.all([
      withPersonal(store, toReader(request), async (opened, tell) => {
        const found = await listNotices(opened, toFilter(asked), asked);
        tellOfNotices(tell, 'list', found.rows, masked);
        return found;
      }),
      countReports(store),
    ]);
    const rows = masked ? page.rows.map(maskNotice) : page.rows;
    return reply.page('outbox', {
      rows,
      counts,
      pager: toPager('/outbox', asked, page),
      asked: { state: '', channel: '', ...asked },
      choices: { states: [...noticeStates, ...noticeReports], channels },
    });
  });

  const getMessage = async (request: FastifyRequest) => {
    const user = request.demand('see_operations');
    // A message names its addressee.
    if (!may(user, 'see_person')) throw new PageError('masked');
    const { id } = request.params as { id: string };
    return withPersonal(store, toReader(request), async (opened, tell) => {
      const notice = await findNotice(opened, id);
      if (!notice) throw new PageError('not_found');
      tellOfNotices(tell, 'read', [notice], false);
      return notice;
    });
  };

  app.get('/outbox/:id', async (request, reply) => {
    const notice = await getMessage(request);
    return reply.page('message', { notice, message: notice.message ?? null });
  });

  app.get('/outbox/:id/html', async (request, reply) => {
    const { message } = await getMessage(request);
    if (!message?.html) throw new PageError('not_found');
    return reply
      .header('content-security-policy', messagePolicy)
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(message.html);
  });
};

/** One choice for both: what became of a notice, as far as it is known. */
function toFilter({ state, channel }: Typed): NoticeFilter {
  const knownState = noticeStates.find((one) => one === state);
  const knownReport = noticeReports.find((one) => one === state);
  const knownChannel = channels.find((one) => one === channel);
  return {
    ...(knownState && { state: knownState }),
    ...(knownReport && { report: knownReport }),
    ...(knownChannel && { channel: knownChannel }),
  };
}

const tellOfNotices = (
  tell: TellLog,
  act: 'list' | 'read',
  notices: readonly { complaintId: string }[],
  masked: boolean,
): void => {
  const subjects = notices.map(({ complaintId }) => complaintId);
  tell({ act, purpose: 'messages', subjects, items: ['name', 'contact', 'notices'], masked });
};
