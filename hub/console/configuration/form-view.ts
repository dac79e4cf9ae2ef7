import {
  channels,
  complaintKinds,
  eventTypes,
  languages,
  type Reason,
  statuses,
} from '../../../schemas/index.ts';
import type { FormField } from '../../configuration/form/form-field.ts';
import type { SecretState } from '../../exchange/draft-trials.ts';
import { findFieldText } from './field-texts.ts';

/** A field as the page shows it: every part is there, since a view may name nothing that is not. */
export interface FieldView {
  id: string;
  pointer: string;
  name: string;
  kind: string;
  /** Key of a text; null: `title`, or the name alone. */
  label: string | null;
  title: string | null;
  description: string | null;
  /** Of an item: which one. */
  index: number | null;
  required: boolean;
  present: boolean;
  unknown: boolean;
  fallback: string | null;
  text: string;
  rows: number;
  options: { value: string; chosen: boolean }[];
  /** The vocabulary of which the options are words. */
  words: string;
  problems: Reason[];
  shown: FieldView[];
  /** What is optional and not there. */
  folded: FieldView[];
  variants: { index: number; name: string; chosen: boolean }[];
  removable: boolean;
  up: boolean;
  down: boolean;
  plainEntries: boolean;
  /** A group that is shown closed: it is far down, large, and nothing in it wants to be looked at. */
  closed: boolean;
  /** `secret`: whether it is there, where it will be read. Null: nobody asked. */
  secret: SecretState | null;
}

export interface PlacedProblem {
  pointer: string;
  reason: Reason;
}

const vocabularies: Record<string, readonly string[]> = {
  status: statuses,
  event: eventTypes,
  channel: channels,
  kind: complaintKinds,
  language: languages,
  day: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
  per: ['second', 'minute'],
};
const holders = ['group', 'list', 'map', 'absent', 'raw'];

/** A form for a page, each problem beside the field that it concerns or the nearest that holds it. Pure. */
export function toFormView(
  form: FormField,
  problems: readonly PlacedProblem[],
  secrets: readonly SecretState[] = [],
): FieldView {
  const pointers = new Set<string>();
  const note = (field: FormField): void => {
    pointers.add(field.pointer);
    field.fields.forEach(note);
  };
  note(form);
  const byField = new Map<string, Reason[]>();
  for (const { pointer, reason } of problems) {
    let at = pointer;
    while (at !== '' && !pointers.has(at)) at = at.slice(0, at.lastIndexOf('/'));
    byField.set(at, [...(byField.get(at) ?? []), reason]);
  }
  return toView(form, { problems: byField, secrets }, undefined);
}

interface Beside {
  problems: Map<string, Reason[]>;
  secrets: readonly SecretState[];
}

function toView(field: FormField, beside: Beside, holder: FormField | undefined): FieldView {
  const { pointer, name, kind, place, title = null, description = null, fallback = null } = field;
  const fields = field.fields.map((one) => toView(one, beside, field));
  const isItem = holder?.kind === 'list';
  const isFolded = (one: FieldView) => field.kind === 'group' && !isNeeded(one);
  return {
    id: toFieldId(pointer),
    pointer,
    name,
    kind,
    label: (isItem ? undefined : findFieldText(place)) ?? null,
    title,
    description,
    index: isItem ? Number(name) + 1 : null,
    required: field.required,
    present: field.present,
    unknown: field.unknown,
    fallback,
    text: field.text,
    rows: Math.min(Math.max(field.text.split('\n').length + 1, 3), 24),
    options: toOptions(field),
    words: findWords(field.options),
    problems: beside.problems.get(pointer) ?? [],
    shown: fields.filter((one) => !isFolded(one)),
    folded: fields.filter(isFolded),
    variants: (field.variants?.names ?? []).map((word, index) => ({
      index,
      name: word,
      chosen: index === field.variants?.chosen,
    })),
    removable:
      field.removable || (field.present && !field.required && pointer !== '' && holders.includes(kind)),
    up: isItem && Number(name) > 0,
    down: isItem && Number(name) < (holder?.fields.length ?? 0) - 1,
    plainEntries: field.plainEntries,
    closed: isClosed(field, fields),
    secret: beside.secrets.find(({ reference }) => kind === 'secret' && reference === field.text) ?? null,
  };
}

/** Levels whose groups stand open. */
const openLevels = 2;
/** A group with no more fields than this takes no room. */
const mostOpen = 3;

function isClosed({ pointer, kind, present }: FormField, fields: FieldView[]): boolean {
  const isLarge = fields.filter((one) => one.present).length > mostOpen || fields.some(isGroup);
  const isDeep = pointer.split('/').length - 1 > openLevels;
  return isDeep && isLarge && present && kind !== 'absent' && !fields.some(isWrong);
}

const isGroup = ({ kind, present }: FieldView): boolean => present && ['group', 'list', 'map'].includes(kind);

const isWrong = ({ problems, shown, folded }: FieldView): boolean =>
  problems.length > 0 || [...shown, ...folded].some(isWrong);

/** What must be there, is there, or is wrong, is shown at once. */
const isNeeded = ({ required, present, problems }: FieldView): boolean =>
  required || present || problems.length > 0;

function toOptions({ options, kind, text, values, present }: FormField): FieldView['options'] {
  const chosen = kind === 'set' ? values : [text];
  const others = kind === 'choice' && present && !options.includes(text) ? [text] : [];
  return [...options, ...others].map((value) => ({ value, chosen: present && chosen.includes(value) }));
}

function findWords(options: string[]): string {
  const found = Object.entries(vocabularies).find(
    ([, words]) => options.length > 0 && options.every((option) => words.includes(option)),
  );
  return found?.[0] ?? 'option';
}

/** An id without blanks and signs that an address would have to escape. */
const toFieldId = (pointer: string): string =>
  `f${pointer.replace(/[^\w/-]/g, (sign) => `_${sign.codePointAt(0)?.toString(16)}_`).replaceAll('/', '.')}`;

/** The sections of a page: what is simple, what is optional and simple, each larger part, and what may be added. */
export function toSections({ shown, folded }: FieldView) {
  const isSimple = ({ kind, shown: inner }: FieldView) =>
    !holders.includes(kind) ||
    (kind === 'group' && inner.every((one) => !holders.includes(one.kind)) && inner.length < mostOpen);
  return {
    simple: shown.filter(isSimple),
    optional: folded.filter(isSimple),
    sections: shown.filter((one) => !isSimple(one)),
    absent: folded.filter((one) => !isSimple(one)),
  };
}
