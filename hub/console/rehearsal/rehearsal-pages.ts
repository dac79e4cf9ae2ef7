import { toUuid } from '../../complaints/reading/read-operations.ts';
import { stageOf } from '../../configuration/stages/stage-of.ts';
import { countRehearsed, listRehearsed } from '../../exchange/rehearsal/read-rehearsed.ts';
import { openShadowStore } from '../../store/shadow/shadow-store.ts';
import { toPager } from '../../web/pager.ts';
import type { Pages } from '../visit/console-context.ts';
import { getAgencyWithBoard } from './get-agency.ts';

const outcomes = ['applied', 'parked', 'duplicate'];

/** What the rehearsal of an agency read, and what would have become of it. */
export const rehearsalPages: Pages = (app, deps) => {
  const { store, rehearsals, log } = deps;
  const shadow = openShadowStore(store, 'rehearsal');

  app.get('/agencies/:code/rehearsal', async (request, reply) => {
    request.demand('see_operations');
    const agency = getAgencyWithBoard(deps, request);
    const asked = request.asked();
    const outcome = outcomes.find((one) => one === asked.outcome);
    const [after, before] = [asked.after, asked.before].map(toUuid);
    const place = { ...(after && { after }), ...(before && { before }), outcome };
    const [page, counts] = await Promise.all([
      listRehearsed(shadow, agency.code, place, toCodes(agency.board?.settings.codes)),
      countRehearsed(store, agency.code),
    ]);
    return reply.page('rehearsal', {
      agency,
      stage: stageOf(agency),
      counts,
      posts: page.rows,
      asked: { outcome: outcome ?? '' },
      outcomes,
      pager: toPager(`/agencies/${agency.code}/rehearsal`, asked, page),
    });
  });

  app.post('/agencies/:code/rehearsal/restart', async (request, reply) => {
    const user = request.demand('repair');
    const { code } = getAgencyWithBoard(deps, request);
    await rehearsals.restart(code, { actor: user.login, way: 'console' });
    log.info({ user: user.id, agency: code }, 'rehearsal begun anew');
    return reply.redirect(`/agencies/${code}/rehearsal?done=rehearsal_restarted`, 303);
  });
};

/** The codes of the agency's tables say nothing of a person, and stay readable. */
const toCodes = (tables: unknown): ReadonlySet<string> =>
  new Set(Object.values((tables ?? {}) as Record<string, object>).flatMap((table) => Object.keys(table)));
