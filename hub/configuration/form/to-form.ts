import { stringify } from 'yaml';
import { toSegment } from '../../../schemas/json-pointer.ts';
import { secretPattern } from '../../../schemas/secret-references.ts';
import type { FieldKind, FormField } from './form-field.ts';
import { fits, resolveSchema, type Schema, typeOf } from './form-schema.ts';
import { findVariants, isObject } from './variants.ts';

const isSecret = ({ pattern, format }: Schema): boolean =>
  String(pattern ?? '').includes(secretPattern) || format === 'secret-reference';
/** A text that may be longer than this is edited as several lines. */
const longestLine = 2000;
/** A form goes no deeper; what is further down is edited as YAML. */
const mostLevels = 14;
/** An object that is not there shows its fields all the same, if they are few and simple. */
const mostOfSimple = 6;

interface Place {
  root: Schema;
  pointer: string;
  place: string;
  name: string;
  required: boolean;
  removable: boolean;
  level: number;
}

/** The form for a value of a JSON Schema. Pure. */
export function toForm(schema: Schema, value: unknown): FormField {
  const place = {
    root: schema,
    pointer: '',
    place: '',
    name: '',
    required: true,
    removable: false,
    level: 0,
  };
  return toField(schema, value, place);
}

function toField(given: Schema | boolean | undefined, value: unknown, at: Place): FormField {
  const schema = resolveSchema(given, at.root, value);
  const alternatives = (schema.oneOf ?? schema.anyOf)?.map((one) => resolveSchema(one, at.root, value));
  if (alternatives?.every(isScalar)) return toScalarOf(schema, alternatives, value, at);
  const variants = value === undefined ? undefined : findVariants(schema, at.root, value);
  const chosen = variants?.schemas[variants.chosen];
  const field = chosen ? toOne(chosen, value, at, variants.by) : toOne(schema, value, at);
  if (!variants) return field;
  return { ...field, ...wordsOf(schema), variants: { names: variants.names, chosen: variants.chosen } };
}

/** Of several types of plain values, any may be typed. */
function toScalarOf(schema: Schema, schemas: Schema[], value: unknown, at: Place): FormField {
  const { oneOf: _one, anyOf: _any, ...rest } = schema;
  const words = schemas.flatMap(({ enum: some, const: word }) => some ?? (word === undefined ? [] : [word]));
  const isClosed = schemas.every(({ enum: some, const: word }) => some !== undefined || word !== undefined);
  const one: Schema = { ...rest, type: 'string', ...(isClosed && { enum: words }) };
  return { ...toOne(one, value, at), types: typesOf(schemas) };
}

const typesOf = (schemas: Schema[]): string[] => [
  ...new Set(
    schemas.map((one) => typeOf(one) ?? 'string').map((type) => (type === 'integer' ? 'number' : type)),
  ),
];

const isScalar = (schema: Schema): boolean =>
  ['string', 'number', 'integer'].includes(typeOf(schema) ?? '') && (schema.maxLength ?? 0) <= longestLine;

function toOne(schema: Schema, value: unknown, at: Place, by?: string): FormField {
  const kind = kindOf(schema, value, at);
  const field: FormField = {
    pointer: at.pointer,
    place: at.place,
    name: at.name,
    kind,
    required: at.required,
    present: value !== undefined,
    unknown: false,
    text: '',
    values: [],
    options: (schema.enum ?? []).map(String),
    types: schema.enum ? [...new Set(schema.enum.map((word) => typeof word))] : typesOf([schema]),
    fields: [],
    plainEntries: false,
    removable: at.removable,
    ...wordsOf(schema),
  };
  switch (kind) {
    case 'group':
      return { ...field, fields: listProperties(schema, value, at, by) };
    case 'map':
      return { ...field, fields: listEntries(schema, value, at), plainEntries: hasPlainEntries(schema, at) };
    case 'list':
      return { ...field, fields: listItems(schema, value, at) };
    case 'set': {
      const { enum: options = [] } = resolveSchema(schema.items, at.root, undefined);
      const values = [value ?? []].flat().map(String);
      return { ...field, options: options.map(String), values, types: typesOf(itemsOf(schema, at)) };
    }
    case 'rows':
      return { ...field, text: toText(kind, value), types: typesOf(itemsOf(schema, at)) };
    case 'absent':
      return field;
    default:
      return { ...field, text: toText(kind, value) };
  }
}

const wordsOf = ({ title, description, default: fallback }: Schema) => ({
  ...(title !== undefined && { title }),
  ...(description !== undefined && { description }),
  ...(fallback !== undefined && {
    fallback: typeof fallback === 'object' ? JSON.stringify(fallback) : String(fallback),
  }),
});

function toText(kind: FieldKind, value: unknown): string {
  if (value === undefined) return '';
  if (kind === 'rows') return [value ?? []].flat().map(String).join('\n');
  if (kind === 'raw') return stringify(value, { lineWidth: 0 }).trimEnd();
  return value === null ? '' : String(value);
}

function kindOf(schema: Schema, value: unknown, at: Place): FieldKind {
  const type = typeOf(schema);
  if (at.level > mostLevels) return 'raw';
  switch (type) {
    case 'object':
      return kindOfObject(schema, value, at);
    case 'array':
      return kindOfList(schema, value, at);
    case 'string':
    case 'number':
    case 'integer':
    case 'boolean':
      return typeof value === 'object' && value !== null ? 'raw' : kindOfScalar(schema, type, value);
    default:
      return (schema.oneOf ?? schema.anyOf) && value === undefined ? 'absent' : 'raw';
  }
}

function kindOfScalar(schema: Schema, type: string, value: unknown): FieldKind {
  if (schema.const !== undefined && (value === undefined || value === schema.const)) return 'constant';
  if (type === 'boolean') return value === undefined || typeof value === 'boolean' ? 'truth' : 'text';
  if (schema.enum) return 'choice';
  if (type !== 'string') return 'number';
  if (isSecret(schema)) return 'secret';
  const isLong = (schema.maxLength ?? 0) > longestLine || String(value ?? '').includes('\n');
  return isLong ? 'lines' : 'text';
}

function kindOfObject(schema: Schema, value: unknown, at: Place): FieldKind {
  const isMap =
    !schema.properties && (schema.patternProperties || typeof schema.additionalProperties === 'object');
  if (value === undefined) return isMap || !isSimple(schema, at) ? 'absent' : 'group';
  if (value !== null && !isObject(value)) return 'raw';
  if (schema.properties) return 'group';
  return isMap ? 'map' : 'raw';
}

/** Whether its fields are few, and none has further ones. */
function isSimple(schema: Schema, at: Place): boolean {
  if (at.removable) return false;
  const fields = Object.values(schema.properties ?? {}).map((one) => resolveSchema(one, at.root, undefined));
  return fields.length <= mostOfSimple && fields.every((one) => isScalar(one) || typeOf(one) === 'boolean');
}

function kindOfList(schema: Schema, value: unknown, at: Place): FieldKind {
  if (value !== undefined && value !== null && !Array.isArray(value)) return 'raw';
  if (schema.prefixItems) return value === undefined ? 'absent' : 'raw';
  const item = resolveSchema(schema.items, at.root, undefined);
  const given: unknown[] = value ?? [];
  const isPlain = given.every((one) => ['string', 'number'].includes(typeof one));
  if (item.enum && isPlain) return given.every((one) => item.enum?.includes(one)) ? 'set' : 'rows';
  const isRows = itemsOf(schema, at).every((one) => isScalar(one) && !isSecret(one));
  if (isRows && isPlain && !given.some((one) => /\n|^\s*$/.test(String(one)))) return 'rows';
  return value === undefined || value === null ? 'absent' : 'list';
}

/** What an item of a list may be. */
function itemsOf({ items }: Schema, at: Place): Schema[] {
  const item = resolveSchema(items, at.root, undefined);
  return (item.anyOf ?? item.oneOf ?? [item]).map((one) => resolveSchema(one, at.root, undefined));
}

function listProperties(schema: Schema, value: unknown, at: Place, by: string | undefined): FormField[] {
  const given = isObject(value) ? value : {};
  const properties = Object.entries(schema.properties ?? {}).filter(([name]) => name !== by);
  const known = properties.map(([name, one]) =>
    toField(one, given[name], { ...below(at, name), required: schema.required?.includes(name) ?? false }),
  );
  const others = Object.keys(given).filter((name) => !Object.hasOwn(schema.properties ?? {}, name));
  return [
    ...known,
    ...others.map((name) => {
      const entry = entrySchema(schema, name);
      const place = { ...below(at, name), place: `${at.place}/*`, removable: true };
      return { ...toField(entry, given[name], place), unknown: entry === undefined };
    }),
  ];
}

function listEntries(schema: Schema, value: unknown, at: Place): FormField[] {
  return Object.entries(isObject(value) ? value : {}).map(([name, one]) =>
    toField(entrySchema(schema, name), one, { ...below(at, name), place: `${at.place}/*`, removable: true }),
  );
}

function hasPlainEntries({ patternProperties = {}, additionalProperties }: Schema, at: Place): boolean {
  const [entry = additionalProperties] = Object.values(patternProperties);
  const schema = resolveSchema(entry, at.root, undefined);
  return (schema.anyOf ?? schema.oneOf ?? [schema]).some((one) => typeOf(one) === 'string');
}

function listItems(schema: Schema, value: unknown, at: Place): FormField[] {
  return (Array.isArray(value) ? value : []).map((one: unknown, index) =>
    toField(schema.items, one, {
      ...below(at, index),
      place: `${at.place}/*`,
      required: true,
      removable: true,
    }),
  );
}

const below = (at: Place, step: string | number): Place => ({
  root: at.root,
  pointer: `${at.pointer}/${toSegment(step)}`,
  place: `${at.place}/${toSegment(step)}`,
  name: String(step),
  required: false,
  removable: false,
  level: at.level + 1,
});

/** The schema of an entry that has no property of its own. Undefined: such a name is not known. */
export function entrySchema(
  { patternProperties = {}, additionalProperties }: Schema,
  name: string,
): Schema | undefined {
  const found = Object.entries(patternProperties).find(([pattern]) => matches(pattern, name));
  if (found) return found[1];
  return typeof additionalProperties === 'object' ? additionalProperties : undefined;
}

const ofPatterns = new Map<string, Schema>();

function matches(pattern: string, name: string): boolean {
  const schema = ofPatterns.get(pattern) ?? { type: 'string', pattern };
  ofPatterns.set(pattern, schema);
  return fits(schema, name);
}
