import type { Problem } from '../../schemas/index.ts';
import { toPlainProblem } from '../../schemas/reason.ts';
import type { Typed } from './forms.ts';

/** What is wrong with a form: the key of a text for each field, and words for problems of no field. */
export interface FormProblems {
  fields: Record<string, string>;
  others: string[];
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
  const found: FormProblems = { fields: {}, others: [] };
  const pointers = Object.keys(places).sort((a, b) => b.length - a.length);
  for (const { pointer, message } of problems.map(toPlainProblem)) {
    const field = places[pointers.find((known) => pointer.startsWith(known)) ?? ''];
    if (field) found.fields[field] = typed[field] ? `problem.${field}` : 'problem.required';
    else found.others.push(`${pointer} ${message}`.trim());
  }
  return found;
}

/** For a view, in which every field needs an entry. Null: nothing is wrong with the field. */
export const toShown = (fields: string[], problems: FormProblems) => ({
  others: problems.others,
  fields: toShownFields(fields, problems.fields),
});

/** The same for the fields alone. */
export const toShownFields = (fields: string[], problems: Record<string, string>) => ({
  ...Object.fromEntries(fields.map((field) => [field, null])),
  ...problems,
});
