import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Static, TSchema } from 'typebox';
import { toCanonicalInstant } from './instant.ts';

/** What is wrong with one place of a document. */
export interface Problem {
  /** JSON pointer (RFC 6901) to the place; empty for the whole document. */
  pointer: string;
  /** What is wrong and what would be accepted. */
  message: string;
}

export type Checked<T> = { ok: true; value: T } | { ok: false; problems: Problem[] };

const ajv = new Ajv2020({
  ...{ allErrors: true, strict: true, allowUnionTypes: true, useDefaults: false },
  // Tidying the code that it writes takes more memory than anything else that an agent does, and V8 tidies it anyway.
  code: { optimize: false },
});
formats.default(ajv);
// That of ajv-formats lets offsets through that no xs:dateTime has.
ajv.addFormat('date-time', (text) => toCanonicalInstant(text) !== undefined);

function toProblem(error: ErrorObject): Problem {
  const { keyword, params, instancePath } = error;
  switch (keyword) {
    case 'additionalProperties':
      return { pointer: `${instancePath}/${params.additionalProperty}`, message: 'is not a known field' };
    case 'required':
      return { pointer: `${instancePath}/${params.missingProperty}`, message: 'is required' };
    case 'enum':
      return { pointer: instancePath, message: `must be one of ${params.allowedValues.join(', ')}` };
    case 'format':
      return {
        pointer: instancePath,
        message: formatMessages[params.format] ?? `must be a ${params.format}`,
      };
    default:
      return { pointer: instancePath, message: error.message ?? keyword };
  }
}

const formatMessages: Record<string, string> = {
  'date-time':
    'must be a date and time with offset, for example 2026-11-20T09:30:00+09:00 (RFC 3339): a day that there is, of the years 1900 to 9999, and an offset of at most 14:00',
  email: 'must be an e-mail address, for example hong@example.kr',
  uri: 'must be an absolute URI',
  uuid: 'must be a UUID',
};

/**
 * Compile a schema, once and when it is first needed, into a check that reports all problems together.
 * Works on every JSON Schema 2020-12; the type follows from the schema. What passed has its instants in the one form of
 * {@link toCanonicalInstant}; the value that was given stays as it is.
 */
export function compile<S extends TSchema>(schema: S): (value: unknown) => Checked<Static<S>> {
  // Compiled schemas are large: those of adapters that a process does not use would be half of an agent's memory.
  let validate: ValidateFunction | undefined;
  let rewrite: Rewrite | undefined;
  return (value) => {
    if (!validate) {
      validate = ajv.compile(schema);
      rewrite = toRewrite(schema);
    }
    return validate(value)
      ? { ok: true, value: (rewrite ? rewrite(value) : value) as Static<S> }
      : { ok: false, problems: (validate.errors ?? []).map(toProblem) };
  };
}

type Rewrite = (value: unknown) => unknown;

/** Writes the instants of a value anew where its schema names them; undefined: it names none. */
function toRewrite(schema: TSchema): Rewrite | undefined {
  const { format, items, properties } = schema as {
    format?: string;
    items?: TSchema;
    properties?: Record<string, TSchema>;
  };
  if (format === 'date-time')
    return (text) => (typeof text === 'string' ? (toCanonicalInstant(text) ?? text) : text);
  const ofItem = items && toRewrite(items);
  if (ofItem)
    return (list) => {
      if (!Array.isArray(list)) return list;
      const written = list.map(ofItem);
      return written.some((item, index) => item !== list[index]) ? written : list;
    };
  const ofFields = Object.entries(properties ?? {}).flatMap(([name, field]): [string, Rewrite][] => {
    const ofField = toRewrite(field);
    return ofField ? [[name, ofField]] : [];
  });
  if (ofFields.length === 0) return undefined;
  return (value) => {
    if (typeof value !== 'object' || value === null) return value;
    const fields = value as Record<string, unknown>;
    const written = ofFields.flatMap(([name, ofField]) => {
      const field = Object.hasOwn(fields, name) ? ofField(fields[name]) : undefined;
      return field === undefined || field === fields[name] ? [] : [[name, field] as const];
    });
    return written.length === 0 ? value : { ...fields, ...Object.fromEntries(written) };
  };
}
