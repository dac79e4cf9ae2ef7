import { may, toReadingAgency } from '../../access/people/rights.ts';
import type { User } from '../../access/people/users.ts';
import { contactCentre } from '../../complaints/speakers.ts';
import { addDays, findDay, findRangeProblem, toLedgerDay } from '../../exchange/ledger/days.ts';
import {
  isBalanced,
  type LedgerRow,
  listLedgerEntries,
  readLedgerPage,
  type Side,
  sideNames,
  sides,
} from '../../exchange/ledger/ledger.ts';
import type { Typed } from '../../web/forms.ts';
import { PageError } from '../../web/page-error.ts';
import { toPager } from '../../web/pager.ts';
import type { Pages } from '../visit/console-context.ts';

/** The ledger: what came in and what was due, by day and agency, and the things behind each number. */
export const ledgerPages: Pages = (app, { store, directory }) => {
  app.get('/ledger', async (request, reply) => {
    const user = request.demand('see_ledger');
    const asked = request.asked();
    const range = toRange(asked);
    const agency = toReadingAgency(user) ?? asked.agency;
    const wrong = findRangeProblem(range.from, range.to) !== undefined;
    const place = findDay(asked.after?.split('~')[0] ?? '') ? asked.after : undefined;
    const page = wrong ? { rows: [] } : await readLedgerPage(store, { ...range, agency }, place);
    const data = {
      rows: page.rows.map(toRow),
      pager: toPager('/ledger', asked, page),
      asked: { ...range, agency: agency ?? '' },
      agencies: isLimited(user) ? null : [contactCentre, ...directory.listAgencies().map(({ code }) => code)],
      wrong,
    };
    return reply.page('ledger', data, wrong ? 422 : 200);
  });

  app.get('/ledger/:day/:agency', async (request, reply) => {
    const user = request.demand('see_ledger');
    const params = request.params as { day: string; agency: string };
    const day = findDay(params.day);
    if (!day || (isLimited(user) && params.agency !== user.agency)) throw new PageError('not_found');
    const { agency } = params;
    const asked = request.asked();
    const side = sideNames.find((one) => one === asked.side);
    const filter = { day, agency, side, state: asked.state };
    const page = await listLedgerEntries(store, filter, asked);
    return reply.page('ledger-entries', {
      day,
      agency,
      side: side ?? null,
      state: asked.state ?? null,
      rows: page.rows,
      pager: toPager(`/ledger/${day}/${encodeURIComponent(agency)}`, asked, page),
      seesItems: may(user, 'see_operations'),
    });
  });
};

const isLimited = (user: User) => toReadingAgency(user) !== undefined;

/** The days of the request, or a week. */
function toRange({ from, to }: Typed) {
  const last = findDay(to) ?? toLedgerDay(new Date());
  return { from: findDay(from) ?? addDays(last, -6), to: last };
}

function toRow(row: LedgerRow) {
  const address = `/ledger/${row.day}/${encodeURIComponent(row.agency)}`;
  const toSide = (side: Side) => {
    const account = row[side] as Record<string, number>;
    const parts = [...sides[side], 'difference'].map((state) => ({
      state,
      count: account[state] ?? 0,
      to: `${address}?${new URLSearchParams({ side, state })}`,
    }));
    return { side, total: account.total ?? 0, parts, to: `${address}?side=${side}` };
  };
  return { day: row.day, agency: row.agency, isBalanced: isBalanced(row), sides: sideNames.map(toSide) };
}
