import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { findHeldRun } from '../../../complaints/held/list-held.ts';
import { toUuid } from '../../../complaints/reading/read-operations.ts';
import { bulkActs, findRun } from '../../../desk/bulk-runs.ts';
import { PageError } from '../../../web/page-error.ts';
import { toLocalPath } from '../../../web/security.ts';
import { toUndoSeconds } from '../../complaints/held/hold-form.ts';
import type { Pages } from '../../visit/console-context.ts';
import { bulkForms } from './bulk-acts.ts';
import { findFieldProblems, readTicked, showForm } from './bulk-form.ts';
import { askReason, giveOut, readings } from './bulk-readings.ts';
import { doBulk } from './do-bulk.ts';
import { judgeCase, toVerdict } from './judge-bulk.ts';

/** What a person does to the complaints that were ticked in a list: first asked what, then what it would do, then done. */
export const bulkPages: Pages = (app, deps) => {
  const { store } = deps;

  app.post('/bulk', async (request, reply) => {
    request.demand('read');
    const ticked = await readTicked(store, request);
    const { act } = ticked.typed;
    const reading = readings.find((one) => one === act);
    // Whoever saves a file with several persons says why (안전성 확보조치 기준, article 8, paragraph 2).
    if (reading === 'csv' && !ticked.problem && !ticked.typed.reason?.trim()) return askReason(reply, ticked);
    if (reading && !ticked.problem) return giveOut(deps, request, reply, reading, ticked);
    const known = bulkActs.find((one) => one === act);
    if (!known && !reading) throw new PageError('not_understood');
    return showForm(deps, request, reply, known ?? 'assign', ticked);
  });

  app.post('/bulk/:act/check', async (request, reply) => {
    const { act, user, ticked } = await begin(request);
    const problems = await findFieldProblems(deps, user, act, ticked);
    if (ticked.problem || ticked.typed.change || Object.keys(problems).length > 0)
      return showForm(deps, request, reply, act, ticked, ticked.typed.change ? {} : problems);
    const cases = [];
    for (const { receiptNumber } of ticked.rows) {
      const found = await judgeCase(deps, user, act, { receiptNumber, typed: ticked.typed });
      if (found) cases.push(toVerdict(deps, user, act, found));
    }
    const fields = bulkForms[act].fields.map((field) => ({ field, value: ticked.typed[field] ?? '' }));
    return reply.page('bulk-check', {
      act,
      undoSeconds: toUndoSeconds(deps, bulkForms[act].form),
      fields,
      person: ticked.typed.person ?? '',
      reason: ticked.typed.reason ?? '',
      key: toUuid(ticked.typed.key) ?? randomUUID(),
      back: ticked.to,
      will: cases.filter((one) => one.problems.length === 0),
      willNot: cases.filter((one) => one.problems.length > 0),
    });
  });

  app.post('/bulk/:act/do', async (request, reply) => {
    const { act, user, ticked } = await begin(request);
    const id = toUuid(ticked.typed.key);
    if (!id || ticked.problem) throw new PageError('not_understood');
    const receiptNumbers = ticked.rows.map(({ receiptNumber }) => receiptNumber);
    await doBulk(deps, user, { id, act, receiptNumbers, typed: ticked.typed });
    return reply.redirect(`/bulk/${id}?to=${encodeURIComponent(ticked.to)}`, 303);
  });

  app.get('/bulk/:id', async (request, reply) => {
    const user = request.demand('read');
    const id = toUuid((request.params as { id: string }).id);
    const run = id && (await findRun(store, id, user.id));
    if (!run) throw new PageError('not_found');
    const held = await findHeldRun(store, id, user.id);
    const count = (outcome: string) => run.results.filter((one) => one.outcome === outcome).length;
    return reply.page('bulk-result', {
      run,
      counts: ['done', 'nothing', 'refused', 'doing'].map(count),
      waits: { held: count('held'), takenBack: count('taken_back') },
      held: held ?? null,
      address: `/bulk/${id}?to=${encodeURIComponent(toLocalPath(request.asked().to))}`,
      key: randomUUID(),
      again: Object.entries(run.fields).map(([field, value]) => ({ field, value })),
      back: toLocalPath(request.asked().to),
    });
  });

  async function begin(request: FastifyRequest) {
    const act = bulkActs.find((one) => one === (request.params as { act: string }).act);
    if (!act) throw new PageError('not_found');
    const user = request.demand(bulkForms[act].action);
    return { act, user, ticked: await readTicked(store, request) };
  }
};
