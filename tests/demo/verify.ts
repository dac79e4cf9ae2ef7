import { expectedOf, type Facts } from './expected.ts';
import type { Observer } from './observer.ts';
import type { Story } from './story.ts';

/** Everything that is wrong, in words, and the number of each kind. */
export interface Verdict {
  problems: string[];
  counts: { what: string; expected: number; found: number }[];
  /** Mails that were sent again after a crash. Receivers drop them by the Message-ID. */
  repeated: string[];
}

const kinds: [what: string, pattern: RegExp][] = [
  ['complaints on boards', /^\w+ holds it$/],
  ['answers on boards', /^\w+ (answer|interim):/],
  ['follow-ups on boards', /^\w+ followUp:/],
  ['files on boards', /^\w+ file of the /],
  ['withdrawn on boards', /^\w+ status withdrawn$/],
  ['e-mails', /^mail to /],
  ['text messages', /^text to /],
  ['parked for a person', /^parked /],
];

/** Compares the outside with the scenario. `crashed`: an earlier run was killed. */
export function verify(observer: Observer, stories: Story[], crashed: boolean): Verdict {
  const problems: string[] = [];
  const expectedFacts: Facts[] = [];
  for (const story of stories) {
    const { facts, order } = expectedOf(story);
    expectedFacts.push(facts);
    const found = observer.factsOf(story.mark);
    problems.push(...compare(story.mark, facts, found));
    for (const [agency, parts] of order)
      for (const held of observer.orderOn(story.mark, agency))
        if (isShuffled(parts, held))
          problems.push(`out of order: ${story.mark} on ${agency}: ${held.join(' | ')}`);
  }
  const known = new Set(stories.map(({ mark }) => mark));
  const strange = observer.marks().filter((mark) => !known.has(mark));
  for (const mark of strange) problems.push(...compare(mark, new Map(), observer.factsOf(mark)));
  const repeated = observer.repeated();
  if (!crashed) problems.push(...repeated.map((mail) => `doubled: ${mail} (same Message-ID)`));
  const foundFacts = [...known].map((mark) => observer.factsOf(mark));
  const counts = kinds.map(([what, pattern]) => ({
    what,
    expected: count(expectedFacts, pattern),
    found: count(foundFacts, pattern),
  }));
  return { problems, counts, repeated: crashed ? repeated : [] };
}

function compare(mark: string, expected: Facts, found: Facts): string[] {
  const problems: string[] = [];
  for (const fact of new Set([...expected.keys(), ...found.keys()])) {
    const [wanted, there] = [expected.get(fact) ?? 0, found.get(fact) ?? 0];
    if (there < wanted)
      problems.push(`missing: ${mark} ${fact}${wanted > 1 ? ` (${there} of ${wanted})` : ''}`);
    else if (there > wanted && wanted > 0)
      problems.push(`doubled: ${mark} ${fact} (${there} instead of ${wanted})`);
    else if (there > wanted) problems.push(`unexpected: ${mark} ${fact}`);
  }
  return problems;
}

/** True for the same parts in another order. Missing and duplicate parts are reported elsewhere. */
function isShuffled(expected: string[], held: string[]): boolean {
  const sorted = (parts: string[]) => parts.toSorted().join('\n');
  return sorted(expected) === sorted(held) && expected.join('\n') !== held.join('\n');
}

function count(all: Facts[], pattern: RegExp): number {
  const matching = all.flatMap((facts) => [...facts].filter(([fact]) => pattern.test(fact)));
  return matching.reduce((sum, [, times]) => sum + times, 0);
}
