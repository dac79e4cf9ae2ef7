import { toReason } from '../../../schemas/reason.ts';
import { CodeError } from './codes.ts';
import { createFunctions } from './functions.ts';
import { LongText, longestText, tooLong, wrapLongTexts } from './long-text.ts';
import { MappingError } from './mapping-error.ts';
import { type Program, parseExpression, toMappingError } from './parse.ts';
import { boundTexts } from './text-bounds.ts';

/**
 * Evaluates to plain JSON, or `undefined` for nothing. It may keep and change its input. It throws like
 * `Mapping.evaluate`.
 */
export type Evaluate = (input: unknown) => Promise<unknown>;

/** Characters of all texts in a result. No reply of a board has so many. */
const largestResult = 20_000_000;

/** Compiles an expression. Throws {@link MappingError} of kind `syntax`. */
export function compileExpression(program: Program): Evaluate {
  const expression = parseExpression(program);
  for (const [name, [implementation, signature]] of Object.entries(createFunctions(program))) {
    expression.registerFunction(name, implementation, signature);
  }
  let bound: Promise<void> | undefined;
  return async (input) => {
    const { value, longest } = wrapLongTexts(input);
    try {
      bound ??= boundTexts(expression);
      await bound;
      return toPlain(await expression.evaluate(value), { left: largestResult });
    } catch (error) {
      if (error instanceof CodeError || error instanceof MappingError) throw error;
      const failed = toMappingError(error, 'failed');
      if (longest <= longestText) throw failed;
      const reason = toReason('at', { place: failed.plainReason, detail: tooLong(longest) });
      throw new MappingError('limit', reason, failed.position, error);
    }
  };
}

/**
 * Converts a JSONata value to JSON. JSONata marks its arrays, creates objects without a prototype, and has functions as
 * values.
 */
function toPlain(value: unknown, room: { left: number }): unknown {
  if (value instanceof LongText) return toPlain(value.whole, room);
  if (typeof value === 'string') {
    room.left -= value.length;
    if (room.left < 0) throw new MappingError('limit', toReason('result_too_long', { most: largestResult }));
    return value;
  }
  if (Array.isArray(value)) {
    return Array.from(value, (item) => toPlain(item, room)).filter((item) => item !== undefined);
  }
  if (typeof value === 'function') return undefined;
  if (typeof value !== 'object' || value === null) return value;
  if ('_jsonata_lambda' in value) return undefined;
  const entries = Object.entries(value).map(([key, item]) => [key, toPlain(item, room)] as const);
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}
