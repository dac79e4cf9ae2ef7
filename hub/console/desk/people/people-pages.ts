import type { FastifyReply, FastifyRequest } from 'fastify';
import type { User } from '../../../access/people/users.ts';
import { toUuid } from '../../../complaints/reading/read-operations.ts';
import {
  type DeskPerson,
  isAwayWithin,
  listDeskPeople,
  setAbsence,
  setDepartment,
} from '../../../desk/people.ts';
import { toShownFields } from '../../../web/form-problems.ts';
import type { Typed } from '../../../web/forms.ts';
import { PageError } from '../../../web/page-error.ts';
import type { ConsoleDeps, Pages } from '../../visit/console-context.ts';
import { toDeskAgency } from '../own-agency.ts';

const longestDepartment = 100;
const dayShape = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** One officer whose department or absence is set. */
interface Place {
  user: User;
  agency: string;
  people: DeskPerson[];
  person: DeskPerson;
  typed: Typed;
}

/** Departments, absence and deputies of an agency: its officers set them for each other. */
export const deskPeoplePages: Pages = (app, deps) => {
  const { store } = deps;
  app.get('/desk/people', async (request, reply) => {
    const user = request.demand('answer');
    return showPeople(deps, reply, toDeskAgency(deps, user, request.asked().agency));
  });

  app.post('/desk/people/:id/department', async (request, reply) => {
    const place = await begin(request);
    const { user: by, agency, person, typed } = place;
    const { department = '' } = typed;
    if (department.length > longestDepartment)
      return showPeople(deps, reply, agency, { place, problems: { department: 'desk_problem.department' } });
    await setDepartment(store, { by, agency, person }, department || null);
    return done(reply, agency, 'department_set');
  });

  app.post('/desk/people/:id/absence', async (request, reply) => {
    const place = await begin(request);
    const { user: by, agency, person, people, typed } = place;
    if (typed.remove) {
      await setAbsence(store, { by, agency, person }, undefined);
      return done(reply, agency, 'absence_removed');
    }
    const { since = '', until = '' } = typed;
    const deputy = people.find((one) => one.id === typed.deputy && one.id !== person.id);
    const problems = await findAbsenceProblems(deps, { since, until, deputy });
    if (!deputy || Object.keys(problems).length > 0)
      return showPeople(deps, reply, agency, { place, problems });
    await setAbsence(store, { by, agency, person }, { since, until, deputy });
    return done(reply, agency, 'absence_set');
  });

  const done = (reply: FastifyReply, agency: string, what: string) =>
    reply.redirect(`/desk/people?agency=${agency}&done=${what}`, 303);

  async function begin(request: FastifyRequest): Promise<Place> {
    const user = request.demand('answer');
    const typed = request.typed();
    const agency = toDeskAgency(deps, user, typed.agency);
    const people = await listDeskPeople(store, agency);
    const id = toUuid((request.params as { id: string }).id);
    const person = people.find((one) => one.id === id);
    if (!person) throw new PageError('not_found');
    return { user, agency, people, person, typed };
  }
};

async function findAbsenceProblems(
  { store }: Pick<ConsoleDeps, 'store'>,
  { since, until, deputy }: { since: string; until: string; deputy: DeskPerson | undefined },
): Promise<Record<string, string>> {
  const problems: Record<string, string> = {};
  if (!isDay(since)) problems.since = 'desk_problem.since';
  if (!isDay(until) || until < since || until < toKoreanDay(new Date()))
    problems.until = 'desk_problem.until';
  if (!deputy) problems.deputy = 'desk_problem.deputy';
  else if (Object.keys(problems).length === 0 && (await isAwayWithin(store, deputy.id, { since, until })))
    problems.deputy = 'desk_problem.deputy_away';
  return problems;
}

/** Whether the calendar has this day: 2026-02-30 looks like one. */
const isDay = (text: string): boolean =>
  dayShape.test(text) && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);

const toKoreanDay = (at: Date): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Seoul', dateStyle: 'short' }).format(at);

async function showPeople(
  { store }: Pick<ConsoleDeps, 'store'>,
  reply: FastifyReply,
  agency: string,
  returned?: { place: Place; problems: Record<string, string> },
) {
  const people = await listDeskPeople(store, agency);
  const data = {
    agency,
    today: toKoreanDay(new Date()),
    departments: [...new Set(people.flatMap(({ department }) => department ?? []))],
    people: people.map((person) => {
      const back = returned?.place.person.id === person.id ? returned : undefined;
      const { department, since, until, deputyId } = person;
      const values = {
        ...{ department: department ?? '', since: since ?? '', until: until ?? '', deputy: deputyId ?? '' },
        ...back?.place.typed,
      };
      return {
        ...person,
        values,
        isOpen: back !== undefined,
        problems: toShownFields(Object.keys(values), back?.problems ?? {}),
        others: people.filter(({ id }) => id !== person.id),
      };
    }),
  };
  return reply.page('desk-people', data, returned ? 422 : 200);
}
