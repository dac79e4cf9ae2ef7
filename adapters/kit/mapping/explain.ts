/**
 * Explains expressions to the people who write them: what does not compile and where, which part says what a field
 * becomes, and what it reads. Everything here is pure, and evaluates nothing.
 */
import type { Reason } from '../../../schemas/reason.ts';
import type { CodeTables } from '../expressions/codes.ts';
import { MappingError } from '../expressions/mapping-error.ts';
import { parseExpression } from '../expressions/parse.ts';
import type { Known } from './change-schema.ts';
import { type CodeField, listCodeFields } from './expression-names.ts';
import { type FieldRange, listFieldRanges } from './field-ranges.ts';
import { toMarks } from './mapping.ts';
import { type Input, listNames, listPaths, parseTree, toLacking } from './names-read.ts';

export { expressionFunctions } from '../expressions/function-docs.ts';
export { fromDeclared as toDeclaredNames, type Known, toChangeShape } from './change-schema.ts';

/** Something wrong with an expression. `position`: characters from its start, where it is known. */
export interface ExpressionFault {
  reason: Reason;
  position?: number;
}

export interface ExplainedField extends FieldRange {
  /** The field's own expression. */
  source: string;
  /** The names that it looks up in the input, each once. */
  reads: string[];
}

export interface Explanation {
  /** It does not compile. Then the rest is empty. */
  fault?: ExpressionFault;
  fields: ExplainedField[];
  reads: string[];
  /** Names that the input lacks, as far as `known` tells. */
  unknown: ExpressionFault[];
  codes: CodeField[];
}

export interface Explained {
  codes?: CodeTables;
  /** Names that `$secret` takes. Absent: the expression makes nothing that is sent. */
  secrets?: readonly string[];
  /** What its input may hold, and what kind of input that is. Absent: anything. */
  input?: { kind: Input; known: Known };
}

export function explainExpression(source: string, { codes = {}, secrets, input }: Explained): Explanation {
  const fault = findFault(source, codes, secrets);
  if (fault) return { fault, fields: [], reads: [], unknown: [], codes: [] };
  const tree = parseTree(source);
  const names = listNames(tree, input?.known);
  const readsOf = (within: (position: number) => boolean) =>
    toLongest(names.filter(({ position }) => within(position)).map(({ path }) => path));
  const unknown = new Map<string, ExpressionFault>();
  for (const { path, position, lacking } of names)
    if (input && lacking && !unknown.has(path))
      unknown.set(path, { reason: toLacking(input.kind, path, lacking, input.known), position });
  return {
    fields: listFieldRanges(tree, source).map((range) => ({
      ...range,
      source: source.slice(range.start, range.end),
      reads: readsOf((position) => position > range.start && position <= range.end),
    })),
    reads: readsOf(() => true),
    unknown: [...unknown.values()],
    codes: listCodeFields(source),
  };
}

/** Each path once, without those that only lead to another. */
function toLongest(paths: string[]): string[] {
  const different = [...new Set(paths)];
  return different.filter((path) => !different.some((other) => other.startsWith(`${path}.`)));
}

function findFault(
  source: string,
  codes: CodeTables,
  secrets: readonly string[] | undefined,
): ExpressionFault | undefined {
  try {
    parseExpression({ source, codes, ...(secrets && { secrets: toMarks(secrets) }) });
    return undefined;
  } catch (error) {
    if (!(error instanceof MappingError)) throw error;
    const { plainReason: reason, position } = error;
    return { reason, ...(position !== undefined && { position }) };
  }
}

/** Limits beyond what posts of boards have. */
const mostDepth = 12;
const mostNames = 500;

/** The names that some values have together. Lists count as their items, since expressions read through them. */
export function toKnownNames(values: unknown[], depth = 0): Known | undefined {
  const fields = new Map<string, unknown[]>();
  const add = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(add);
    else if (typeof value === 'object' && value !== null) addFields(value);
  };
  const addFields = (value: object) => {
    for (const [name, item] of Object.entries(value).slice(0, mostNames))
      fields.set(name, [...(fields.get(name) ?? []), item]);
  };
  values.forEach(add);
  if (fields.size === 0 || depth > mostDepth) return undefined;
  return {
    fields: new Map([...fields].map(([name, items]) => [name, toKnownNames(items, depth + 1)])),
  };
}

/** All names as paths, the short ones first, for a list to choose from. */
export const listKnown = (known: Known | undefined): string[] =>
  known ? listPaths(known).sort((a, b) => a.split('.').length - b.split('.').length) : [];

/** Replaces the expression of one field, and leaves all else as it is. Undefined: there is no such field. */
export function replaceField(source: string, pointer: string, text: string): string | undefined {
  const range = listFieldRanges(parseTree(source), source).find((one) => one.pointer === pointer);
  return range && source.slice(0, range.start) + text.trim() + source.slice(range.end);
}
