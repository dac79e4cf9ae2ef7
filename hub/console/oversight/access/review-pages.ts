import type { FastifyReply, FastifyRequest } from 'fastify';
import { isMonth } from '../../../personal/log/months.ts';
import { confirmReview, findReview, type Review } from '../../../personal/review/keep-reviews.ts';
import { toCsv } from '../../../web/csv.ts';
import { PageError } from '../../../web/page-error.ts';
import type { ConsoleDeps, Pages } from '../../visit/console-context.ts';

/** The most characters of what a reviewer notes. */
const longestNote = 2000;

/** The monthly review of the access log (안전성 확보조치 기준, article 8, paragraph 2): as a page, as CSV, and its confirmation. */
export const accessReviewPages: Pages = (app, deps) => {
  app.get('/access-log/reviews/:month', async (request, reply) => {
    request.demand('see_audit');
    return show(reply, await getReview(deps, request));
  });

  app.get('/access-log/reviews/:month/csv', async (request, reply) => {
    request.demand('see_audit');
    const { month, report } = await getReview(deps, request);
    const head = [
      'account',
      'agency',
      'entries',
      'complaints',
      'downloads',
      'out_of_hours',
      'before',
      'colleagues',
    ];
    const rows = report.accounts.map((one) => [
      one.actor,
      one.agency,
      ...[one.entries, one.subjects, one.downloads, one.outOfHours, one.before, one.colleagues].map(String),
      one.marks.join(' '),
    ]);
    return reply
      .type('text/csv; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('content-disposition', `attachment; filename="access-review-${month}.csv"`)
      .send(toCsv([[...head, 'marks'], ...rows]));
  });

  app.post('/access-log/reviews/:month/confirm', async (request, reply) => {
    const user = request.demand('see_audit');
    const review = await getReview(deps, request);
    const note = (request.typed().note ?? '').trim();
    const problem =
      note === '' ? 'problem.required' : [...note].length > longestNote ? 'access.note_long' : undefined;
    if (problem) return show(reply, review, { note, problem });
    const { month } = review;
    const done = await confirmReview(deps.store, { month, by: user.login, note });
    const said = done ? 'access_reviewed' : 'access_reviewed_before';
    return reply.redirect(`/access-log/reviews/${month}?done=${said}`, 303);
  });
};

async function getReview({ store }: ConsoleDeps, request: FastifyRequest): Promise<Review> {
  const { month } = request.params as { month: string };
  const review = isMonth(month) ? await findReview(store, month) : undefined;
  if (!review) throw new PageError('not_found');
  return review;
}

const show = (reply: FastifyReply, review: Review, returned?: { note: string; problem: string }) =>
  reply.page(
    'access-review',
    {
      review,
      downloads: review.report.downloads.map((one) => ({ ...one, at: new Date(one.at) })),
      note: returned?.note ?? '',
      problem: returned?.problem ?? null,
    },
    returned ? 422 : 200,
  );
