import type { FastifyRequest } from 'fastify';
import { parseReceiptNumber } from '../../../complaints/receipt-number.ts';
import { listWhoSaw, listWhoseSeen } from '../../../personal/log/ask-log.ts';
import { listReviews } from '../../../personal/review/keep-reviews.ts';
import { withUnseen } from '../../../personal/with-personal.ts';
import type { Typed } from '../../../web/forms.ts';
import { toPager } from '../../../web/pager.ts';
import type { ConsoleDeps, Pages } from '../../visit/console-context.ts';
import { toSpanOfDays } from '../days.ts';

/** 개인정보 접속기록: who saw this person's data, and whose data an account saw between two times. */
export const accessLogPages: Pages = (app, deps) => {
  app.get('/access-log', async (request, reply) => {
    request.demand('see_audit');
    const asked = request.asked();
    const { page, problems } = await ask(deps, request, asked);
    return reply.page('access-log', {
      rows: page?.rows ?? [],
      isAsked: page !== null,
      pager: page ? toPager('/access-log', asked, page) : null,
      asked: { number: '', actor: '', from: '', to: '', ...asked },
      problems: { number: null, from: null, to: null, ...problems },
      reviews: await listReviews(deps.store),
    });
  });
};

async function ask({ store }: ConsoleDeps, _request: FastifyRequest, asked: Typed) {
  const { number = '', actor = '' } = asked;
  if (number !== '') {
    const known = parseReceiptNumber(number);
    const complaint =
      known &&
      (await store.db
        .selectFrom('complaints')
        .select('id')
        .where('receipt_number', '=', known)
        .executeTakeFirst());
    if (!complaint) return { page: null, problems: { number: 'access.number_unknown' } };
    // Entries tell who saw it, and not what. Whose else they are is found by number and address, which are not shown.
    return {
      page: await withUnseen(store, (opened) => listWhoSaw(opened, complaint.id, asked)),
      problems: {},
    };
  }
  if (actor === '') return { page: null, problems: {} };
  const { span, problems } = toSpanOfDays(asked);
  if (!span) return { page: null, problems };
  return { page: await listWhoseSeen(store, { actor: actor.trim(), ...span }, asked), problems };
}
