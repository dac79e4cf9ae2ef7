import { secretPattern } from '../../../schemas/secret-references.ts';

/** One setting of a kind of board, out of its JSON Schema. */
export interface Setting {
  /** `auth.password`; `codes.*` for any name, `pull.detail[]` for each of a list. */
  path: string;
  /** The types of JSON, or the words that are taken. */
  type: string;
  isRequired: boolean;
  isSecret: boolean;
  default?: string;
  description?: string;
  /** The choice that this belongs to, where settings can be given in several ways: `kind: basic`. */
  only?: string;
}

type Schema = Record<string, unknown>;

/** More are not listed: a page must stay readable, and a schema may hold itself. */
const mostSettings = 400;
const deepest = 8;

/** The settings of a JSON Schema, one after the other as they stand in it. */
export function listSettings(schema: object): Setting[] {
  return listFields(schema as Schema, '', 0).slice(0, mostSettings);
}

function listFields(schema: Schema, at: string, depth: number, only?: string): Setting[] {
  if (depth > deepest) return [];
  const required = Array.isArray(schema.required) ? schema.required : [];
  const named = Object.entries(toSchema(schema.properties)).flatMap(([name, field]) =>
    listField(toSchema(field), at ? `${at}.${name}` : name, required.includes(name), depth, only),
  );
  const anyName = [schema.additionalProperties, ...Object.values(toSchema(schema.patternProperties))]
    .filter(isSchema)
    .flatMap((field) => listField(field, at ? `${at}.*` : '*', false, depth, only));
  return [
    ...named,
    ...anyName,
    ...toChoices(schema).flatMap((choice) => listChoice(choice, at, depth, only)),
  ];
}

function listField(
  field: Schema,
  path: string,
  isRequired: boolean,
  depth: number,
  only?: string,
): Setting[] {
  const own: Setting = {
    path,
    type: toType(field),
    isRequired,
    isSecret: isSecret(field),
    ...(field.default !== undefined && { default: JSON.stringify(field.default) }),
    ...(typeof field.description === 'string' && { description: field.description }),
    ...(only !== undefined && { only }),
  };
  const inner = isSchema(field.items) ? listFields(field.items, `${path}[]`, depth + 1, only) : [];
  return [own, ...listFields(field, path, depth + 1, only), ...inner];
}

/** A choice with a word of its own (`kind: basic`) is told by it. */
function listChoice(choice: Schema, at: string, depth: number, only?: string): Setting[] {
  const mark = Object.entries(toSchema(choice.properties)).find(
    ([, field]) => toSchema(field).const !== undefined,
  );
  const name = mark && `${mark[0]}: ${String(toSchema(mark[1]).const)}`;
  const fields = listFields(choice, at, depth + 1, name ?? only);
  return mark ? fields.filter(({ path }) => path !== (at ? `${at}.${mark[0]}` : mark[0])) : fields;
}

const toChoices = ({ anyOf, oneOf, allOf }: Schema): Schema[] =>
  [anyOf, oneOf, allOf].flatMap((list) => (Array.isArray(list) ? list.filter(isSchema) : []));

function toType(field: Schema): string {
  if (field.const !== undefined) return JSON.stringify(field.const);
  if (Array.isArray(field.enum)) return field.enum.map((word) => JSON.stringify(word)).join(' | ');
  if (isSchema(field.items)) return `${toType(field.items)}[]`;
  if (field.type !== undefined) return [field.type].flat().join(' | ');
  const choices = toChoices(field).map(toType);
  return choices.length > 0 ? [...new Set(choices)].join(' | ') : 'any';
}

const isSecret = (field: Schema): boolean =>
  String(field.pattern ?? '').includes(secretPattern) || toChoices(field).some(isSecret);

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const toSchema = (value: unknown): Schema => (isSchema(value) ? value : {});
