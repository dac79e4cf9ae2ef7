/** Signs that a board cannot write, each with what is written in its place. */
export type Substitutes = Record<string, string>;

/** The same with every sign replaced, in all of its texts. Pure; without substitutes it is the very same value. */
export function withSubstitutes<T>(value: T, substitutes: Substitutes): T {
  const signs = Object.keys(substitutes);
  if (signs.length === 0) return value;
  const replace = (text: string) =>
    signs.reduce((changed, sign) => changed.replaceAll(sign, () => substitutes[sign] ?? ''), text);
  const walk = (one: unknown): unknown => {
    if (typeof one === 'string') return replace(one);
    if (Array.isArray(one)) return one.map(walk);
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([name, inner]) => [name, walk(inner)]));
  };
  return walk(value) as T;
}
