import type { Checked } from '../../../schemas/index.ts';
import { withoutPlaces } from '../../../schemas/json-pointer.ts';
import type { Problem, Reason } from '../../../schemas/reason.ts';

/** What is wrong at a place may hide what is wrong below it. Real settings are not nested deeper than this. */
const mostRounds = 5;

/**
 * The problems of settings that do not have the form of their schema, with those of the expressions in all that has: so a
 * person mends them in one go. `check` gets settings that may lack what is required, and have nothing of a wrong type.
 */
export function checkMisshapen<S>(
  given: unknown,
  checkShape: (value: unknown) => Checked<S>,
  check: (sound: S) => Problem[],
): Problem[] {
  const shape = checkShape(given);
  if (shape.ok) return [];
  const sound = findSound(given, checkShape);
  if (sound === undefined) return shape.problems;
  const told = shape.problems.map(({ pointer }) => pointer);
  const further = check(sound).filter(
    ({ pointer, reason }) => !told.includes(pointer) && !follows(reason, told),
  );
  return [...shape.problems, ...further];
}

/** What is left without all that is wrong. Undefined: nothing of which the form is known. */
function findSound<S>(given: unknown, checkShape: (value: unknown) => Checked<S>): S | undefined {
  let value = given;
  for (let round = 0; round < mostRounds; round += 1) {
    const shape = checkShape(value);
    if (shape.ok) return shape.value;
    const wrong = shape.problems.filter(({ reason }) => reason.code !== 'required');
    if (wrong.length === 0) return value as S;
    value = withoutPlaces(
      value,
      wrong.map(({ pointer }) => pointer),
    );
    if (typeof value !== 'object' || value === null) return undefined;
  }
  return undefined;
}

/** An expression names a table or a secret, and these are what is wrong: they may well be there once that is mended. */
const needs: Record<string, string> = { no_code_table: '/codes', no_such_secret: '/secrets' };

function follows({ params }: Reason, told: readonly string[]): boolean {
  const codes = listCodes(params?.detail);
  return codes.some((code) => {
    const place = needs[code];
    return (
      place !== undefined && told.some((pointer) => pointer === place || pointer.startsWith(`${place}/`))
    );
  });
}

/** The codes of a reason and of those inside it. */
function listCodes(reason: unknown): string[] {
  if (typeof reason !== 'object' || reason === null || !('code' in reason)) return [];
  const { code, params } = reason as Reason;
  return [code, ...listCodes(params?.detail)];
}
