import type { FastifyReply, FastifyRequest } from 'fastify';
import { maskAddress } from '../../../access/people/masking.ts';
import { may } from '../../../access/people/rights.ts';
import {
  type Breach,
  breachActs,
  findBreach,
  listBreaches,
  noteBreach,
  saveBreach,
} from '../../../personal/breaches/breach.ts';
import { draftNotice, draftReport } from '../../../personal/breaches/draft-notices.ts';
import { findReportReasons, listDuties, manyPersons } from '../../../personal/breaches/judge-breach.ts';
import { countTouched, listTouched, type Touched } from '../../../personal/breaches/whose-data.ts';
import { withPersonal } from '../../../personal/with-personal.ts';
import { toCsv } from '../../../web/csv.ts';
import type { Typed } from '../../../web/forms.ts';
import { PageError } from '../../../web/page-error.ts';
import { maskName } from '../../../words/mask-name.ts';
import type { ConsoleDeps, Pages } from '../../visit/console-context.ts';
import { toReader } from '../../visit/to-reader.ts';
import { breachFields, readBreach, toBreachForm } from './breach-form.ts';

const shownAtOnce = 20;

/** 개인정보 유출: whose data a leak touched, what is due when, the drafts, and the record of what was done. */
export const breachPages: Pages = (app, deps) => {
  app.get('/breaches', async (request, reply) => {
    request.demand('see_audit');
    return reply.page('breaches', { breaches: await listBreaches(deps.store) });
  });

  app.get('/breaches/new', async (request, reply) => {
    request.demand('handle_breaches');
    return showForm(deps, reply, { address: '/breaches/new', values: {} });
  });

  app.post('/breaches/new', async (request, reply) => saveIt(deps, request, reply));

  app.get('/breaches/:id/edit', async (request, reply) => {
    request.demand('handle_breaches');
    const { id, facts } = await getBreach(deps, request);
    return showForm(deps, reply, { address: `/breaches/${id}/edit`, values: toBreachForm(facts) });
  });

  app.post('/breaches/:id/edit', async (request, reply) => {
    const { id } = await getBreach(deps, request);
    return saveIt(deps, request, reply, id);
  });

  app.get('/breaches/:id', async (request, reply) => {
    request.demand('see_audit');
    return show(deps, request, reply, await getBreach(deps, request));
  });

  app.post('/breaches/:id/note', async (request, reply) => {
    const user = request.demand('handle_breaches');
    const breach = await getBreach(deps, request);
    const { act: asked, note: given = '' } = request.typed();
    const act = breachActs.find((one) => one === asked);
    const note = given.trim();
    if (!act || note === '')
      return show(deps, request, reply, breach, { note: act ? 'problem.required' : 'breach.act' });
    const done = await noteBreach(deps.store, breach.id, { act, by: user.login, note });
    return reply.redirect(`/breaches/${breach.id}?done=${done ? 'breach_noted' : 'nothing'}`, 303);
  });

  app.post('/breaches/:id/csv', async (request, reply) => {
    request.demand('see_audit');
    const breach = await getBreach(deps, request);
    const reason = (request.typed().reason ?? '').trim();
    if (reason === '') return show(deps, request, reply, breach, { reason: 'problem.required' });
    const rows = await readTouched(deps, request, breach, { most: null, reason });
    return reply
      .type('text/csv; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('content-disposition', `attachment; filename="breach-${breach.id}.csv"`)
      .send(toCsv([head, ...rows.map(toLine)]));
  });
};

const head = ['receipt_number', 'name', 'company', 'phone', 'email', 'items', 'first_at', 'last_at', 'times'];
const toLine = (one: Touched): string[] => [
  ...[one.receiptNumber, one.name, one.company ?? '', one.phone ?? '', one.email ?? '', one.items.join(' ')],
  ...[one.firstAt.toISOString(), one.lastAt.toISOString(), String(one.times)],
];

async function getBreach({ store }: ConsoleDeps, request: FastifyRequest): Promise<Breach> {
  const breach = await findBreach(store, (request.params as { id: string }).id);
  if (!breach) throw new PageError('not_found');
  return breach;
}

async function saveIt(deps: ConsoleDeps, request: FastifyRequest, reply: FastifyReply, id?: string) {
  const user = request.demand('handle_breaches');
  const typed = request.typed();
  const codes = deps.directory.listAgencies().map(({ code }) => code);
  const read = readBreach(typed, codes);
  const address = id === undefined ? '/breaches/new' : `/breaches/${id}/edit`;
  if ('problems' in read) return showForm(deps, reply, { address, values: typed, problems: read.problems });
  const saved = await saveBreach(deps.store, { ...(id && { id }), facts: read.facts, by: user.login });
  // A case that was closed meanwhile stays as it is.
  return reply.redirect(`/breaches/${saved ?? id}?done=${saved ? 'breach_saved' : 'nothing'}`, 303);
}

function showForm(
  _deps: ConsoleDeps,
  reply: FastifyReply,
  { address, values, problems = {} }: { address: string; values: Typed; problems?: Record<string, string> },
) {
  const empty = (what: null | '') => Object.fromEntries(breachFields.map((name) => [name, what]));
  const shown = { values: { ...empty(''), ...values }, problems: { ...empty(null), ...problems } };
  return reply.page('breach-form', { address, ...shown }, Object.keys(problems).length > 0 ? 422 : 200);
}

/** Whoever may not see persons sees them masked. */
function readTouched(
  { store }: ConsoleDeps,
  request: FastifyRequest,
  { facts }: Breach,
  { most, after, reason }: { most: number | null; after?: string | undefined; reason?: string },
): Promise<Touched[]> {
  const masked = !may(request.signedIn(), 'see_person');
  return withPersonal(store, toReader(request), async (opened, tell) => {
    const rows = await listTouched(opened, facts, { after, most });
    tell({
      ...{ subjects: rows.map(({ complaintId }) => complaintId), items: ['name', 'contact'], masked },
      ...(reason === undefined
        ? { act: 'list', purpose: 'breach' }
        : { act: 'export', purpose: 'breach_list', reason }),
    });
    return masked ? rows.map(maskTouched) : rows;
  });
}

const maskTouched = (one: Touched): Touched => ({
  ...one,
  name: maskName(one.name),
  company: one.company && maskName(one.company),
  phone: one.phone && maskAddress(one.phone),
  email: one.email && maskAddress(one.email),
});

async function show(
  deps: ConsoleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  breach: Breach,
  problems: { note?: string; reason?: string } = {},
) {
  const asked = request.asked();
  const rows = await readTouched(deps, request, breach, { most: shownAtOnce + 1, after: asked.after });
  // Numbers alone: nobody's data is given out.
  const sums = await withPersonal(deps.store, toReader(request), async (opened, tell) => {
    tell({ act: 'list', purpose: 'breach', subjects: [], items: [], masked: true });
    return countTouched(opened, breach.facts);
  });
  const shown = rows.slice(0, shownAtOnce);
  const last = rows.length > shownAtOnce ? shown.at(-1)?.complaintId : undefined;
  return reply.page(
    'breach',
    {
      ...{ breach, sums, rows: shown, many: manyPersons },
      next: last === undefined ? null : `/breaches/${breach.id}?after=${last}`,
      times: toBreachForm(breach.facts),
      duties: listDuties(breach, sums.persons).map((duty) => ({
        ...duty,
        doneAt: duty.doneAt ? new Date(duty.doneAt) : null,
      })),
      record: breach.record.map((one) => ({ ...one, at: new Date(one.at) })),
      reasons: findReportReasons(breach, sums.persons),
      notice: draftNotice(breach, sums.items),
      report: draftReport(breach, sums),
      acts: breachActs.filter((act) => !breach.record.some((one) => one.act === act)),
      problems: { note: null, reason: null, ...problems },
      typed: { act: '', note: '', reason: '', ...(request.method === 'POST' ? request.typed() : {}) },
    },
    Object.keys(problems).length > 0 ? 422 : 200,
  );
}
