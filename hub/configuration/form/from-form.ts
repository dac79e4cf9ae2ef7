import { parse, parseDocument } from 'yaml';
import { findAt, type Path, toPath } from '../../../schemas/json-pointer.ts';
import { type Edit, editYaml } from '../yaml/edit-yaml.ts';
import { type FormField, listFields } from './form-field.ts';
import { resolveSchema, type Schema } from './form-schema.ts';
import { entrySchema, toForm } from './to-form.ts';
import { findVariants, isObject, toBlank } from './variants.ts';

/** What a form says: the texts of each input by its name. */
export type TypedFields = ReadonlyMap<string, readonly string[]>;

/**
 * What a button asks for: `add <pointer>`, `remove <pointer>`, `up <pointer>`, `down <pointer>`. Empty: nothing but
 * what was typed.
 */
export type Request = string;

/** Names of inputs beside those of the fields, before the pointer they concern. */
const inputNames = { variant: '~', newKey: '+', newValue: '=' } as const;

/**
 * Writes what a form says into the YAML text of which it was made. Only what differs from that text is written, so all
 * else stays as it is, byte for byte. A field that is empty is taken out. What does not fit its type stays as it was
 * typed, so that the check can say so. Throws RangeError if the text cannot be read.
 */
export function fromForm(schema: Schema, text: string, typed: TypedFields, request: Request = ''): string {
  const value = toValueOf(text);
  const form = toForm(schema, value);
  const written = editYaml(text, [
    ...listChanges(form, typed, value),
    ...listNewEntries(schema, value, form, typed),
  ]);
  const other = chooseVariant(schema, written, typed);
  const [action = '', pointer = ''] = request.split(/ (.*)/s);
  return act(schema, other, action, pointer);
}

function toValueOf(text: string): unknown {
  const document = parseDocument(text);
  if (document.errors.length > 0) throw new RangeError('the text is no YAML', { cause: document.errors[0] });
  return document.toJS() ?? {};
}

/** The inputs of a form that a person has changed since it was made of this text. */
export function listTouched(schema: Schema, text: string, typed: TypedFields): TypedFields {
  const fields = new Map(listFields(toForm(schema, toValueOf(text))).map((field) => [field.pointer, field]));
  return new Map(
    [...typed].filter(([name, given]) => {
      if (name.startsWith(inputNames.variant))
        return String(fields.get(name.slice(1))?.variants?.chosen) !== given.at(-1);
      const field = fields.get(name);
      return field === undefined || listChangesOf(field, [], given).length > 0;
    }),
  );
}

/** The changes of plain fields. A simple object whose fields are all empty now goes as a whole. */
function listChanges(field: FormField, typed: TypedFields, value: unknown): Edit[] {
  if (field.fields.length > 0) {
    const changes = field.fields.flatMap((one) => listChanges(one, typed, value));
    const isGone = field.kind === 'group' && !field.required && !field.removable && field.present;
    if (isGone && changes.length > 0 && field.fields.every((one) => isEmptied(one, typed)))
      return [{ op: 'remove', path: toPath(field.pointer, value) }];
    return changes;
  }
  const given = typed.get(field.pointer);
  return given === undefined ? [] : listChangesOf(field, toPath(field.pointer, value), given);
}

function isEmptied(field: FormField, typed: TypedFields): boolean {
  if (field.fields.length > 0 || field.kind === 'constant') return false;
  const given = typed.get(field.pointer);
  return given === undefined ? !field.present : given.every((text) => text.trim() === '');
}

function listChangesOf(field: FormField, path: Path, given: readonly string[]): Edit[] {
  if (field.kind === 'constant') return [];
  if (field.kind === 'set') return listChangesOfList(path, field, field.values, given.filter(Boolean));
  const text = toLines(given.at(-1) ?? '');
  if (isSame(text, field.text)) return [];
  if (field.kind === 'rows') return listChangesOfList(path, field, toRows(field.text), toRows(text));
  if (text.trim() === '' && !keepsEmpty(field)) return field.present ? [{ op: 'remove', path }] : [];
  return [{ op: 'set', path, value: toValue(field, text) }];
}

/** An entry of a map, or an item, is taken out by its button: empty, it is an empty text. */
const keepsEmpty = (field: FormField): boolean => field.removable && field.types.includes('string');

/** Browsers send CRLF, and no person sees blanks at the end. */
const toLines = (text: string): string => text.replaceAll('\r\n', '\n');
const isSame = (one: string, other: string): boolean => one.trim() === toLines(other).trim();
const toRows = (text: string): string[] =>
  text
    .split('\n')
    .map((row) => row.trim())
    .filter(Boolean);

/** Items are changed where the two lists differ, so that comments beside the others stay. */
function listChangesOfList(path: Path, field: FormField, before: string[], after: string[]): Edit[] {
  const wanted = field.kind === 'set' ? inOrderOf(before, after) : after;
  if (before.length === wanted.length && before.every((one, n) => one === wanted[n])) return [];
  if (wanted.length === 0) return field.present ? [{ op: 'remove', path }] : [];
  const values = wanted.map((text) => toValue(field, text));
  if (before.length === 0) return [{ op: 'set', path, value: values }];
  const head = countSame(before, wanted);
  const tail = countSame(before.slice(head).reverse(), wanted.slice(head).reverse());
  const gone = before.length - head - tail;
  const come = values.slice(head, values.length - tail);
  if (come.length > gone && tail > 0) return [{ op: 'set', path, value: values }];
  return [
    ...come.map((value, n): Edit => ({ op: 'set', path: [...path, head + n], value })),
    ...Array.from(
      { length: Math.max(gone - come.length, 0) },
      (): Edit => ({
        op: 'remove',
        path: [...path, head + come.length],
      }),
    ),
  ];
}

const inOrderOf = (before: string[], after: string[]): string[] => [
  ...before.filter((one) => after.includes(one)),
  ...after.filter((one) => !before.includes(one)),
];

function countSame(one: string[], other: string[]): number {
  const found = one.findIndex((item, n) => item !== other[n]);
  return found < 0 ? Math.min(one.length, other.length) : found;
}

const numeric = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** What was typed, with the type that its field takes. */
function toValue({ kind, types, text: before }: FormField, typed: string): unknown {
  if (kind === 'raw') return toRaw(typed);
  if (kind === 'lines') return before.endsWith('\n') || typed.includes('\n') ? `${typed.trimEnd()}\n` : typed;
  const text = kind === 'text' ? typed : typed.trim();
  const plain = text.trim();
  if (types.includes('boolean') && ['true', 'false'].includes(plain)) return plain === 'true';
  const wasText = types.includes('string') && before !== '' && !numeric.test(before);
  return types.includes('number') && numeric.test(plain) && !wasText ? Number(plain) : text;
}

function toRaw(typed: string): unknown {
  try {
    return parse(typed);
  } catch {
    return typed;
  }
}

/** Entries whose key was typed into the empty row of a map. */
function listNewEntries(schema: Schema, value: unknown, form: FormField, typed: TypedFields): Edit[] {
  return listFields(form).flatMap((field): Edit[] => {
    const key =
      typed
        .get(inputNames.newKey + field.pointer)
        ?.at(-1)
        ?.trim() ?? '';
    if (field.kind !== 'map' || key === '' || field.fields.some(({ name }) => name === key)) return [];
    const path = toPath(field.pointer, value);
    const own = schemaAt(schema, value, path);
    const text = typed.get(inputNames.newValue + field.pointer)?.at(-1) ?? '';
    const blank = toBlank(entrySchema(own, key) ?? {}, schema);
    return [{ op: 'set', path: [...path, key], value: typeof blank === 'string' ? text : blank }];
  });
}

/** Gives a value the form that was chosen for it. One at a time: the next is chosen in the form that follows. */
function chooseVariant(schema: Schema, text: string, typed: TypedFields): string {
  const value = toValueOf(text);
  for (const field of listFields(toForm(schema, value))) {
    const index = Number(typed.get(inputNames.variant + field.pointer)?.at(-1) ?? Number.NaN);
    if (!field.variants || Number.isNaN(index) || index === field.variants.chosen) continue;
    const path = toPath(field.pointer, value);
    const own = schemaAt(schema, value, path, true);
    const chosen = findVariants(own, schema, findAt(value, path))?.schemas[index];
    if (chosen)
      return editYaml(text, [{ op: 'set', path, value: toBlank(chosen, schema, findAt(value, path)) }]);
  }
  return text;
}

function act(schema: Schema, text: string, action: string, pointer: string): string {
  if (action === '') return text;
  const value = toValueOf(text);
  const path = toPath(pointer, value);
  const last = path.at(-1);
  const holder = findAt(value, path.slice(0, -1));
  const isThere = isObject(holder) || Array.isArray(holder) ? Object.hasOwn(holder, last ?? '') : false;
  const list = Array.isArray(holder) ? holder : [];
  switch (action) {
    case 'add':
      return editYaml(text, [toAddition(schema, value, path)]);
    case 'remove':
      return isThere ? editYaml(text, [{ op: 'remove', path }]) : text;
    case 'down':
      return Number(last) < list.length - 1 ? editYaml(text, [{ op: 'swap', path }]) : text;
    case 'up': {
      const before = [...path.slice(0, -1), Number(last) - 1];
      return isThere && Number(last) > 0 ? editYaml(text, [{ op: 'swap', path: before }]) : text;
    }
    default:
      return text;
  }
}

/** An item at the end of a list that is there; otherwise the object or list itself, with a first item. */
function toAddition(schema: Schema, value: unknown, path: Path): Edit {
  const own = schemaAt(schema, value, path);
  const present = findAt(value, path);
  const item = own.items && resolveSchema(own.items, schema, undefined);
  if (!item) return { op: 'set', path, value: present ?? toBlank(own, schema) };
  const blank = toBlank(item, schema);
  return Array.isArray(present) && present.length > 0
    ? { op: 'set', path: [...path, present.length], value: blank }
    : { op: 'set', path, value: [blank] };
}

/** The schema of a place, with the variants chosen on the way to it; at the place itself only if not `open`. */
function schemaAt(root: Schema, value: unknown, path: Path, open = false): Schema {
  let schema = resolveSchema(root, root, value);
  let here = value;
  for (const [n, step] of [...path, undefined].entries()) {
    const variants = open && n === path.length ? undefined : findVariants(schema, root, here);
    const chosen = variants?.schemas[variants.chosen] ?? schema;
    if (step === undefined) return chosen;
    const name = String(step);
    const next = Object.hasOwn(chosen.properties ?? {}, name)
      ? chosen.properties?.[name]
      : entrySchema(chosen, name);
    here = findAt(here, [step]);
    schema = resolveSchema(next ?? chosen.items, root, here);
  }
  return schema;
}
