import type { ExpressionPlace } from '../../../adapters/contract.ts';
import {
  type Explanation,
  explainExpression,
  type Known,
  toChangeShape,
  toDeclaredNames,
  toKnownNames,
} from '../../../adapters/kit/mapping/explain.ts';
import { listExpressionPlaces } from '../../../adapters/registry.ts';
import type { Agency } from '../../../schemas/index.ts';
import type { Sample } from '../boards/try-board.ts';

/** The expressions of an agency's document that convert posts and events. */
export const listPlaces = ({ board }: Pick<Agency, 'board'>): ExpressionPlace[] =>
  board ? listExpressionPlaces(board) : [];

/** What an expression is compared with. */
export interface PlaceInput {
  known: Known | undefined;
  /**
   * True: there are no other names, so an unknown one is an error. False: they are only what was seen, and another post
   * may have more.
   */
  isComplete: boolean;
}

/**
 * The names that the input of an expression can have. A change is known by its schema, and a database by its columns. Of
 * what other boards send, only the names in these samples are known.
 */
function toPlaceInput(place: ExpressionPlace, samples: Sample[]): PlaceInput {
  if (place.reads === 'change') {
    const { fields } = toChangeShape(place.event);
    const also = (place.also ?? []).map((name) => [name, undefined] as const);
    return { known: { fields: new Map([...fields, ...also]) }, isComplete: true };
  }
  if (place.names) return { known: toDeclaredNames(place.names), isComplete: true };
  return { known: toKnownNames(samples.map(({ raw }) => raw)), isComplete: false };
}

/** Explains an expression of the document; `source` may be another than what stands there. */
export function explainPlace(
  { board }: Pick<Agency, 'board'>,
  place: ExpressionPlace,
  samples: Sample[],
): Explanation & { input: PlaceInput } {
  const input = toPlaceInput(place, samples);
  const { codes = {}, secrets = {} } = (board?.settings ?? {}) as { codes?: object; secrets?: object };
  const explained = explainExpression(place.source, {
    codes: codes as Record<string, Record<string, string>>,
    ...(place.reads === 'change' && { secrets: Object.keys(secrets) }),
    ...(input.known && { input: { kind: place.reads, known: input.known } }),
  });
  return { ...explained, input };
}
