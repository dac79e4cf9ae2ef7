import type { BreachFacts } from '../../../personal/breaches/breach.ts';
import type { Typed } from '../../../web/forms.ts';

export const breachFields = [
  ...['title', 'knownAt', 'from', 'to', 'actors', 'addresses', 'agencies', 'intrusion', 'sensitive'],
  ...['happened', 'advice', 'measures', 'contact'],
] as const;

const required = ['title', 'happened', 'advice', 'measures', 'contact'] as const;
const longest = 5_000;

/** What the form says, or what is wrong with it, by field. */
export function readBreach(
  typed: Typed,
  knownAgencies: readonly string[],
  now = new Date(),
): { facts: BreachFacts } | { problems: Record<string, string> } {
  const problems: Record<string, string> = {};
  const textOf = (name: string) => (typed[name] ?? '').trim();
  for (const name of required) {
    if (textOf(name) === '') problems[name] = 'problem.required';
    else if ([...textOf(name)].length > longest) problems[name] = 'breach.too_long';
  }
  const timeOf = (name: 'knownAt' | 'from' | 'to'): string => {
    const at = toInstant(textOf(name));
    if (!at) problems[name] = textOf(name) === '' ? 'problem.required' : 'breach.time_shape';
    else if (name === 'knownAt' && at > now) problems[name] = 'breach.in_future';
    return at?.toISOString() ?? '';
  };
  const [knownAt, from, to] = (['knownAt', 'from', 'to'] as const).map(timeOf) as [string, string, string];
  if (!problems.from && !problems.to && from >= to) problems.to = 'breach.order';
  const [actors, addresses, agencies] = (['actors', 'addresses', 'agencies'] as const).map((name) =>
    toList(textOf(name)),
  ) as [string[], string[], string[]];
  if (actors.length + addresses.length + agencies.length === 0) problems.actors = 'breach.nobody';
  if (agencies.some((code) => !knownAgencies.includes(code))) problems.agencies = 'breach.agency_unknown';
  if (Object.keys(problems).length > 0) return { problems };
  const flags = { intrusion: typed.intrusion === 'yes', sensitive: typed.sensitive === 'yes' };
  const [title, happened, advice, measures, contact] = required.map(textOf) as [
    string,
    string,
    string,
    string,
    string,
  ];
  return {
    facts: {
      title,
      knownAt,
      from,
      to,
      actors,
      addresses,
      agencies,
      ...flags,
      happened,
      advice,
      measures,
      contact,
    },
  };
}

/** The values of the form of what is known. */
export function toBreachForm(facts: BreachFacts): Record<string, string> {
  const { actors, addresses, agencies, intrusion, sensitive, knownAt, from, to, ...texts } = facts;
  return {
    ...texts,
    knownAt: toTyped(knownAt),
    from: toTyped(from),
    to: toTyped(to),
    actors: actors.join('\n'),
    addresses: addresses.join('\n'),
    agencies: agencies.join('\n'),
    intrusion: intrusion ? 'yes' : '',
    sensitive: sensitive ? 'yes' : '',
  };
}

/** One a line, or with commas between. A key of a program has a space in its name. */
const toList = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\n,]/)
      .map((one) => one.trim())
      .filter((one) => one !== ''),
  ),
];

/** 2026-11-30 14:05, in Korean time. */
function toInstant(text: string): Date | undefined {
  const [, day, time] = /^(20\d\d-\d\d-\d\d)[ T](\d\d:\d\d)$/.exec(text) ?? [];
  if (!day || !time) return undefined;
  const at = new Date(`${day}T${time}:00+09:00`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

const nineHours = 9 * 60 * 60_000;
const toTyped = (at: string): string =>
  new Date(new Date(at).getTime() + nineHours).toISOString().slice(0, 16).replace('T', ' ');
