import { createHash } from 'node:crypto';
import { said, toReason } from '../../../schemas/reason.ts';
import type { AdapterContext } from '../../contract.ts';
import { CodeError, type CodeTables } from '../expressions/codes.ts';
import { MappingError } from '../expressions/mapping-error.ts';
import type { Program } from '../expressions/parse.ts';
import { notPlain, readPlainPath, toPlainPath } from '../expressions/plain-path.ts';
import type { Outcome } from '../expressions/protocol.ts';

export { MappingError };

/** A JSONata expression. It holds hardly more than its text: it is compiled where it is evaluated, when it is used. */
export interface Mapping {
  /**
   * The result as plain JSON; `undefined` when the expression finds nothing. The input is read as JSON, at once.
   * Throws {@link MappingError}, or {@link CodeError} for a code without a mapping.
   */
  evaluate(input: unknown): Promise<unknown>;
}

export interface MappingOptions {
  codes?: CodeTables;
  /** IANA zone of times without an offset. */
  timeZone?: string;
  /** Milliseconds of processor for one evaluation. */
  timeLimit?: number;
  /** Whose it is (the agency): evaluations of one owner wait for one another. Absent: those of the same expression do. */
  owner?: string;
}

/** Whose expressions they are; of adapters/contract.ts. */
export type MappingContext = Pick<AdapterContext, 'agency' | 'timeZone'>;

/** For all expressions of one agency. */
export const toMappingOptions = (
  codes: CodeTables,
  { agency, timeZone }: MappingContext,
): MappingOptions => ({
  codes,
  timeZone,
  owner: agency,
});

/**
 * An expression that is evaluated in a thread of its own kind, which is ended when it takes too long. What does not compile
 * is found by `checkExpressions`; here the first evaluation throws {@link MappingError} of kind `syntax`.
 *
 * Beside JSONata's own functions it may call $phone, $koreanPhone, $email, $instant, $boardTime, $text,
 * $html, $code and $boardCode. Each of them answers nothing for nothing (null, '' or absent). $refuse(code, params) ends
 * it with a reason of schemas/reasons. Regular expressions are searched for in linear time: without back references,
 * look-ahead and look-behind.
 */
export function compileMapping(source: string, options: MappingOptions = {}): Mapping {
  const { codes = {}, timeZone = 'Asia/Seoul', timeLimit = 500, owner = source } = options;
  const program: Program = { source, codes, timeZone, timeLimit };
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

/** More than any reply of a board has. */
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
      throw new CodeError(outcome.table, outcome.value, outcome.known);
    case 'error':
      throw new MappingError(outcome.of, outcome.reason, outcome.position);
  }
}
