/**
 * Reads an expression that consists only of names joined by dots (`posts`, `result.id`). Most expressions for rows and
 * ids are such paths. Reading a path cannot run too long, so it needs no thread. JSONata's reserved words are no names.
 */
export function toPlainPath(source: string): string[] | undefined {
  const names = source.trim().split('.');
  return names.every((name) => /^[A-Za-z_]\w*$/.test(name) && !words.has(name)) ? names : undefined;
}

const words = new Set(['and', 'or', 'in', 'true', 'false', 'null']);

/** Says that this file cannot decide the result. JSONata maps a path over the items of a list. */
export const notPlain = Symbol('not plain');

/**
 * Reads what JSONata would find there. {@link notPlain}: the way leads through more than objects, or the result is no
 * text, number or truth value.
 */
export function readPlainPath(names: readonly string[], input: unknown): unknown {
  let at = input;
  for (const name of names) {
    if (typeof at !== 'object' || at === null) return undefined;
    if (Array.isArray(at)) return notPlain;
    at = Object.hasOwn(at, name) ? (at as Record<string, unknown>)[name] : undefined;
  }
  const isDecided = at === undefined || at === null || ['string', 'number', 'boolean'].includes(typeof at);
  return isDecided ? at : notPlain;
}
