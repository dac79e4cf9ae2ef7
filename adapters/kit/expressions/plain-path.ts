/**
 * An expression that is names joined by dots (`posts`, `result.id`), as most are that say where a reply holds its rows and
 * ids. Reading it takes no time that could run away, so it needs no thread. JSONata's words are no names.
 */
export function toPlainPath(source: string): string[] | undefined {
  const names = source.trim().split('.');
  return names.every((name) => /^[A-Za-z_]\w*$/.test(name) && !words.has(name)) ? names : undefined;
}

const words = new Set(['and', 'or', 'in', 'true', 'false', 'null']);

/** Stands for what is not decided here: JSONata maps a path over the items of a list. */
export const notPlain = Symbol('not plain');

/** What JSONata finds there; {@link notPlain} where it would be no text, number or truth value of objects alone. */
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
