import type { FastifyReply, FastifyRequest } from 'fastify';
import { may, toReadingAgency } from '../../access/people/rights.ts';
import { countMasked } from '../../insight/inspection/count-masked.ts';
import { confirmInspection, makeLetters } from '../../insight/inspection/make-letters.ts';
import {
  countInspected,
  findConfirmed,
  inspectedParts,
  listInspected,
  mostShown,
} from '../../insight/inspection/read-inspection.ts';
import { withUnseen } from '../../personal/with-personal.ts';
import type { Typed } from '../../web/forms.ts';
import { PageError } from '../../web/page-error.ts';
import type { ConsoleDeps, Pages } from '../visit/console-context.ts';

const monthShape = /^\d{4}-(?:0[1-9]|1[0-2])$/;
/** Korea has kept UTC+9 without summer time since 1988. */
const thisMonth = () => new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 7);
/** The most agencies in a list of choices. If there are more, people type a code. */
const mostChoices = 300;
const longestNote = 1000;

/** 월별 점검: what is overdue or slow at an agency, reminder letters, and that a person inspected it. */
export const inspectionPages: Pages = (app, deps) => {
  const { store, directory, log } = deps;

  app.get('/process/inspections', async (request, reply) =>
    showInspection(deps, request, reply, request.asked()),
  );

  app.post('/process/inspections/letters', async (request, reply) => {
    const { agency, month, user } = toInspected(request);
    const letters = await withUnseen(store, (opened) =>
      makeLetters({ store: opened, directory }, { agency, month, by: user.login }),
    );
    if (letters > 0) log.info({ user: user.id, agency, letters }, 'reminder letters are made');
    const done = letters > 0 ? 'letters_made' : 'letters_none';
    return reply.redirect(`/process/inspections?${new URLSearchParams({ agency, month, done })}`, 303);
  });

  app.post('/process/inspections/confirm', async (request, reply) => {
    const { agency, month, user } = toInspected(request);
    const { note = '' } = request.typed();
    const problem =
      note === ''
        ? 'inspection.note_missing'
        : [...note].length > longestNote
          ? 'inspection.note_long'
          : undefined;
    if (problem) return showInspection(deps, request, reply, { agency, month }, { note, problem });
    await confirmInspection(store, { agency, month, note, by: user.login });
    log.info({ user: user.id, agency, month }, 'an inspection is confirmed');
    const done = 'inspection_confirmed';
    return reply.redirect(`/process/inspections?${new URLSearchParams({ agency, month, done })}`, 303);
  });
};

/** The agency and the month of a form. An agency that the person may not inspect is not there. */
function toInspected(request: FastifyRequest) {
  const user = request.demand('inspect');
  const { agency = '', month = '' } = request.typed();
  const mayInspect = may(user, 'inspect', { assignee: agency, agencies: [] });
  if (!mayInspect || agency === '' || !monthShape.test(month)) throw new PageError('not_found');
  return { user, agency, month };
}

async function showInspection(
  { store, directory }: ConsoleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { agency: asked, month = thisMonth() }: Typed,
  returned?: { note: string; problem: string },
) {
  const user = request.demand('see_process');
  const own = toReadingAgency(user);
  const agency = own ?? asked ?? '';
  const wrong = !monthShape.test(month);
  const agencies = directory.listAgencies();
  const shown = agency === '' || wrong ? null : await readInspection(store, agency, month);
  const data = {
    ...(shown ?? { parts: [], masked: [], confirmed: null }),
    isShown: shown !== null,
    isLimited: own !== undefined,
    agencies: agencies.length > mostChoices ? null : agencies.map(({ code }) => code),
    asked: { agency, month },
    monthProblem: wrong ? 'inspection.month_shape' : null,
    mostShown,
    mayInspect: may(user, 'inspect', { assignee: agency, agencies: [] }),
    note: returned?.note ?? '',
    noteProblem: returned?.problem ?? null,
  };
  return reply.page('inspection', data, wrong || returned ? 422 : 200);
}

async function readInspection(store: ConsoleDeps['store'], agency: string, month: string) {
  const [counts, masked, confirmed, ...lists] = await Promise.all([
    countInspected(store, agency, month),
    countMasked(store, agency, month),
    findConfirmed(store, agency, month),
    ...inspectedParts.map((part) => listInspected(store, part, agency, month)),
  ]);
  const parts = inspectedParts.map((name, at) => ({ name, count: counts[name], rows: lists[at] ?? [] }));
  return { parts, masked, confirmed: confirmed ?? null };
}
