import { type Problem, type Reason, toOneReason } from '../../schemas/index.ts';
import { answersReasons } from '../../schemas/reasons/answers.ts';
import { joiningReasons } from '../../schemas/reasons/joining.ts';
import { stepsReasons } from '../../schemas/reasons/steps.ts';
import type { Typed } from './forms.ts';

/** What is wrong with a field: a reason, or the key of a text. */
export type FieldProblem = Reason | string;

/** What is wrong with a form: by field, and the problems of no field. */
export interface FormProblems {
  fields: Record<string, FieldProblem>;
  others: Problem[];
}

export const noProblems: FormProblems = { fields: {}, others: [] };

/**
 * Problems of a post, sorted to the fields in which a person can correct them. `places`: field by JSON pointer. The
 * longest pointer that leads to the problem counts.
 */
export function toFormProblems(
  problems: Problem[],
  places: Record<string, string>,
  typed: Typed,
): FormProblems {
  const reasons: Record<string, Reason[]> = {};
  const others: Problem[] = [];
  const pointers = Object.keys(places).sort((a, b) => b.length - a.length);
  for (const problem of problems) {
    const field = places[pointers.find((known) => leadsTo(known, problem.pointer)) ?? ''];
    if (field) reasons[field] = [...(reasons[field] ?? []), problem.reason];
    else others.push(problem);
  }
  const fields = Object.entries(reasons).map(([field, found]) => [
    field,
    typed[field] || found.some(isOfLaw) ? toFieldProblem(field, found) : 'problem.required',
  ]);
  return { fields: Object.fromEntries(fields), others };
}

/** What the law asks for is told also where nothing was typed: it may be needed in this case alone. */
const isOfLaw = ({ code }: Reason) =>
  [stepsReasons, joiningReasons, answersReasons].some((reasons) => Object.hasOwn(reasons, code));

const leadsTo = (known: string, pointer: string) => pointer === known || pointer.startsWith(`${known}/`);

/** Nobody at a form reads a regular expression. A field with one has a text that gives an example. */
const toFieldProblem = (field: string, reasons: Reason[]): FieldProblem =>
  reasons.some(({ code }) => code === 'pattern') ? `problem.${field}` : toOneReason(reasons);

/** For a view, in which every field needs an entry. Null: nothing is wrong with the field. */
export const toShown = (fields: string[], problems: FormProblems) => ({
  others: problems.others,
  fields: toShownFields(fields, problems.fields),
});

/** The same for the fields alone. */
export const toShownFields = (fields: string[], problems: Record<string, FieldProblem>) => ({
  ...Object.fromEntries(fields.map((field) => [field, null])),
  ...problems,
});

/** The texts that name fields, where the field's own name does not. */
const labels: Record<string, string> = {
  text: 'form.text',
  reason: 'form.reason',
  to: 'transfer.to',
  status: 'complaint.status',
  department: 'officer.department',
  officer: 'officer.name',
  contact: 'officer.contact',
  title: 'complaint.title',
  body: 'complaint.content',
  kind: 'complaint.kind',
  category: 'complaint.category',
  region: 'complaint.region',
  name: 'person.name',
  company: 'person.company',
  phone: 'person.phone',
  email: 'person.email',
  notifyBy: 'person.notify_by',
  language: 'person.language',
  person: 'officer.name',
  as: 'complaint.kind',
  item: 'step_field.item',
  amount: 'step_field.amount',
  consent: 'step_field.consent',
  until: 'step_field.until',
  ground: 'step_field.ground',
  reasons: 'step_field.reasons',
  remedies: 'step_field.remedies',
  asked: 'answer_part.asked',
  result: 'answer_part.result',
  decided: 'answer_part.decided',
  why: 'answer_part.why',
  outcome: 'step_field.outcome',
  promise: 'step_field.promise',
  reviewOn: 'step_field.review_on',
  kept: 'step_field.kept',
  complaints: 'joining.numbers',
  representatives: 'joining.representatives',
  people: 'joining.people',
  earlier: 'joining.earlier',
};

/** For a view: the fields that something is wrong with, in the order of the form, each with the text that names it. */
export const listMarked = (fields: Record<string, FieldProblem | null> | undefined) =>
  Object.entries(fields ?? {}).flatMap(([field, problem]) =>
    problem === null ? [] : [{ field, problem, label: labels[field] }],
  );
