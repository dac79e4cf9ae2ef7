import type { Agency } from '../../../schemas/index.ts';
import { explainPlace, listPlaces } from './places.ts';

/** Where titles stand in posts that no expression converts: canonical ones, and mails. In lower case. */
const usualNames: ReadonlySet<string> = new Set(['title', 'subject']);
/** How deep a title is looked for. */
const mostDepth = 4;
/** Characters. */
const longest = 120;

/** The names that the title is made of. They follow from the configuration, which never changes once it is read. */
const known = new WeakMap<object, string[]>();

/**
 * The title of a post that could not be converted: what the agency's expression for the title reads, if the post has it.
 * Undefined: nothing in it is known to be its title.
 */
export function findRawTitle(agency: Pick<Agency, 'board'> | undefined, body: string): string | undefined {
  const raw = toJson(body);
  const named = agency ? listTitleNames(agency).flatMap((name) => findText(raw, name)) : [];
  const title = (named[0] ?? findUsual(raw, mostDepth))?.replace(/\s+/g, ' ').trim();
  if (!title) return undefined;
  const signs = [...title];
  return signs.length > longest ? `${signs.slice(0, longest).join('')}…` : title;
}

function listTitleNames(agency: Pick<Agency, 'board'>): string[] {
  const place = listPlaces(agency).find(({ reads }) => reads === 'post');
  const cached = known.get(agency);
  if (cached || !place) return cached ?? [];
  const field = explainPlace(agency, place, []).fields.find(({ pointer }) => pointer === '/content/title');
  const names = field?.reads ?? [];
  known.set(agency, names);
  return names;
}

/** The first text at the end of a path of names. */
function findText(raw: unknown, path: string): string[] {
  const found = path
    .split('.')
    .reduce<unknown[]>((values, name) => values.flatMap((one) => step(one, name)), [raw]);
  const text = found.find((one) => typeof one === 'string');
  return typeof text === 'string' ? [text] : [];
}

function step(value: unknown, name: string): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => step(item, name));
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return [];
  return [(value as Record<string, unknown>)[name]].flat();
}

/** The first text under a usual name, the outer ones first. */
function findUsual(value: unknown, depth: number): string | undefined {
  if (typeof value !== 'object' || value === null || depth === 0) return undefined;
  const own = Object.entries(value).find(
    ([name, one]) => usualNames.has(name.toLowerCase()) && typeof one === 'string',
  );
  if (own) return own[1] as string;
  for (const one of Object.values(value)) {
    const inner = findUsual(one, depth - 1);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function toJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
