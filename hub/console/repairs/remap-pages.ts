import { may } from '../../access/people/rights.ts';
import type { MappedItem } from '../../exchange/remap/mapped-items.ts';
import { listRemaps } from '../../exchange/remap/read-remaps.ts';
import { RemapError, type RemapPage } from '../../exchange/remap/remaps.ts';
import type { ConsoleDeps, Pages } from '../visit/console-context.ts';
import { listBoards, toIds, toPlace } from './repair-pages.ts';

/** After a mapping was corrected: earlier posts of boards, as stored and as today's mapping reads them. */
export const remapPages: Pages = (app, deps) => {
  const { store, repairs } = deps;

  app.get('/repairs/remap', async (request, reply) => {
    const user = request.demand('see_repairs');
    const asked = request.asked();
    const seesPerson = may(user, 'see_person');
    const agency = listBoards(deps).find((code) => code === asked.agency) ?? '';
    const page = agency ? await preview(deps, agency, toPlace(asked).after) : null;
    const remaps = await listRemaps(store);
    return reply.page('remap', {
      agency,
      rows: (page?.rows ?? []).map((item) => toRow(item, seesPerson)),
      looked: page !== null,
      trouble: agency !== '' && page === null,
      pager: {
        previous: null,
        first: asked.after ? `/repairs/remap?agency=${agency}` : null,
        next: page?.next ? `/repairs/remap?agency=${agency}&after=${page.next}` : null,
      },
      remaps,
      seesPerson,
      agencies: listBoards(deps),
    });
  });

  app.post('/repairs/remap/apply', async (request, reply) => {
    const user = request.demand('repair');
    const { agency = '', decision } = request.typed();
    const back = (done: string) => reply.redirect(`/repairs/remap?agency=${agency}&done=${done}`, 303);
    if (!listBoards(deps).includes(agency)) return reply.redirect('/repairs/remap?done=agency_missing', 303);
    const ids = toIds(request);
    if (decision !== 'all' && ids.length === 0) return back('nothing_selected');
    try {
      if (decision === 'all') await repairs.remaps.applyAll(agency, user.login);
      else await repairs.remaps.apply(agency, ids, user.login);
      return back(decision === 'all' ? 'remap_started' : 'remap_applied');
    } catch (error) {
      if (error instanceof RemapError) return back(`remap_${error.kind}`);
      throw error;
    }
  });
};

/** Null: the agency's configuration cannot be used now. */
async function preview(
  { repairs, log }: ConsoleDeps,
  agency: string,
  after: string | undefined,
): Promise<RemapPage | null> {
  try {
    return await repairs.remaps.preview(agency, after);
  } catch (err) {
    log.warn({ agency, err }, 'items cannot be mapped again');
    return null;
  }
}

/** A person who may not see people sees which fields differ, but not their values. */
function toRow({ id, externalId, outcome, receiptNumber, changes }: MappedItem, seesPerson: boolean) {
  const shown = changes.map(({ pointer, before, after }) => ({
    pointer,
    before: seesPerson ? (before ?? null) : null,
    after: seesPerson ? (after ?? null) : null,
  }));
  return { id, externalId, outcome, receiptNumber, changes: shown };
}
