import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toReadingAgency } from '../../../access/people/rights.ts';
import type { User } from '../../../access/people/users.ts';
import { listTicked, type TickedComplaint } from '../../../complaints/reading/list-ticked.ts';
import { toUuid } from '../../../complaints/reading/read-operations.ts';
import { parseReceiptNumber } from '../../../complaints/receipt-number.ts';
import type { BulkAct } from '../../../desk/bulk-runs.ts';
import { listAbsent } from '../../../desk/people.ts';
import { withUnseen } from '../../../personal/with-personal.ts';
import type { Store } from '../../../store/database.ts';
import { toShownFields } from '../../../web/form-problems.ts';
import type { Typed } from '../../../web/forms.ts';
import { toLocalPath } from '../../../web/security.ts';
import { listOfficerChoices } from '../../complaints/steps/officer-choices.ts';
import type { ConsoleDeps } from '../../visit/console-context.ts';
import { bulkForms } from './bulk-acts.ts';

/** The most complaints at once: the longest page of a list. */
const most = 100;

/** The complaints that a form of a list names, as far as the person may read them. */
export interface Ticked {
  rows: TickedComplaint[];
  typed: Typed;
  /** The list that they were ticked in. */
  to: string;
  /** The key of the text that says why nothing can be done. */
  problem?: string;
}

export async function readTicked(store: Store, request: FastifyRequest): Promise<Ticked> {
  const ticked = request.typedAll().get('tick') ?? [];
  const numbers = [...new Set(ticked.map(parseReceiptNumber).filter((one) => one !== undefined))];
  const typed = request.typed();
  const to = toLocalPath(typed.back);
  if (numbers.length > most) return { rows: [], typed, to, problem: 'bulk.too_many' };
  // The pages show numbers and titles. What gives out more tells the log (bulk-readings.ts).
  const reader = toReadingAgency(request.signedIn());
  const rows = await withUnseen(store, (opened) => listTicked(opened, numbers, reader));
  return { rows, typed, to, ...(rows.length === 0 && { problem: 'bulk.none' }) };
}

/** The form in which a person says once what holds for all. */
export async function showForm(
  deps: ConsoleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  act: BulkAct,
  { rows, typed, to, problem }: Ticked,
  problems: Record<string, string> = {},
) {
  request.demand(problem ? 'read' : bulkForms[act].action);
  const { directory } = deps;
  const values = { person: '', to: '', days: '', hours: '', reason: '', ...typed };
  const officers = act === 'assign' ? await listChoices(deps, request.signedIn(), rows) : [];
  const data = {
    act,
    rows,
    problem: problem ?? (officers === null ? 'bulk.mixed' : null),
    values,
    others: [],
    problems: toShownFields(Object.keys(values), problems),
    key: toUuid(typed.key) ?? randomUUID(),
    back: to,
    officers: officers ?? [],
    absent: act === 'assign' ? await listAway(deps, request.signedIn(), rows) : [],
    agencies: directory.listAgencies().map(({ code }) => code),
  };
  return reply.page('bulk-form', data, data.problem || Object.keys(problems).length > 0 ? 422 : 200);
}

/** Who can be named for all of them: an officer names people of the own agency. Null: they belong to several agencies. */
async function listChoices({ store, directory }: ConsoleDeps, user: User, rows: TickedComplaint[]) {
  const [code, ...others] = new Set(user.agency ? [user.agency] : rows.map(({ assignee }) => assignee));
  if (code === undefined || others.length > 0) return code === undefined ? [] : null;
  return (await listOfficerChoices(store, code, directory.findAgency(code))).map(({ label }) => label);
}

/** Those of them who are away, with their deputies. */
async function listAway({ store }: ConsoleDeps, user: User, rows: TickedComplaint[]) {
  const code = user.agency ?? rows[0]?.assignee;
  return code === undefined ? [] : listAbsent(store, code);
}

/** What is wrong with the fields that hold for all. What the law says of each complaint stands in the question. */
export async function findFieldProblems(
  deps: ConsoleDeps,
  user: User,
  act: BulkAct,
  { rows, typed }: Ticked,
) {
  const problems: Record<string, string> = {};
  const { person = '', to = '', reason, days = '', hours = '' } = typed;
  if (act === 'assign' && !(await listChoices(deps, user, rows))?.includes(person))
    problems.person = 'bulk_problem.person';
  if (act === 'transfer' && !deps.directory.findAgency(to)) problems.to = 'bulk_problem.to';
  if (act !== 'assign' && !reason) problems.reason = 'bulk_problem.reason';
  if (act === 'extend') {
    for (const [field, amount] of Object.entries({ days, hours }))
      if (amount !== '' && !/^[1-9]\d{0,2}$/.test(amount)) problems[field] = 'bulk_problem.amount';
    if (days === '' && hours === '') problems.days = 'bulk_problem.amount';
  }
  return problems;
}
