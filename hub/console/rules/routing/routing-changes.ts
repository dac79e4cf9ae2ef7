import type { Routing, RoutingRule } from '../../../../schemas/index.ts';
import { conditionFields, type ShownRule, toShownRules } from './routing-words.ts';

/** What a person did to the rules. */
export interface RuleChange {
  change: 'added' | 'removed' | 'moved';
  rule: ShownRule;
  /** Its number before. Null: it was not there. */
  before: number | null;
  /** Its number after. Null: it is gone. */
  after: number | null;
}

/** The difference between two routings in rules, so that one put in front does not look like a change of all others. */
export function compareRules(before: Routing, after: Routing): RuleChange[] {
  const [old, fresh] = [toShownRules(before), toShownRules(after)];
  const partners = pairRules(before.rules, after.rules);
  const kept = longestRising(partners);
  const changes = fresh.flatMap((rule, at): RuleChange[] => {
    const partner = partners[at] ?? null;
    if (partner === null) return [{ change: 'added', rule, before: null, after: at + 1 }];
    return kept.has(at) ? [] : [{ change: 'moved', rule, before: partner + 1, after: at + 1 }];
  });
  const paired = new Set(partners);
  const gone = old.filter((_, at) => !paired.has(at));
  return [
    ...gone.map((rule): RuleChange => ({ change: 'removed', rule, before: rule.number, after: null })),
    ...changes,
  ];
}

/** For each new rule, the place of an equal one before. Null: there is none, or it has a partner already. */
function pairRules(before: RoutingRule[], after: RoutingRule[]): (number | null)[] {
  const free = new Map<string, number[]>();
  // The last first, so that the first is at hand.
  for (let at = before.length - 1; at >= 0; at -= 1) {
    const mark = toMark(before[at] as RoutingRule);
    const places = free.get(mark);
    if (places) places.push(at);
    else free.set(mark, [at]);
  }
  return after.map((rule) => free.get(toMark(rule))?.pop() ?? null);
}

/** Equal for equal rules, in whichever order their parts stand. Thousands of rules are compared at once. */
const toMark = ({ when, to, note }: RoutingRule): string =>
  JSON.stringify([to, note, ...conditionFields.map((field) => when[field])]);

/** The places of the longest part whose partners rise: these rules kept their order, and the others were moved. */
function longestRising(partners: (number | null)[]): Set<number> {
  const best: { length: number; previous: number }[] = [];
  let last = -1;
  for (const [at, partner] of partners.entries()) {
    let [length, previous] = [partner === null ? 0 : 1, -1];
    for (let n = 0; partner !== null && n < at; n += 1) {
      const other = partners[n] ?? null;
      if (other !== null && other < partner && (best[n]?.length ?? 0) + 1 > length)
        [length, previous] = [(best[n]?.length ?? 0) + 1, n];
    }
    best.push({ length, previous });
    if (length > (best[last]?.length ?? 0)) last = at;
  }
  const kept = new Set<number>();
  for (let at = last; at >= 0; at = best[at]?.previous ?? -1) kept.add(at);
  return kept;
}
