import { fits, resolveSchema, type Schema, typeOf } from './form-schema.ts';

/** The forms of which a value takes one. */
export interface Variants {
  schemas: Schema[];
  /** How each is called: its title, the word that tells it from the others, or its type. */
  names: string[];
  /** The one that the value has. */
  chosen: number;
  /** The property whose value tells them apart. */
  by?: string;
}

/** Undefined: the schema offers no choice. */
export function findVariants(schema: Schema, root: Schema, value: unknown): Variants | undefined {
  const given = schema.oneOf ?? schema.anyOf;
  if (!given) return undefined;
  const schemas = given.map((one) => resolveSchema(one, root, value));
  const by = findDiscriminator(schemas);
  const chosen = by === undefined ? choose(schemas, given, value) : chooseBy(schemas, by, value);
  return { schemas, names: schemas.map((one, n) => nameOf(one, by, n)), chosen, ...(by && { by }) };
}

/** A property that every variant has, with another constant in each. */
function findDiscriminator(schemas: Schema[]): string | undefined {
  const [first] = schemas;
  return Object.keys(first?.properties ?? {}).find((name) => {
    const words = schemas.map(({ properties }) => properties?.[name]?.const);
    return words.every((word) => word !== undefined) && new Set(words).size === words.length;
  });
}

function chooseBy(schemas: Schema[], by: string, value: unknown): number {
  const word = isObject(value) ? value[by] : undefined;
  const found = schemas.findIndex(({ properties }) => properties?.[by]?.const === word);
  return Math.max(found, 0);
}

/** The only one of the value's type, or that knows its names; among several, the first that it passes (`given`). */
function choose(schemas: Schema[], given: Schema[], value: unknown): number {
  const scores = schemas.map((schema) => likeness(schema, value));
  const best = Math.max(...scores);
  const likely = scores.filter((score) => score === best).length;
  if (likely === 1 && best >= 0) return scores.indexOf(best);
  const found = given.findIndex((schema, n) => (scores[n] ?? -1) >= 0 && fits(schema, value));
  return Math.max(found >= 0 ? found : scores.indexOf(best), 0);
}

/** How much a value looks like one of a schema, by its type and names. Below zero: its type is another. */
function likeness(schema: Schema, value: unknown): number {
  const type = typeOf(schema);
  const own = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
  if (type !== own && !(type === 'integer' && own === 'number')) return -1;
  if (!isObject(value)) return 0;
  const names = Object.keys(value);
  const shared = names.filter((name) => schema.properties?.[name]).length;
  const needed = (schema.required ?? []).filter((name) => names.includes(name)).length;
  const missing = (schema.required ?? []).length - needed;
  return Math.max(50 + shared + 2 * needed - 2 * missing - (names.length - shared), 0);
}

function nameOf(schema: Schema, by: string | undefined, index: number): string {
  const word = by === undefined ? schema.const : schema.properties?.[by]?.const;
  if (word !== undefined) return String(word);
  const [needed] = schema.required ?? [];
  return schema.title ?? needed ?? typeOf(schema) ?? String(index + 1);
}

/** A first value of a schema, for a person to fill in: what is fixed is there, and nothing else. */
export function toBlank(given: Schema, root: Schema, carried?: unknown): unknown {
  const schema = resolveSchema(given, root, carried);
  if (schema.const !== undefined) return schema.const;
  const [first] = schema.oneOf ?? schema.anyOf ?? [];
  if (first) return toBlank(first, root, carried);
  switch (typeOf(schema)) {
    case 'object':
      return toBlankObject(schema, root, carried);
    case 'array':
      return [];
    case 'boolean':
      return false;
    default:
      return '';
  }
}

/** What is fixed first, then what the former value has and this schema knows too. */
function toBlankObject(schema: Schema, root: Schema, carried: unknown): Record<string, unknown> {
  const properties = Object.entries(schema.properties ?? {});
  const fixed = properties.flatMap(([name, one]) => {
    const { const: word } = resolveSchema(one, root, undefined);
    return word !== undefined && schema.required?.includes(name) ? [[name, word] as const] : [];
  });
  const kept = properties.filter(([name]) => isObject(carried) && Object.hasOwn(carried, name));
  return {
    ...Object.fromEntries(kept.map(([name]) => [name, (carried as Record<string, unknown>)[name]])),
    ...Object.fromEntries(fixed),
  };
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
