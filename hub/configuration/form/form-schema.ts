import { findAt, toSegments } from '../../../schemas/json-pointer.ts';
import { compile } from '../../../schemas/validate.ts';

/** What a form reads of a JSON Schema (2020-12). */
export interface Schema {
  type?: string | string[];
  title?: string;
  description?: string;
  default?: unknown;
  const?: unknown;
  enum?: unknown[];
  properties?: Record<string, Schema>;
  patternProperties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  required?: string[];
  items?: Schema | boolean;
  prefixItems?: Schema[];
  uniqueItems?: boolean;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  if?: Schema;
  then?: Schema;
  else?: Schema;
  $ref?: string;
  pattern?: string;
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
}

/** References may lead to references; a circle of them leads nowhere. */
const mostReferences = 20;

/**
 * The schema that holds for this value: with what its references, `allOf` and the branch of `if` add. Pure.
 * `root`: where references begin.
 */
export function resolveSchema(given: Schema | boolean | undefined, root: Schema, value: unknown): Schema {
  let schema: Schema = typeof given === 'object' ? given : {};
  for (let n = 0; schema.$ref !== undefined && n < mostReferences; n += 1) {
    const { $ref, ...beside } = schema;
    schema = { ...find(root, $ref), ...beside };
  }
  const { allOf = [], if: condition, then, else: otherwise, $ref: _open, ...own } = schema;
  const branch = condition && (fits(condition, value) ? then : otherwise);
  return [...allOf, ...(branch ? [branch] : [])].reduce<Schema>(
    (sum, part) => merge(sum, resolveSchema(part, root, value)),
    own,
  );
}

function find(root: Schema, reference: string): Schema {
  if (!reference.startsWith('#')) return {};
  const found = findAt(root, toSegments(decodeURIComponent(reference.slice(1))));
  return typeof found === 'object' && found !== null ? (found as Schema) : {};
}

function merge(one: Schema, other: Schema): Schema {
  const merged: Schema = { ...one, ...other };
  if (one.properties || other.properties) {
    const properties = { ...one.properties };
    for (const [name, schema] of Object.entries(other.properties ?? {}))
      properties[name] = { ...properties[name], ...schema };
    merged.properties = properties;
  }
  const required = [...new Set([...(one.required ?? []), ...(other.required ?? [])])];
  return required.length > 0 ? { ...merged, required } : merged;
}

type Check = (value: unknown) => boolean;
const known = new WeakMap<Schema, Check>();

/** Whether the value passes. A schema that cannot stand alone passes nothing. */
export function fits(schema: Schema, value: unknown): boolean {
  const check = known.get(schema) ?? toCheck(schema);
  known.set(schema, check);
  return check(value);
}

function toCheck(schema: Schema): Check {
  const checked = compile(schema as never);
  return (value) => {
    try {
      return checked(value).ok;
    } catch {
      return false;
    }
  };
}

/** The type of a schema's values; a list of types counts as its first that is no null. */
export function typeOf({
  type,
  properties,
  items,
  enum: words,
  const: constant,
}: Schema): string | undefined {
  if (type !== undefined) return [type].flat().find((one) => one !== 'null');
  if (properties) return 'object';
  if (items) return 'array';
  const example = constant ?? words?.[0];
  return example === undefined ? undefined : typeof example;
}
