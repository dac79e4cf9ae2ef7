import type { FastifyReply, FastifyRequest } from 'fastify';
import { toUuid } from '../../complaints/reading/read-operations.ts';
import { ReconcileError } from '../../exchange/reconcile/decide-repairs.ts';
import { findReport, listDecisions, listDrifts, listReports } from '../../exchange/reconcile/read-reports.ts';
import { PageError } from '../../web/page-error.ts';
import { toPager } from '../../web/pager.ts';
import type { ConsoleDeps, Pages } from '../visit/console-context.ts';

/** Comparisons of boards with what they should hold, and the decisions about their drifts. */
export const repairPages: Pages = (app, deps) => {
  const { store, repairs } = deps;

  app.get('/repairs', async (request, reply) => {
    request.demand('see_repairs');
    const asked = request.asked();
    const page = await listReports(store, toPlace(asked));
    return reply.page('repairs', {
      rows: page.rows,
      agencies: listBoards(deps),
      pager: toPager('/repairs', asked, page),
    });
  });

  app.post('/repairs', async (request, reply) => {
    const user = request.demand('repair');
    const { agency = '' } = request.typed();
    if (!listBoards(deps).includes(agency)) return reply.redirect('/repairs?done=agency_missing', 303);
    const id = await repairs.reconcile.ask(agency, user.login);
    return reply.redirect(`/repairs/reports/${id}?done=compare_asked`, 303);
  });

  app.get('/repairs/reports/:id', async (request, reply) => {
    request.demand('see_repairs');
    const id = getId(request);
    const report = await findReport(store, id);
    if (!report) throw new PageError('not_found');
    const asked = request.asked();
    const [page, decisions] = await Promise.all([
      listDrifts(store, id, toPlace(asked)),
      listDecisions(store, id),
    ]);
    const pager = toPager(`/repairs/reports/${id}`, asked, page);
    return reply.page('repair-report', { report, drifts: page.rows, decisions, pager });
  });

  app.post('/repairs/reports/:id', async (request, reply) => {
    const user = request.demand('repair');
    const id = getId(request);
    const { decision = '', reason = '' } = request.typed();
    const ids = toIds(request);
    const back = (done: string) => reply.redirect(`/repairs/reports/${id}?done=${done}`, 303);
    if (decision === 'repair_all')
      return act(reply, id, async () => {
        await repairs.reconcile.repair(id, { all: true }, user.login);
        return back('drifts_repairing');
      });
    if (ids.length === 0) return back('nothing_selected');
    if (decision === 'repair')
      return act(reply, id, async () => {
        await repairs.reconcile.repair(id, { ids }, user.login);
        return back('drifts_repairing');
      });
    if (reason === '') return back('reason_missing');
    return act(reply, id, async () => {
      await repairs.reconcile.dismiss(id, ids, user.login, reason);
      return back('drifts_dismissed');
    });
  });
};

/** Somebody else may have decided meanwhile. Then the report says so. */
async function act(reply: FastifyReply, id: string, action: () => Promise<unknown>): Promise<unknown> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof ReconcileError)
      return reply.redirect(`/repairs/reports/${id}?done=drifts_gone`, 303);
    throw error;
  }
}

/** Codes of the agencies that have a board. */
export const listBoards = ({ directory }: ConsoleDeps): string[] =>
  directory
    .listAgencies()
    .filter(({ board }) => board)
    .map(({ code }) => code);

export function getId(request: FastifyRequest): string {
  const id = toUuid((request.params as { id: string }).id);
  if (!id) throw new PageError('not_found');
  return id;
}

/** A place in a list. A text that is no row's id means the beginning. */
export function toPlace({ after, before }: { after?: string; before?: string }) {
  const [behind, ahead] = [toUuid(after), toUuid(before)];
  return { ...(behind && { after: behind }), ...(ahead && { before: ahead }) };
}

/** The ids that were ticked. */
export function toIds(request: FastifyRequest): string[] {
  const { ids = [] } = (request.body ?? {}) as { ids?: string | string[] };
  return [ids].flat().flatMap((id) => toUuid(id) ?? []);
}
