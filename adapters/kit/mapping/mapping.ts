import { createHash } from 'node:crypto';
import { said, toReason } from '../../../schemas/reason.ts';
import type { AdapterContext } from '../../contract.ts';
import { CodeError, type CodeTables } from '../expressions/codes.ts';
import { MappingError } from '../expressions/mapping-error.ts';
import type { Program } from '../expressions/parse.ts';
import { notPlain, readPlainPath, toPlainPath } from '../expressions/plain-path.ts';
import type { Outcome } from '../expressions/protocol.ts';
import { mapTexts } from '../http/http-auth.ts';
import { hideSecretMarks, toSecretMark } from '../text/secret-mark.ts';

export { MappingError };

/** A JSONata expression. It holds little more than its text: a thread compiles it when it is used. */
export interface Mapping {
  /**
   * Returns the result as plain JSON, or `undefined` when the expression finds nothing. The input is copied as JSON at
   * once. Throws {@link MappingError}, or {@link CodeError} for a code that its table lacks.
   */
  evaluate(input: unknown): Promise<unknown>;
}

export interface MappingOptions {
  codes?: CodeTables;
  /** IANA time zone for times without an offset. */
  timeZone?: string;
  /** Milliseconds of processor time for one evaluation. */
  timeLimit?: number;
  /** Names of secrets that the expression may put into what it makes, by `$secret`. It gets marks, never secrets. */
  secrets?: readonly string[];
  /** The owner (the agency). Evaluations of one owner wait for one another. Absent: those of the same expression do. */
  owner?: string;
}

/** The agency that owns the expressions; fields of adapters/contract.ts. */
export type MappingContext = Pick<AdapterContext, 'agency' | 'timeZone' | 'queue'>;

/** Options for all expressions of one agency. */
export const toMappingOptions = (
  codes: CodeTables,
  { agency, timeZone, queue = agency }: MappingContext,
): MappingOptions => ({
  codes,
  timeZone,
  owner: queue,
});

/**
 * Creates a mapping that a thread evaluates. The thread is ended when an evaluation takes too long. `checkExpressions`
 * finds expressions that do not compile. Here the first evaluation of such an expression throws {@link MappingError} of
 * kind `syntax`.
 *
 * An expression may call JSONata's own functions and $phone, $koreanPhone, $email, $instant, $boardTime, $utc, $epoch, $text,
 * $html, $base64Text, $code and $boardCode. Each of these returns nothing for nothing (null, '' or absent). $refuse(code, params) stops
 * with a reason of schemas/reasons. Regular expressions run in linear time: they have no back references, look-ahead or
 * look-behind.
 */
export function compileMapping(source: string, options: MappingOptions = {}): Mapping {
  const { codes = {}, timeZone = 'Asia/Seoul', timeLimit = 500, owner = source } = options;
  const secrets = options.secrets && toMarks(options.secrets);
  const program: Program = { source, codes, timeZone, timeLimit, ...(secrets && { secrets }) };
  const path = toPlainPath(source);
  let key: string | undefined;
  return {
    async evaluate(value) {
      const found = path ? readPlainPath(path, value) : notPlain;
      if (found !== notPlain) return found;
      const input = toJson(value);
      key ??= createHash('sha256').update(JSON.stringify(program)).digest('base64');
      const { evaluateInThread } = await import('../expressions/pool.ts');
      return toResult(await evaluateInThread({ owner, key, program, input }));
    },
  };
}

export const toMarks = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, toSecretMark(name)]));

/** Characters. No reply of a board has so many. */
const largestInput = 64_000_000;

function toJson(value: unknown): string | undefined {
  let json: string | undefined;
  try {
    json = JSON.stringify(value);
  } catch (error) {
    throw new MappingError(
      'failed',
      toReason('input_no_json', { detail: said(String(error)) }),
      undefined,
      error,
    );
  }
  if (json === undefined || json.length <= largestInput) return json;
  throw new MappingError('limit', toReason('input_too_large', { most: largestInput }));
}

function toResult(outcome: Outcome): unknown {
  switch (outcome.kind) {
    case 'value':
      return outcome.value === undefined ? undefined : JSON.parse(outcome.value);
    case 'code':
      throw new CodeError(outcome.table, hideSecretMarks(outcome.value), outcome.known);
    case 'error':
      throw new MappingError(outcome.of, mapTexts(outcome.reason, hideSecretMarks), outcome.position);
  }
}
