import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ComplaintKind, complaintKinds } from '../../../../schemas/index.ts';
import { explainDeadline } from '../../../clock/explain-deadline.ts';
import { listUnknownYears, nameYear } from '../../../clock/named-days.ts';
import type { ClockChanges, Period } from '../../../clock/periods.ts';
import type { FieldProblem } from '../../../web/form-problems.ts';
import type { Typed } from '../../../web/forms.ts';
import { PageError } from '../../../web/page-error.ts';
import type { ConsoleDeps, Pages } from '../../visit/console-context.ts';
import { type DeskDocument, findProblems, keepDraft, openDocument } from '../desk-document.ts';
import { readClock } from '../read-rules.ts';
import { toMonths } from './calendar-months.ts';
import { isDate, toPeriod, toPeriodRows } from './clock-periods.ts';
import { type ClockEdit, type DayList, editClock } from './edit-clock.ts';

const path = '/rules/clock';
const [firstYear, lastYear] = [2018, 2100];
const comingYears = 2;

/** Periods, days off, the calendar of a year, and when a complaint would be due. */
export const clockPages: Pages = (app, deps) => {
  app.get(path, async (request, reply) => {
    const { login } = request.demand('see_configuration');
    const document = await openDocument(deps.store, login, { kind: 'clock' });
    return showClock(deps, reply, { document, asked: request.asked() });
  });

  app.post('/rules/clock/days', async (request, reply) => {
    request.demand('configure');
    const { action, list, date = '', name = '' } = request.typed();
    if (list !== 'holidays' && list !== 'workingDays') throw new PageError('not_understood');
    if (action === 'drop') return changeClock(deps, request, reply, { kind: 'drop-day', list, date });
    const problems = findDayProblems(date, name);
    return changeClock(
      deps,
      request,
      reply,
      { kind: 'name-day', list, date, name },
      toFormProblem(list, problems),
    );
  });

  app.post('/rules/clock/periods', async (request, reply) => {
    request.demand('configure');
    const typed = request.typed();
    if (typed.action === 'drop')
      return changeClock(deps, request, reply, { kind: 'drop-period', at: Number(typed.at) });
    const { period, problems } = toPeriod(typed);
    return changeClock(
      deps,
      request,
      reply,
      { kind: 'add-period', period: period as Period },
      toFormProblem('periods', problems),
    );
  });
};

type FormName = DayList | 'periods';
interface FormProblem {
  form: FormName;
  fields: Record<string, FieldProblem>;
}

const toFormProblem = (form: FormName, fields: Record<string, FieldProblem>): FormProblem | undefined =>
  Object.keys(fields).length > 0 ? { form, fields } : undefined;

function findDayProblems(date: string, name: string): Record<string, FieldProblem> {
  return {
    ...(!isDate(date) && { date: 'problem.no_date' }),
    ...(name === '' && { name: 'problem.required' }),
  };
}

async function changeClock(
  deps: ConsoleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  edit: ClockEdit,
  problem?: FormProblem,
) {
  const { login } = request.signedIn();
  const document = await openDocument(deps.store, login, { kind: 'clock' });
  const typed = request.typed();
  if (problem) return showClock(deps, reply, { document, asked: {}, typed, problem });
  const clock = readClock(document.source);
  if (!clock || typed.mark !== document.mark) return reply.redirect('/rules/clock?done=rules_moved', 303);
  if (edit.kind === 'drop-period' && !clock.periods?.[edit.at]) throw new PageError('not_understood');
  await keepDraft(deps.store, login, document, editClock(document.source, edit));
  const year = 'date' in edit ? edit.date.slice(0, 4) : '';
  return reply.redirect(`/rules/clock?done=draft_kept${year && `&year=${year}`}`, 303);
}

interface Shown {
  document: DeskDocument;
  asked: Typed;
  typed?: Typed;
  problem?: FormProblem;
}

const fields = ['date', 'name', 'kind', 'amount', 'unit', 'from', 'source'];
const blank: Typed = {
  ...Object.fromEntries(fields.map((field) => [field, ''])),
  unit: 'days',
  kind: 'query',
};

async function showClock(deps: ConsoleDeps, reply: FastifyReply, { document, asked, typed, problem }: Shown) {
  const changes = readClock(document.source);
  const thisYear = Number(toKoreanTime(new Date()).slice(0, 4));
  const year = toYear(asked.year, thisYear);
  const valuesOf = (form: FormName) => (problem?.form === form ? { ...blank, ...typed } : blank);
  const problemsOf = (form: FormName) => ({
    ...Object.fromEntries(fields.map((field) => [field, null])),
    ...(problem?.form === form && problem.fields),
  });
  const formOf = (form: FormName) => ({ values: valuesOf(form), problems: problemsOf(form) });
  const coming = Array.from({ length: comingYears + 1 }, (_, n) => thisYear + n);
  const data = {
    document,
    readable: changes !== undefined,
    problems: await findProblems(deps.store, document),
    periods: toPeriodRows(changes ?? {}, new Date()),
    forms: { holidays: formOf('holidays'), workingDays: formOf('workingDays'), periods: formOf('periods') },
    holidays: toDays(changes?.holidays),
    workingDays: toDays(changes?.workingDays),
    kinds: complaintKinds,
    units: ['days', 'hours'],
    unknownYears: listUnknownYears(coming, changes),
    year,
    years: { previous: year > firstYear ? year - 1 : null, next: year < lastYear ? year + 1 : null },
    isUnknown: listUnknownYears([year], changes).length > 0,
    months: toMonths(nameYear(year, changes)),
    ...toTried(
      asked,
      changes ?? {},
      document.isDraft ? readClock(document.inForce?.source ?? '') : undefined,
    ),
  };
  return reply.page('clock', data, problem ? 422 : 200);
}

const toDays = (days: Record<string, string> = {}) =>
  Object.entries(days)
    .map(([date, name]) => ({ date, name }))
    .sort((a, b) => (a.date < b.date ? -1 : 1));

function toYear(text: string | undefined, otherwise: number): number {
  const year = Number(text);
  return Number.isInteger(year) && year >= firstYear && year <= lastYear ? year : otherwise;
}

const koreanOffset = 9 * 3_600_000;

/** `2026-11-30T12:00`, as an input of a page has it. */
const toKoreanTime = (at: Date): string => new Date(at.getTime() + koreanOffset).toISOString().slice(0, 16);

/** When a complaint would be due: by what the page shows, and by what is in force if that is another. */
function toTried(asked: Typed, changes: ClockChanges, inForce: ClockChanges | undefined) {
  const kind = complaintKinds.find((one): one is ComplaintKind => one === asked.kind) ?? 'query';
  const at = new Date(`${asked.at ?? ''}+09:00`);
  const isAsked = !Number.isNaN(at.getTime());
  const explain = (which: string, of: ClockChanges) => {
    const explained = explainDeadline(kind, at, of);
    return { which, explained: explained ?? null };
  };
  return {
    tryValues: { kind, at: isAsked ? (asked.at as string) : toKoreanTime(new Date()) },
    tried: isAsked
      ? [
          ...(inForce
            ? [explain('in_force', inForce), explain('draft', changes)]
            : [explain('in_force', changes)]),
        ]
      : [],
  };
}
