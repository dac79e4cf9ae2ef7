import { toUuid } from '../../complaints/reading/read-operations.ts';
import { toPager } from '../../web/pager.ts';
import type { Pages } from '../visit/console-context.ts';
import { toOwnAgency } from './own-agency.ts';

/** The log of calls, and what the agency may use and used. */
export const callPages: Pages = (app, deps) => {
  const { engineer } = deps;

  app.get('/engineer/calls', async (request, reply) => {
    const { agency } = toOwnAgency(deps, request);
    const asked = request.asked();
    const { operation, request: named } = asked;
    const filter = {
      failed: asked.failed === '1',
      ...(operation && { operation }),
      ...(named && { request: named }),
    };
    const [after, before] = [toUuid(asked.after), toUuid(asked.before)];
    const [page, operations, usage] = await Promise.all([
      engineer.calls(agency, filter, { ...(after && { after }), ...(before && { before }) }),
      engineer.operations(agency),
      engineer.usage(agency),
    ]);
    return reply.page('engineer-calls', {
      rows: page.rows,
      pager: toPager('/engineer/calls', asked, page),
      asked: { failed: '', operation: '', request: '', ...asked },
      filtered: filter.failed || operation !== undefined || named !== undefined,
      operations,
      usage,
    });
  });
};
