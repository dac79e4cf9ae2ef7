import jsonata from 'jsonata';
import { ReasonError, reasonOf, said, toReason } from '../../../schemas/reason.ts';
import { checkSecrets } from './check-secrets.ts';
import { checkVariables } from './check-variables.ts';
import type { CodeTables } from './codes.ts';
import { compilePattern, LinearRegExp } from './linear-regexp.ts';
import { MappingError } from './mapping-error.ts';
import { callConcatenation } from './text-bounds.ts';

/** What is compiled, with everything besides the input that its result depends on. */
export interface Program {
  source: string;
  codes: CodeTables;
  timeZone: string;
  /** Milliseconds of processor time for one evaluation. */
  timeLimit: number;
  /** The marks of the secrets that `$secret` gives, by name. Absent: the expression makes nothing that is sent. */
  secrets?: Record<string, string>;
}

/**
 * The deepest nesting of calls. Real mappings need fewer than 50. A runaway recursion must stop before the engine's own
 * limit.
 */
const depthLimit = 300;
const sequenceLimit = 100_000;
/** JSONata's codes for too deep and too many. Evaluations that take too long are stopped from outside. */
const limitCodes = new Set(['D1011', 'D2014', 'D2015']);

/** Parses an expression. Throws {@link MappingError} of kind `syntax`. */
export function parseExpression({
  source,
  codes,
  secrets,
}: Pick<Program, 'source' | 'codes' | 'secrets'>): jsonata.Expression {
  try {
    const RegexEngine = LinearRegExp as unknown as RegExpConstructor;
    const options = { stack: depthLimit, sequence: sequenceLimit, RegexEngine };
    const expression = jsonata(source, options);
    checkSecrets(expression.ast(), secrets && Object.keys(secrets));
    checkVariables(expression.ast());
    check(expression.ast(), codes);
    expression.assign('eval', undefined);
    return expression;
  } catch (error) {
    throw error instanceof MappingError ? error : toMappingError(error, 'syntax');
  }
}

/**
 * Finds mistakes of the configuration when it is saved, not at the first post. These are a misspelt table, an
 * unsearchable pattern, and program code inside a text (`$eval`).
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

/** Converts any thrown value. JSONata throws plain objects, and passes on what a registered function threw. */
export function toMappingError(error: unknown, kind: MappingError['kind']): MappingError {
  const { message, position, code } = error as { message?: string; position?: number; code?: string };
  const limited = code !== undefined && limitCodes.has(code);
  const reason = error instanceof ReasonError ? error.reason : said(message ?? String(error));
  return new MappingError(limited ? 'limit' : kind, reason, position, error);
}
