import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Static, TSchema } from 'typebox';

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
  'date-time': 'must be a date and time with offset, for example 2026-11-20T09:30:00+09:00 (RFC 3339)',
  email: 'must be an e-mail address, for example hong@example.kr',
  uri: 'must be an absolute URI',
  uuid: 'must be a UUID',
};

/**
 * Compile a schema, once and when it is first needed, into a check that reports all problems together.
 * Works on every JSON Schema 2020-12; the type follows from the schema.
 */
export function compile<S extends TSchema>(schema: S): (value: unknown) => Checked<Static<S>> {
  // Compiled schemas are large: those of adapters that a process does not use would be half of an agent's memory.
  let validate: ValidateFunction | undefined;
  return (value) => {
    validate ??= ajv.compile(schema);
    return validate(value)
      ? { ok: true, value: value as Static<S> }
      : { ok: false, problems: (validate.errors ?? []).map(toProblem) };
  };
}
