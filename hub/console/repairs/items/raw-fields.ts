import type { Problem, Reason } from '../../../../schemas/index.ts';

/** A value of what a board gave, as a form shows it. */
export interface RawField {
  /** In the form; the place of the value in the record, counted. */
  name: string;
  /** Where the value stands, as people read it: `writer.name`. */
  label: string;
  value: string;
  isLong: boolean;
  /** What is wrong with this value. Null: nothing is known to be. */
  reason: Reason | null;
  /** Codes that the table knows, where this value is a code that it does not know. */
  known: string[] | null;
}

type Path = readonly (string | number)[];
interface Leaf {
  path: Path;
  value: string | number | boolean | null;
}

/** A form of more fields helps nobody: the record is then corrected as JSON. */
const mostFields = 60;
/** Longer texts, and those of several lines, get a larger field. */
const shortText = 90;

/** The values of a record, in their order. Undefined: it is no record with few enough of them. */
export function toRawFields(raw: unknown, problems: readonly Problem[]): RawField[] | undefined {
  const leaves = listLeaves(raw);
  if (typeof raw !== 'object' || raw === null || leaves.length === 0 || leaves.length > mostFields)
    return undefined;
  return leaves.map(({ path, value }, at) => {
    const text = toText(value);
    const reason = problems.find((one) => isAbout(one.reason, text))?.reason ?? null;
    return {
      name: `f${at}`,
      label: path.join('.'),
      value: text,
      isLong: text.includes('\n') || text.length > shortText,
      reason,
      known: reason?.code === 'unknown_code' ? toKnown(reason) : null,
    };
  });
}

/** The record with what was typed in place of what came. What nobody changed stays as it came, to the last space. */
export function putRawFields(raw: unknown, typed: Partial<Record<string, string>>): unknown {
  const whole = structuredClone(raw);
  for (const [at, { path, value }] of listLeaves(raw).entries()) {
    const text = typed[`f${at}`];
    if (text !== undefined && text !== toText(value).trim()) put(whole, path, toValue(text, value));
  }
  return whole;
}

/** The record with one code in place of another, wherever it stands. */
export function replaceCode(raw: unknown, code: string, by: string): unknown {
  const whole = structuredClone(raw);
  for (const { path, value } of listLeaves(raw))
    if (toText(value) === code) put(whole, path, toValue(by, value));
  return whole;
}

/** The problem of a code that no table knows, which all of a group can be corrected by. */
export const findUnknownCode = (problems: readonly Problem[]) => {
  const reason = problems.find((one) => one.reason.code === 'unknown_code')?.reason;
  return reason
    ? { table: toParam(reason, 'table'), value: toParam(reason, 'value'), known: toKnown(reason) }
    : undefined;
};

const toParam = ({ params }: Reason, name: string): string => String(params?.[name] ?? '');
const toKnown = (reason: Reason): string[] => toParam(reason, 'known').split(', ').filter(Boolean);

/** The reasons name the value that they are about. */
const isAbout = (reason: Reason, text: string): boolean => text !== '' && toParam(reason, 'value') === text;

function listLeaves(value: unknown, path: Path = []): Leaf[] {
  if (Array.isArray(value)) return value.flatMap((one, at) => listLeaves(one, [...path, at]));
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, one]) => listLeaves(one, [...path, name]));
  return value === undefined ? [] : [{ path, value: value as Leaf['value'] }];
}

const toText = (value: Leaf['value']): string =>
  value === null ? '' : String(value).replaceAll('\r\n', '\n');

/** A number stays one, if a number was typed; an empty text in place of nothing is nothing. */
function toValue(text: string, before: Leaf['value']): Leaf['value'] {
  if (text === '' && before === null) return null;
  if (typeof before === 'number' && /^-?\d{1,15}$/.test(text)) return Number(text);
  if (typeof before === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

function put(whole: unknown, path: Path, value: Leaf['value']): void {
  const last = path.at(-1);
  if (last === undefined) return;
  const holder = path
    .slice(0, -1)
    .reduce<unknown>((one, name) => (one as Record<string | number, unknown>)[name], whole);
  Object.defineProperty(holder as object, last, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}
