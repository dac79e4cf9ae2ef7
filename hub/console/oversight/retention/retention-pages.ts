import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  type Destruction,
  findDestruction,
  findReport,
  listDestroyed,
  listDestructions,
  planAgain,
  stopDestruction,
} from '../../../retention/destructions.ts';
import { countOver, listOver } from '../../../retention/find-over.ts';
import { endHold, holdComplaint, listHolds } from '../../../retention/holds.ts';
import { listSpans } from '../../../retention/rules.ts';
import { toCsv } from '../../../web/csv.ts';
import { PageError } from '../../../web/page-error.ts';
import type { ConsoleDeps, Pages } from '../../visit/console-context.ts';

/** The most characters of a reason. */
const longestReason = 1000;
/** The most that a page shows of each. */
const mostShown = 100;

/** How long complaints are kept, what is to be destroyed next and was destroyed, and what must stay. */
export const retentionPages: Pages = (app, deps) => {
  const { store } = deps;

  app.get('/retention', async (request, reply) => {
    request.demand('see_audit');
    return showAll(deps, reply);
  });

  app.post('/retention/holds', async (request, reply) => {
    const user = request.demand('configure');
    const { receiptNumber = '', reason = '' } = trimmed(request);
    const problems = {
      ...(receiptNumber === '' && { receiptNumber: 'problem.required' }),
      ...findReasonProblem(reason),
    };
    if (Object.keys(problems).length > 0) return showAll(deps, reply, { receiptNumber, reason, problems });
    const outcome = await holdComplaint(store, { receiptNumber, reason, by: user.login });
    if (outcome === 'held' || outcome === 'held_before')
      return reply.redirect(`/retention?done=retention_${outcome}`, 303);
    return showAll(deps, reply, {
      ...{ receiptNumber, reason },
      problems: { receiptNumber: `retention.${outcome}` },
    });
  });

  app.post('/retention/holds/:id/end', async (request, reply) => {
    const user = request.demand('configure');
    const { id } = request.params as { id: string };
    const ended = await endHold(store, { id, by: user.login });
    return reply.redirect(`/retention?done=${ended ? 'retention_hold_ended' : 'retention_hold_gone'}`, 303);
  });

  app.get('/retention/:id', async (request, reply) => {
    request.demand('see_audit');
    return showOne(deps, reply, await getDestruction(deps, request));
  });

  app.get('/retention/:id/report', async (request, reply) => {
    request.demand('see_audit');
    const { id } = await getDestruction(deps, request);
    const signed = await findReport(store, id);
    if (!signed) throw new PageError('not_found');
    return sendFile(
      reply,
      `destruction-${id}.json`,
      'application/json',
      `${JSON.stringify(signed, null, 2)}\n`,
    );
  });

  app.get('/retention/:id/csv', async (request, reply) => {
    request.demand('see_audit');
    const { id } = await getDestruction(deps, request);
    const rows = (await listDestroyed(store, id)).map(({ receiptNumber, kind }) => [receiptNumber, kind]);
    return sendFile(reply, `destruction-${id}.csv`, 'text/csv', toCsv([['receipt_number', 'kind'], ...rows]));
  });

  app.post('/retention/:id/stop', async (request, reply) => {
    const user = request.demand('configure');
    const destruction = await getDestruction(deps, request);
    const { reason = '' } = trimmed(request);
    const problems = findReasonProblem(reason);
    if (problems.reason) return showOne(deps, reply, destruction, { reason, problem: problems.reason });
    const stopped = await stopDestruction(store, { id: destruction.id, by: user.login, reason });
    const done = stopped ? 'retention_stopped' : 'retention_over';
    return reply.redirect(`/retention/${destruction.id}?done=${done}`, 303);
  });

  app.post('/retention/:id/plan', async (request, reply) => {
    const user = request.demand('configure');
    const { id } = await getDestruction(deps, request);
    const planned = await planAgain(store, { id, by: user.login });
    return reply.redirect(`/retention/${id}?done=${planned ? 'retention_planned' : 'retention_over'}`, 303);
  });
};

const trimmed = (request: FastifyRequest) =>
  Object.fromEntries(Object.entries(request.typed()).map(([name, value]) => [name, (value ?? '').trim()]));

function findReasonProblem(reason: string): { reason?: string } {
  if (reason === '') return { reason: 'problem.required' };
  return [...reason].length > longestReason ? { reason: 'retention.reason_long' } : {};
}

async function getDestruction({ store }: ConsoleDeps, request: FastifyRequest): Promise<Destruction> {
  const { id } = request.params as { id: string };
  const found = await findDestruction(store, id);
  if (!found) throw new PageError('not_found');
  return found;
}

interface ReturnedHold {
  receiptNumber: string;
  reason: string;
  problems: Record<string, string>;
}

async function showAll({ store, directory }: ConsoleDeps, reply: FastifyReply, returned?: ReturnedHold) {
  const agencies = directory.listAgencies();
  const ruled = agencies.flatMap((agency) => {
    const spans = listSpans(agency);
    return spans.length > 0 ? [{ agency: agency.code, spans }] : [];
  });
  const [destructions, holds] = await Promise.all([listDestructions(store), listHolds(store)]);
  return reply.page(
    'retention',
    {
      rules: ruled.slice(0, mostShown),
      furtherRules: Math.max(0, ruled.length - mostShown),
      without: agencies.length - ruled.length,
      open: destructions.filter(({ state }) => state !== 'done').map(toRow),
      past: destructions.filter(({ state }) => state === 'done').map(toRow),
      holds,
      typed: {
        receiptNumber: returned?.receiptNumber ?? '',
        reason: returned?.reason ?? '',
        problems: { receiptNumber: null, reason: null, ...returned?.problems },
      },
    },
    returned ? 422 : 200,
  );
}

/** With the number of complaints: those that were destroyed, or are to be. */
const toRow = ({ removed, expected, ...row }: Destruction) => ({
  ...row,
  complaints: row.state === 'done' ? (removed.complaints ?? 0) : expected,
});

async function showOne(
  { store }: ConsoleDeps,
  reply: FastifyReply,
  destruction: Destruction,
  returned?: { reason: string; problem: string },
) {
  const isDone = destruction.state === 'done';
  const [counts, complaints, signed] = await Promise.all([
    isDone ? null : countOver(store.pool, destruction),
    isDone ? [] : listOver(store.pool, destruction, mostShown),
    isDone ? findReport(store, destruction.id) : undefined,
  ]);
  return reply.page(
    'destruction',
    {
      destruction,
      counts,
      complaints,
      further: counts ? Math.max(0, counts.all - complaints.length) : 0,
      report: signed?.report ?? null,
      removed: Object.entries(destruction.removed).map(([table, rows]) => ({ table, rows })),
      reason: returned?.reason ?? '',
      problem: returned?.problem ?? null,
    },
    returned ? 422 : 200,
  );
}

const sendFile = (reply: FastifyReply, name: string, type: string, content: string) =>
  reply
    .type(`${type}; charset=utf-8`)
    .header('cache-control', 'no-store')
    .header('content-disposition', `attachment; filename="${name}"`)
    .send(content);
