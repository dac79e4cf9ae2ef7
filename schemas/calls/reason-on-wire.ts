import { Type } from 'typebox';
import { type Reason, said, toReason, wordReason } from '../reason.ts';

/**
 * Limits of a reason from another program. The hub stores what its agents say. An agent on a machine that an attacker
 * controls must not be able to fill the hub's store.
 */
export const wireLimits = {
  /** Characters of a code. */
  code: 100,
  /** Characters of all texts in a reason together. Each reason and each parameter adds {@link partWeight}. */
  weight: 4000,
  /** Depth of reasons nested in reasons. */
  levels: 8,
  /** Characters of a reason that consists of words alone. */
  words: 2000,
} as const;

/** The weight of a reason or a parameter besides its characters. So the number of empty ones is limited too. */
const partWeight = 10;

/** A reason from another program. An agent of an earlier version sends only words. */
export const ReasonOnWire = Type.Unsafe<Reason | string>(
  Type.Union([
    Type.String({ minLength: 1, maxLength: wireLimits.words }),
    Type.Object(
      {
        code: Type.String({ minLength: 1, maxLength: wireLimits.code }),
        params: Type.Optional(Type.Object({})),
        said: Type.Optional(Type.String()),
      },
      // The keyword `fitsOnWire` (validate.ts) sets the limits. A schema cannot limit a recursive value.
      { additionalProperties: false, fitsOnWire: true },
    ),
  ]),
);

/** True if the value is a valid reason at every level, within {@link wireLimits}. */
export const fitsOnWire = (given: unknown): given is Reason =>
  weigh(given, wireLimits.levels) <= wireLimits.weight;

/** The weight of a reason. It is infinite if the value is no reason or is nested too deep. */
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

/** The reason for another program. A reason that is too large becomes words, cut to the limit. */
export const toWire = (reason: Reason): Reason => (fitsOnWire(reason) ? reason : said(toWireWords(reason)));

/** The reason in words, for a program of an earlier version. */
export const toWireWords = (reason: Reason): string =>
  (wordReason(reason, 'en') || wordReason(toReason('no_reason_given'), 'en')).slice(0, wireLimits.words);
