import { Type } from 'typebox';
import { type Reason, said, toReason, wordReason } from '../reason.ts';

/**
 * What a reason may hold that comes from another program. A hub keeps what its agents say, and an agent whose machine
 * somebody took over must not fill it.
 */
export const wireLimits = {
  /** Letters of a code. */
  code: 100,
  /** Letters of all texts in a reason together, with {@link partWeight} for each reason and parameter. */
  weight: 4000,
  /** Reasons within reasons. */
  levels: 8,
  /** Letters of a reason that is words alone. */
  words: 2000,
} as const;

/** What a reason or a parameter counts beside its letters, so that many empty ones are bounded too. */
const partWeight = 10;

/** A reason that comes from another program, or words: an agent of an earlier version says no more. */
export const ReasonOnWire = Type.Unsafe<Reason | string>(
  Type.Union([
    Type.String({ minLength: 1, maxLength: wireLimits.words }),
    Type.Object(
      {
        code: Type.String({ minLength: 1, maxLength: wireLimits.code }),
        params: Type.Optional(Type.Object({})),
        said: Type.Optional(Type.String()),
      },
      // The keyword of fitsOnWire (validate.ts): a schema cannot bound what may hold itself.
      { additionalProperties: false, fitsOnWire: true },
    ),
  ]),
);

/** Is it a reason through and through, within {@link wireLimits}? */
export const fitsOnWire = (given: unknown): given is Reason =>
  weigh(given, wireLimits.levels) <= wireLimits.weight;

/** The weight of a reason; infinite where it is none, or holds too many levels. */
function weigh(given: unknown, levels: number): number {
  if (levels === 0 || typeof given !== 'object' || given === null) return Number.POSITIVE_INFINITY;
  const { code, params = {}, said = '', ...others } = given as Record<string, unknown>;
  const isShaped =
    typeof code === 'string' &&
    code.length <= wireLimits.code &&
    typeof said === 'string' &&
    typeof params === 'object' &&
    params !== null &&
    Object.keys(others).length === 0;
  if (!isShaped) return Number.POSITIVE_INFINITY;
  let weight = partWeight + code.length + said.length;
  for (const [name, param] of Object.entries(params)) {
    weight += partWeight + name.length + weighParam(param, levels - 1);
    if (weight > wireLimits.weight) break;
  }
  return weight;
}

function weighParam(param: unknown, levels: number): number {
  if (typeof param === 'string') return param.length;
  if (typeof param === 'number') return partWeight;
  if (!Array.isArray(param)) return weigh(param, levels);
  let weight = 0;
  for (const reason of param) {
    weight += weigh(reason, levels);
    if (weight > wireLimits.weight) break;
  }
  return weight;
}

/** The same for another program; one that is too large becomes words, as many as are taken. */
export const toWire = (reason: Reason): Reason => (fitsOnWire(reason) ? reason : said(toWireWords(reason)));

/** In words, for a program of an earlier version. */
export const toWireWords = (reason: Reason): string =>
  (wordReason(reason, 'en') || wordReason(toReason('no_reason_given'), 'en')).slice(0, wireLimits.words);
