import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Static, TSchema } from 'typebox';
import { fitsOnWire, wireLimits } from './calls/reason-on-wire.ts';
import { toCanonicalInstant } from './instant.ts';
import { toSegments } from './json-pointer.ts';
import { type Problem, type Reason, said, toReason } from './reason.ts';
import { keepMeantBranches } from './union-errors.ts';

export type Checked<T> = { ok: true; value: T } | { ok: false; problems: Problem[] };

const ajv = new Ajv2020({
  allErrors: true,
  strict: true,
  allowUnionTypes: true,
  useDefaults: false,
  // Ajv's optimisation of its generated code takes more memory than anything else in an agent. V8 optimises the code
  // anyway.
  code: { optimize: false },
});
formats.default(ajv);
// The check of ajv-formats accepts offsets that xs:dateTime does not allow.
ajv.addFormat('date-time', (text) => toCanonicalInstant(text) !== undefined);
ajv.addKeyword({
  keyword: 'fitsOnWire',
  schemaType: 'boolean',
  validate: (_isAsked: boolean, value: unknown) => fitsOnWire(value),
});

/** Our own wording for some keywords; ajv words the others itself. */
const reasonsOf: Record<string, (params: ErrorObject['params']) => Reason> = {
  additionalProperties: () => toReason('unknown_field'),
  required: () => toReason('required'),
  enum: ({ allowedValues }) => toReason('one_of', { words: allowedValues.join(', ') }),
  type: ({ type }) => toReason('type', { type: [type].flat().join(',') }),
  minLength: ({ limit }) => toReason('too_short', { n: limit }),
  maxLength: ({ limit }) => toReason('too_long', { n: limit }),
  minItems: ({ limit }) => toReason('too_few', { n: limit }),
  maxItems: ({ limit }) => toReason('too_many', { n: limit }),
  minimum: ({ limit }) => toReason('too_small', { n: limit }),
  maximum: ({ limit }) => toReason('too_great', { n: limit }),
  minProperties: ({ limit }) => toReason('too_few_fields', { n: limit }),
  uniqueItems: ({ i, j }) => toReason('duplicates', { first: i, second: j }),
  const: ({ allowedValue }) => toReason('constant', { value: JSON.stringify(allowedValue) }),
  anyOf: () => toReason('no_choice'),
  fitsOnWire: () => toReason('reason_too_large', { levels: wireLimits.levels, n: wireLimits.weight }),
  propertyNames: ({ propertyName }) => toReason('name_not_allowed', { name: propertyName }),
  pattern: ({ pattern }) => toReason('pattern', { pattern: `"${pattern}"` }),
  format: ({ format }) => {
    const own = ownFormats[format];
    return own ? toReason(own) : toReason('format', { format });
  },
};

const ownFormats: Record<string, 'date_time' | 'email' | 'uri' | 'uuid'> = {
  'date-time': 'date_time',
  email: 'email',
  uri: 'uri',
  uuid: 'uuid',
};

function toProblem(
  { keyword, params, instancePath, schemaPath, message }: ErrorObject,
  schema: object,
): Problem {
  const example = keyword === 'type' ? findExample(schema, schemaPath) : undefined;
  if (example !== undefined)
    return {
      pointer: instancePath,
      reason: toReason('type_like', { type: [params.type].flat().join(','), example }),
    };
  const field = params.additionalProperty ?? params.missingProperty;
  const pointer = field === undefined ? instancePath : `${instancePath}/${field}`;
  const toOwn = Object.hasOwn(reasonsOf, keyword) ? reasonsOf[keyword] : undefined;
  return { pointer, reason: toOwn ? toOwn(params) : said(message ?? keyword) };
}

/** The first of the `examples` (JSON Schema) beside the keyword, as it would be written in YAML. */
function findExample(schema: object, schemaPath: string): string | undefined {
  const place = toSegments(decodeURIComponent(schemaPath.replace(/^#/, ''))).slice(0, -1);
  const found = place.reduce<unknown>(
    (value, name) => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined),
    schema,
  );
  const [example] = (found as { examples?: unknown[] } | undefined)?.examples ?? [];
  return typeof example === 'string' ? example : undefined;
}

/**
 * Creates a check that reports all problems together. The schema is compiled once, at the first use. Any JSON Schema
 * 2020-12 works, and the TypeScript type follows from the schema. In the checked value all instants have the form of
 * {@link toCanonicalInstant}. The given value stays unchanged.
 */
export function compile<S extends TSchema>(schema: S): (value: unknown) => Checked<Static<S>> {
  // Compiled schemas are large. Those of unused adapters would take half of an agent's memory.
  let validate: ValidateFunction | undefined;
  let rewrite: Rewrite | undefined;
  return (value) => {
    if (!validate) {
      validate = ajv.compile(schema);
      rewrite = toRewrite(schema);
    }
    return validate(value)
      ? { ok: true, value: (rewrite ? rewrite(value) : value) as Static<S> }
      : {
          ok: false,
          problems: keepMeantBranches(validate.errors ?? [], schema, value).map((error) =>
            toProblem(error, schema),
          ),
        };
  };
}

type Rewrite = (value: unknown) => unknown;

/**
 * Creates a function that rewrites the instants of a value where its schema names them. Undefined: the schema names
 * none.
 */
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
