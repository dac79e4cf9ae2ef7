import { toUuid } from '../../../complaints/reading/read-operations.ts';
import { pageSizes, writeDeskSettings } from '../../../desk/desk-settings.ts';
import { removeFilter, saveFilter, toFilterQuery } from '../../../desk/saved-filters.ts';
import { PageError } from '../../../web/page-error.ts';
import { toLocalPath } from '../../../web/security.ts';
import type { Pages } from '../../visit/console-context.ts';

/** The list's URL with what was done, in place of what it said before. */
function withDone(to: string | undefined, done: string): string {
  const url = new URL(toLocalPath(to), 'http://hub');
  url.searchParams.set('done', done);
  return url.pathname + url.search;
}

/** How a person wants lists: kept at the hub, for that person alone. */
export const listSettingPages: Pages = (app, { store }) => {
  app.post('/desk/settings', async (request, reply) => {
    const user = request.demand('read');
    const { size, shortcuts, to } = request.typed();
    const pageSize = pageSizes.find((one) => String(one) === size);
    const wanted = shortcuts === undefined ? undefined : shortcuts === 'on';
    if (pageSize === undefined && wanted === undefined) throw new PageError('not_understood');
    await writeDeskSettings(store, user.id, { pageSize, shortcuts: wanted });
    return reply.redirect(toLocalPath(withDone(to, 'desk_set')), 303);
  });

  app.post('/desk/filters', async (request, reply) => {
    const user = request.demand('read');
    const { name = '', query = '' } = request.typed();
    const kept = toFilterQuery(Object.fromEntries(new URLSearchParams(query)));
    const problem = await saveFilter(store, user.id, { name, query: kept });
    if (!problem) return reply.redirect(toLocalPath(`/?${kept}&done=filter_saved`), 303);
    const told = new URLSearchParams({ all: '1', problem, name });
    return reply.redirect(toLocalPath(`/?${kept}&${told}#filters`), 303);
  });

  app.post('/desk/filters/:id/remove', async (request, reply) => {
    const user = request.demand('read');
    const id = toUuid((request.params as { id: string }).id);
    if (!id) throw new PageError('not_found');
    await removeFilter(store, user.id, id);
    return reply.redirect(toLocalPath(withDone(request.typed().to, 'filter_removed')), 303);
  });
};
