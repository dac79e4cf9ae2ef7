import jsonata from 'jsonata';
import { toBoardTime, toInstant } from './board-time.ts';
import { BoundedRegExp } from './bounded-regex.ts';
import { CodeError, type CodeTables, createCodeBook } from './codes.ts';
import { toEmail, toKoreanPhone, toPhone } from './contact.ts';
import { toHtml, toPlainText } from './plain-text.ts';

/** A JSONata expression, compiled once. */
export interface Mapping {
  /**
   * The result as plain JSON; `undefined` when the expression finds nothing.
   * Throws {@link MappingError}, or {@link CodeError} for a code without a mapping.
   */
  evaluate(input: unknown): Promise<unknown>;
}

export interface MappingOptions {
  codes?: CodeTables;
  /** IANA zone of times without an offset. */
  timeZone?: string;
  /** Milliseconds for one evaluation. */
  timeLimit?: number;
}

/** `syntax`: does not compile. `limit`: ran too long or too deep. `failed`: this input cannot be mapped. */
export class MappingError extends Error {
  readonly kind: 'syntax' | 'limit' | 'failed';
  /** Characters from the start of the expression, where known. */
  readonly position: number | undefined;
  constructor(kind: MappingError['kind'], message: string, position?: number, cause?: unknown) {
    super(position === undefined ? message : `${message} (at character ${position})`, { cause });
    this.name = 'MappingError';
    this.kind = kind;
    this.position = position;
  }
}

/** Nested calls. Real mappings stay below 50; a runaway recursion must not reach the engine's own limit. */
const depthLimit = 300;
const sequenceLimit = 100_000;
const limitCodes = new Set(['D1011', 'D1012', 'D2014', 'D2015']);

/**
 * Compile an expression; throws {@link MappingError} of kind `syntax`.
 *
 * Beside JSONata's own functions it may call $phone, $koreanPhone, $email, $instant, $boardTime, $text,
 * $html, $code and $boardCode. Each of them answers nothing for nothing (null, '' or absent).
 */
export function compileMapping(source: string, options: MappingOptions = {}): Mapping {
  const { codes = {}, timeZone = 'Asia/Seoul', timeLimit = 500 } = options;
  const expression = parse(source, timeLimit);
  refuseUnknownTables(expression.ast(), codes);
  for (const [name, implementation] of Object.entries(createFunctions(codes, timeZone))) {
    expression.registerFunction(name, implementation);
  }
  const run = async (input: unknown) => toPlain(await expression.evaluate(input));
  return {
    evaluate: (input) =>
      oneAtATime(async () => {
        try {
          // A paused process is no endless loop: the limit counts only when it is passed twice.
          return await run(input).catch((error) =>
            error.code === 'D1012' ? run(input) : Promise.reject(error),
          );
        } catch (error) {
          throw error instanceof CodeError ? error : toMappingError(error, 'failed');
        }
      }),
  };
}

/** The limit is wall-clock time, so evaluations must not overlap: a page of posts would count together. */
let turn: Promise<unknown> = Promise.resolve();
function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  const result = turn.then(work);
  turn = result.catch(() => undefined);
  return result;
}

function parse(source: string, timeout: number): jsonata.Expression {
  try {
    const RegexEngine = BoundedRegExp as RegExpConstructor;
    return jsonata(source, { timeout, stack: depthLimit, sequence: sequenceLimit, RegexEngine });
  } catch (error) {
    throw toMappingError(error, 'syntax');
  }
}

type Fn = (...values: unknown[]) => unknown;

function createFunctions(codes: CodeTables, timeZone: string): Record<string, Fn> {
  const book = createCodeBook(codes);
  const onText =
    (convert: (text: string, ...rest: string[]) => unknown): Fn =>
    (value, ...rest) =>
      isNothing(value)
        ? undefined
        : convert(String(value), ...rest.filter((r) => r !== undefined).map(String));
  const onCode =
    (lookUp: (table: string, value: string) => string): Fn =>
    (table, value) =>
      isNothing(value) && !hasEntry(codes, table, value) ? undefined : lookUp(String(table), String(value));
  return {
    phone: onText(toPhone),
    koreanPhone: onText(toKoreanPhone),
    email: onText(toEmail),
    instant: onText((text, pattern) => toInstant(text, timeZone, pattern)),
    boardTime: onText((instant, pattern = 'yyyy-MM-dd HH:mm:ss') => toBoardTime(instant, pattern, timeZone)),
    text: onText(toPlainText),
    html: onText(toHtml),
    code: onCode(book.fromBoard),
    boardCode: onCode(book.toBoard),
  };
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** A board may use the empty text as a code of its own. */
function hasEntry(codes: CodeTables, table: unknown, value: unknown): boolean {
  return value === '' && Object.hasOwn(codes[String(table)] ?? {}, '');
}

/** A misspelt table is a mistake of the configuration: found when it is saved, not by the first post. */
function refuseUnknownTables(node: unknown, codes: CodeTables): void {
  if (typeof node !== 'object' || node === null) return;
  const { procedure, arguments: given } = node as jsonata.ExprNode;
  const table = given?.[0];
  const looksUp = procedure?.value === 'code' || procedure?.value === 'boardCode';
  if (looksUp && table?.type === 'string' && !Object.hasOwn(codes, table.value)) {
    const known = Object.keys(codes).join(', ') || 'none';
    throw new MappingError(
      'syntax',
      `there is no code table "${table.value}"; known: ${known}`,
      table.position,
    );
  }
  for (const child of Object.values(node)) refuseUnknownTables(child, codes);
}

/** JSONata throws plain objects, and whatever a registered function threw. */
function toMappingError(error: unknown, kind: MappingError['kind']): MappingError {
  const { message, position, code } = error as { message?: string; position?: number; code?: string };
  const limited = code !== undefined && limitCodes.has(code);
  return new MappingError(limited ? 'limit' : kind, message ?? String(error), position, error);
}

/** JSONata's arrays carry marks, its objects no prototype, and functions are values: none of it is JSON. */
function toPlain(value: unknown): unknown {
  if (Array.isArray(value)) return Array.from(value, toPlain).filter((item) => item !== undefined);
  if (typeof value === 'function') return undefined;
  if (typeof value !== 'object' || value === null) return value;
  if ('_jsonata_lambda' in value) return undefined;
  const entries = Object.entries(value).map(([key, item]) => [key, toPlain(item)] as const);
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}
