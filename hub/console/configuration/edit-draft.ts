import type { FastifyRequest } from 'fastify';
import { toAgencySchema } from '../../configuration/form/agency-schema.ts';
import type { FormField } from '../../configuration/form/form-field.ts';
import { fromForm, listTouched, type TypedFields } from '../../configuration/form/from-form.ts';
import { toForm } from '../../configuration/form/to-form.ts';
import { readYaml } from '../../configuration/yaml/yaml-source.ts';

/** What the page of a draft sends: the text, the fields, and the text of which the fields were made. */
export interface SentDraft {
  base: number;
  source: string;
  was: string;
  typed: TypedFields;
  /** The button: `save`, or what it does (form/from-form.ts). */
  request: string;
}

/** The draft that follows. */
export interface EditedDraft {
  source: string;
  /** The text of which the form is made; another one than `source` only while that cannot be read. */
  was: string;
  /** Undefined: no text can be read. */
  form: FormField | undefined;
  unreadable: boolean;
}

export function readSent(request: FastifyRequest): SentDraft {
  const all = request.typedAll();
  const one = (name: string) => all.get(name)?.at(-1) ?? '';
  const base = Number(one('base'));
  return {
    base: Number.isSafeInteger(base) && base > 0 ? base : 0,
    source: one('source'),
    was: one('was'),
    typed: new Map([...all].filter(([name]) => /^[~+=]?\//.test(name))),
    request: one('do'),
  };
}

/** Only these buttons change a draft; others do something with it. */
const edits = /^(?:add|remove|up|down) /;

/**
 * The draft after what was sent. Text and fields may both have changed: the text counts, and then the fields that
 * differ from what they showed. Pure.
 */
export function editDraft({ source, was, typed, request }: SentDraft): EditedDraft {
  const before = readYaml(was);
  const now = readYaml(source);
  const touched =
    before.errors.length === 0 ? listTouched(toAgencySchema(before.value), was, typed) : new Map();
  if (now.errors.length > 0) {
    const shown = before.errors.length === 0 && fromForm(toAgencySchema(before.value), was, touched);
    return { source, was, form: shown === false ? undefined : readForm(shown), unreadable: true };
  }
  const action = edits.test(request) ? request : '';
  const edited = fromForm(toAgencySchema(now.value), source, touched, action);
  return { source: edited, was: edited, form: readForm(edited), unreadable: false };
}

/** The form of a text. Undefined: it cannot be read. */
export function readForm(source: string): FormField | undefined {
  const { value, errors } = readYaml(source);
  return errors.length > 0 ? undefined : toForm(toAgencySchema(value), value ?? {});
}
