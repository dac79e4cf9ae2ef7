import { parseReceiptNumber } from '../../../complaints/receipt-number.ts';
import {
  listAllProvisions,
  listProvisions,
  type Provision,
  type ProvisionsAsked,
} from '../../../personal/provisions/list-provisions.ts';
import { toCsv } from '../../../web/csv.ts';
import type { Typed } from '../../../web/forms.ts';
import { PageError } from '../../../web/page-error.ts';
import { toPager } from '../../../web/pager.ts';
import type { ConsoleDeps, Pages } from '../../visit/console-context.ts';
import { toSpanOfDays } from '../days.ts';

/** 개인정보 제공 대장: which copies of a complaint left the hub, and what an agency got between two days. */
export const provisionPages: Pages = (app, deps) => {
  app.get('/provisions', async (request, reply) => {
    request.demand('see_audit');
    const typed = request.asked();
    const { asked, problems } = await readAsked(deps, typed);
    const page = asked && (await listProvisions(deps.store, asked, typed));
    const { after: _after, before: _before, done: _done, ...filters } = typed;
    return reply.page('provisions', {
      rows: page?.rows ?? [],
      isAsked: asked !== undefined,
      pager: page ? toPager('/provisions', typed, page) : null,
      csv: asked ? `/provisions/csv?${new URLSearchParams(filters)}` : null,
      agencies: deps.directory.listAgencies().map(({ code }) => code),
      asked: { number: '', agency: '', from: '', to: '', ...typed },
      problems: { number: null, from: null, to: null, ...problems },
    });
  });

  app.get('/provisions/csv', async (request, reply) => {
    request.demand('see_audit');
    const { asked } = await readAsked(deps, request.asked());
    if (!asked) throw new PageError('not_found');
    return reply
      .type('text/csv; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('content-disposition', 'attachment; filename="provisions.csv"')
      .send(toCsv([head, ...(await listAllProvisions(deps.store, asked)).map(toLine)]));
  });
};

const head = [
  'at',
  'receipt_number',
  'recipient',
  'way',
  'endpoint',
  'event',
  'items',
  'purpose',
  'basis',
  'certain',
  'withheld',
];

const toLine = (one: Provision): string[] => [
  ...[
    one.at.toISOString(),
    one.receiptNumber,
    one.agency ?? 'complainant',
    one.way,
    one.recipient,
    String(one.seq),
  ],
  ...[one.items.join(' '), one.purpose, one.basis, one.certain ? 'yes' : 'no', one.withheld.join(' ')],
];

async function readAsked(
  { store }: ConsoleDeps,
  typed: Typed,
): Promise<{ asked?: ProvisionsAsked; problems?: Record<string, string> }> {
  const { number = '', agency = '' } = typed;
  if (number !== '') {
    const known = parseReceiptNumber(number);
    const complaint =
      known &&
      (await store.db
        .selectFrom('complaints')
        .select('id')
        .where('receipt_number', '=', known)
        .executeTakeFirst());
    return complaint
      ? { asked: { complaintId: complaint.id } }
      : { problems: { number: 'access.number_unknown' } };
  }
  if (agency === '') return {};
  const { span, problems } = toSpanOfDays(typed);
  return span ? { asked: { agency, ...span } } : { problems };
}
