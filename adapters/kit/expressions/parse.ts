import jsonata from 'jsonata';
import { ReasonError, reasonOf, said, toReason } from '../../../schemas/reason.ts';
import type { CodeTables } from './codes.ts';
import { compilePattern, LinearRegExp } from './linear-regexp.ts';
import { MappingError } from './mapping-error.ts';
import { callConcatenation } from './text-bounds.ts';

/** What is compiled, and all that its result depends on beside the input. */
export interface Program {
  source: string;
  codes: CodeTables;
  timeZone: string;
  /** Milliseconds of processor for one evaluation. */
  timeLimit: number;
}

/** Nested calls. Real mappings stay below 50; a runaway recursion must not reach the engine's own limit. */
const depthLimit = 300;
const sequenceLimit = 100_000;
/** Of JSONata: too deep, too many. What takes too long is ended from outside. */
const limitCodes = new Set(['D1011', 'D2014', 'D2015']);

/** Throws {@link MappingError} of kind `syntax`. */
export function parseExpression({ source, codes }: Pick<Program, 'source' | 'codes'>): jsonata.Expression {
  try {
    const RegexEngine = LinearRegExp as unknown as RegExpConstructor;
    const options = { stack: depthLimit, sequence: sequenceLimit, RegexEngine };
    const expression = jsonata(source, options);
    check(expression.ast(), codes);
    expression.assign('eval', undefined);
    return expression;
  } catch (error) {
    throw error instanceof MappingError ? error : toMappingError(error, 'syntax');
  }
}

/**
 * A misspelt table, a pattern that cannot be searched for and code in a text are mistakes of the configuration: found when it
 * is saved, not by the first post.
 */
function check(node: unknown, codes: CodeTables): void {
  if (typeof node !== 'object' || node === null) return;
  callConcatenation(node as jsonata.ExprNode);
  const { value, position, procedure, arguments: given } = node as jsonata.ExprNode;
  if (value instanceof RegExp) checkPattern(value, position);
  if (procedure?.value === 'eval') throw new MappingError('syntax', toReason('no_eval'), position);
  const table = given?.[0];
  const looksUp = procedure?.value === 'code' || procedure?.value === 'boardCode';
  if (looksUp && table?.type === 'string' && !Object.hasOwn(codes, table.value)) {
    const known = Object.keys(codes).join(', ') || toReason('none');
    throw new MappingError(
      'syntax',
      toReason('no_code_table', { table: table.value, known }),
      table.position,
    );
  }
  for (const child of Object.values(node)) check(child, codes);
}

function checkPattern(pattern: RegExp, position: number | undefined): void {
  try {
    compilePattern(pattern);
  } catch (error) {
    throw new MappingError('syntax', reasonOf(error), position, error);
  }
}

/** JSONata throws plain objects, and whatever a registered function threw. */
export function toMappingError(error: unknown, kind: MappingError['kind']): MappingError {
  const { message, position, code } = error as { message?: string; position?: number; code?: string };
  const limited = code !== undefined && limitCodes.has(code);
  const reason = error instanceof ReasonError ? error.reason : said(message ?? String(error));
  return new MappingError(limited ? 'limit' : kind, reason, position, error);
}
