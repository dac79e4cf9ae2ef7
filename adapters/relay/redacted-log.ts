import { type Bindings, type DestinationStream, type Logger, pino, stdSerializers } from 'pino';

const censored = '[redacted]';
const mostDepth = 6;

/**
 * Fields that are never logged, wherever they stand: what people wrote and who they are, credentials, what passed
 * over the wire, and the row that PostgreSQL quotes in its errors. Compared in lower case without `-` and `_`.
 */
const hidden = new Set(
  [
    'name company complainant officer phone mobile fax tel contact email address recipient',
    'title body text html subject content answer followup raw payload envelope xml post',
    'password secret token key apikey authorization cookie setcookie xapikey connectionstring databaseurl',
    'detail where internalquery parameters',
  ].flatMap((line) => line.split(' ')),
);

/** What betrays itself inside a sentence, for example in another program's error. Works on JSON strings. */
const patterns: [RegExp, string][] = [
  [/\/\/[^\s/@"]+@/g, `//${censored}@`],
  [/\b(Bearer|Basic|Digest) [\w~+/.=-]{6,}/gi, `$1 ${censored}`],
  [
    /(?<![\p{L}\d._%+-])[\p{L}\d._%+-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+(?:[\p{L}\d._%+-]*@[\p{L}\d._%+-]+)*/gu,
    censored,
  ],
  [/(?<!\d)\d{6}-?[1-8]\d{6}(?!\d)/g, censored],
  [/(?:(?<=\\[nrt])|(?<![\w.-]))(?:\+82[- ]?|0)\d{1,2}[- )]?\d{3,4}[- ]?\d{4}(?![\w-])/g, censored],
];

/**
 * The log of hub and agent: one JSON object a line. Texts, names, numbers, addresses, credentials and envelopes are taken out,
 * by the name of the field and by their shape, so that a careless line betrays nobody.
 */
export function createRedactedLog(level: string, destination?: DestinationStream): Logger {
  const hide = (fields: Record<string, unknown>) => hideFields(fields, 0) as Record<string, unknown>;
  const options = {
    level,
    formatters: { log: hide },
    hooks: { streamWrite: scrub },
  };
  const log = destination ? pino(options, destination) : pino(options);
  const { child } = log;
  // pino does not bring the bindings of a child before a formatter; children of children inherit this too.
  log.child = function createChild(this: Logger, bindings: Bindings, childOptions?: object) {
    return Reflect.apply(child, this, [hide(bindings), childOptions]);
  } as Logger['child'];
  return log;
}

function hideFields(value: unknown, depth: number): unknown {
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  if (depth > mostDepth) return censored;
  if (value instanceof Error) return hideFields({ ...stdSerializers.err(value) }, depth);
  if (Array.isArray(value)) return value.map((item) => hideFields(item, depth + 1));
  const fields = Object.entries(value).map(([name, inner]) => [
    name,
    isHidden(name, inner) ? censored : hideFields(inner, depth + 1),
  ]);
  return Object.fromEntries(fields);
}

function isHidden(field: string, value: unknown): boolean {
  return value !== undefined && hidden.has(field.toLowerCase().replaceAll(/[-_]/g, ''));
}

/** A sentence without what betrays itself in it. */
export const redactText = (text: string): string =>
  patterns.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text);

/** Strings only: a time is a number of thirteen digits, and so is a resident registration number. */
function scrub(line: string): string {
  return line.replace(/"(?:[^"\\]|\\.)*"/g, redactText);
}
