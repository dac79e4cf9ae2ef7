import type { Problem } from '../../schemas/index.ts';
import { phrases, type ReasonCode } from './phrases.ts';

/** A reason that the hub or the kit gave, by its code. */
export interface Reason {
  code: ReasonCode;
  params: Record<string, string>;
}

/** Longer texts than any reason are a board's own. */
const longest = 2000;
const asPattern = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * Those that begin with words of their own first, for what begins with a parameter fits their details too; then those with
 * more such words: `must be {type}` fits much.
 */
const readers = (Object.entries(phrases) as [ReasonCode, readonly [string, string]][])
  .map(([code, [, english]]) => ({
    code,
    isOpen: english.startsWith('{'),
    own: english.replace(/\{\w+\}/g, '').length,
    names: [...english.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name),
    pattern: new RegExp(
      `^${english
        .split(/\{\w+\}/)
        .map(asPattern)
        .join('(.+?)')}$`,
      's',
    ),
  }))
  .sort((a, b) => Number(a.isOpen) - Number(b.isOpen) || b.own - a.own);

/**
 * The code and the parameters of a reason as it is kept. Reasons are texts in several tables, of adapters too that
 * others wrote; undefined: nobody's here, a board's own words.
 */
export function readReason(text: string): Reason | undefined {
  if (text.length > longest) return undefined;
  for (const { code, names, pattern } of readers) {
    const found = pattern.exec(text);
    if (found)
      return { code, params: Object.fromEntries(names.map((name, n) => [name, found[n + 1] ?? ''])) };
  }
  return undefined;
}

/** A reason in Korean; undefined where none of its parts is known. Parts are joined by `; `, each with its place. */
export function phraseReason(text: string): string | undefined {
  const known = phraseOne(text);
  if (known !== undefined) return known;
  const parts = text.split('; ');
  const phrased = parts.map(phrasePart);
  if (phrased.every((one) => one === undefined)) return undefined;
  return phrased.map((one, n) => one ?? parts[n]).join('; ');
}

function phrasePart(part: string): string | undefined {
  if (part.length > longest) return undefined;
  const known = phraseOne(part);
  if (known !== undefined) return known;
  // `/content/title is required`, `push.answered: …`
  const [, place, rest = ''] = /^(\/\S*?:? |(?:push|attachments)\.\w+: )(.+)$/s.exec(part) ?? [];
  const phrased = place === undefined ? undefined : phraseReason(rest);
  return phrased === undefined ? undefined : `${place}${phrased}`;
}

function phraseOne(text: string): string | undefined {
  const reason = readReason(text);
  if (!reason) return undefined;
  const { code, params } = reason;
  return phrases[code][0].replace(/\{(\w+)\}/g, (_all, name: string) => {
    const value = params[name] ?? '';
    return name === 'detail' ? (phraseReason(value) ?? value) : value;
  });
}

/** Two checks may find the same: each place once, with every different reason. */
export function collapseProblems(problems: Problem[]): Problem[] {
  const known = new Set<string>();
  return problems.filter((problem) => {
    const mark = JSON.stringify(problem);
    return known.has(mark) ? false : Boolean(known.add(mark));
  });
}
