import { type Bindings, type DestinationStream, type Logger, pino, stdSerializers } from 'pino';

const censored = '[redacted]';
const mostDepth = 6;

/**
 * Fields that are never logged, at any depth. They hold texts and identities of people, credentials, data from the
 * wire, or the row that PostgreSQL quotes in its errors. Names are compared in lower case without `-` and `_`.
 */
const hidden = new Set(
  [
    'name company complainant officer phone mobile fax tel contact email address recipient',
    'title body text html subject content answer followup raw payload envelope xml post',
    'password secret token key apikey authorization cookie setcookie xapikey connectionstring databaseurl',
    'detail where internalquery parameters',
  ].flatMap((line) => line.split(' ')),
);

/**
 * Personal data and secrets that can be recognised inside a sentence, for example in another program's error. The
 * patterns work on JSON strings.
 */
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
 * Creates the log of hub and agent: one JSON object per line. It removes texts, names, numbers, addresses, credentials
 * and envelopes, by field name and by pattern. So even a careless log call reveals nobody's data.
 */
export function createRedactedLog(level: string, destination?: DestinationStream): Logger {
  const hide = (fields: Record<string, unknown>) => hideFields(fields, 0) as Record<string, unknown>;
  const options = {
    level,
    formatters: { log: hide },
    hooks: { streamWrite: redactLine },
  };
  const log = destination ? pino(options, destination) : pino(options);
  const { child } = log;
  // pino does not pass the bindings of a child logger to a formatter. Children of children inherit this method too.
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

/** Redacts what the patterns recognise in a sentence. */
export const redactText = (text: string): string =>
  patterns.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text);

/**
 * Redacts the strings of a line of the log, and nothing else: a time in milliseconds has thirteen digits, like a resident
 * registration number.
 */
export function redactLine(line: string): string {
  return line.replace(/"(?:[^"\\]|\\.)*"/g, redactText);
}
