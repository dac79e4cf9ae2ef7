import type {
  ComplaintContent,
  ComplaintKind,
  Routing,
  RoutingReason,
  RoutingRule,
} from '../../schemas/index.ts';
import { toWord } from '../words/vocabulary.ts';

export interface Routed {
  /** Code of the agency that should answer. */
  to: string;
  reason: RoutingReason;
}
type Router = (content: ComplaintContent, origin: string) => Routed;

/** The word in a rule that leaves a complaint with the agency that took it in. */
export const keepWithOrigin = 'origin';
const originWord = toWord('link_role', 'origin', 'ko');

const routers = new WeakMap<Routing, Router>();

/** Chooses the agency that should answer, and says why: the first rule that holds, otherwise the default. Pure. */
export function route(content: ComplaintContent, origin: string, routing: Routing): Routed {
  const router = routers.get(routing) ?? createRouter(routing);
  routers.set(routing, router);
  return router(content, origin);
}

/** Prepares the rules once, for the many complaints that follow. */
export function createRouter(routing: Routing): Router {
  const rules = toPrepared(routing);
  return (content, origin) => {
    const subject = toSubject(content, origin);
    const decide = (to: string, rule: string, why: string): Routed => ({
      to: to === keepWithOrigin ? origin : to,
      reason: { rule, text: `${why}${toTarget(to, origin)}` },
    });
    for (const rule of rules) {
      const met = meetAll(rule.conditions, subject);
      if (met)
        return decide(rule.to, String(rule.number), `규칙 ${rule.number}: ${met.map(word).join(', ')}`);
    }
    return decide(routing.default, 'default', '맞는 규칙이 없어 기본 기관으로');
  };
}

const toTarget = (to: string, origin: string): string =>
  ` → ${to === keepWithOrigin ? `${originWord} ${origin}` : to}`;

/** The reason without the code of the agency at its end, for a page that names the agency beside it. */
export function withoutTarget(reason: RoutingReason, to: string): RoutingReason {
  const end = [toTarget(to, to), toTarget(keepWithOrigin, to)].find((one) => reason.text.endsWith(one));
  return end ? { ...reason, text: reason.text.slice(0, -end.length) } : reason;
}

/** One rule, as it stands to a complaint. */
export interface TriedRule {
  /** From 1. */
  number: number;
  /** Where the complaint would go by this rule: `origin` is replaced by the agency. */
  to: string;
  /** The conditions that hold, each with the value that did it. */
  met: Met[];
  /** The conditions that do not hold. Empty: the rule holds. */
  unmet: ConditionField[];
}

/** How every rule stands to a complaint. The first that holds decides; the others would, if it were not there. Pure. */
export function tryRules(content: ComplaintContent, origin: string, routing: Routing): TriedRule[] {
  const subject = toSubject(content, origin);
  return toPrepared(routing).map(({ number, to, conditions }) => {
    const judged = conditions.map(({ field, meet }) => ({ field, met: meet(subject) }));
    return {
      number,
      to: to === keepWithOrigin ? origin : to,
      met: judged.flatMap(({ met }) => met ?? []),
      unmet: judged.flatMap(({ field, met }) => (met ? [] : field)),
    };
  });
}

const toPrepared = (routing: Routing) =>
  routing.rules.map((rule, index) => ({ ...rule, number: index + 1, conditions: toConditions(rule) }));

/** A complaint as the conditions see it. Its text is folded at first use. */
interface Subject {
  category: string;
  region: string;
  origin: string;
  kind: string;
  text(): string;
}

export type ConditionField = keyof RoutingRule['when'];

/** What of a complaint met a condition. */
interface Met {
  field: ConditionField;
  /** The value as the rule has it. */
  value: string;
}

interface Condition {
  field: ConditionField;
  /** Undefined: the condition does not hold. */
  meet(subject: Subject): Met | undefined;
}

function toConditions({ when }: RoutingRule): Condition[] {
  return [
    toCondition('origin', when.origin, String, (subject, value) => subject.origin === value),
    toCondition('kind', when.kind, String, (subject, value) => subject.kind === value),
    toCondition('category', when.category, fold, (subject, value) => subject.category === value),
    toCondition('region', when.region, fold, (subject, value) => subject.region === value),
    // This condition comes last, because only it reads the whole text.
    toCondition('keyword', when.keyword, fold, (subject, value) => subject.text().includes(value)),
  ].filter((condition) => condition !== undefined);
}

function toCondition(
  field: ConditionField,
  values: string[] | undefined,
  prepare: (value: string) => string,
  holds: (subject: Subject, value: string) => boolean,
): Condition | undefined {
  const prepared = values?.map((value) => ({ value: prepare(value), met: { field, value } }));
  return prepared && { field, meet: (subject) => prepared.find(({ value }) => holds(subject, value))?.met };
}

const labels: Record<ConditionField, string> = {
  origin: originWord,
  kind: '종류',
  category: '분류',
  region: '지역',
  keyword: '검색어',
};

/** Says in words what holds. */
const word = ({ field, value }: Met): string =>
  `${labels[field]} '${field === 'kind' ? toWord('kind', value as ComplaintKind, 'ko') : value}'`;

function meetAll(conditions: Condition[], subject: Subject): Met[] | undefined {
  const met: Met[] = [];
  for (const { meet } of conditions) {
    const one = meet(subject);
    if (one === undefined) return undefined;
    met.push(one);
  }
  return met;
}

function toSubject(content: ComplaintContent, origin: string): Subject {
  let text: string | undefined;
  return {
    category: fold(content.category ?? ''),
    region: fold(content.region ?? ''),
    origin,
    kind: content.kind,
    text() {
      // The line break keeps a word from matching across the end of the title.
      text ??= `${fold(content.title)}\n${fold(content.body)}`;
      return text;
    },
  };
}

/**
 * Boards space and compose the same Korean word differently. So texts are compared without spaces and letter case, in
 * NFC.
 */
function fold(text: string): string {
  return text.normalize('NFC').toLowerCase().replace(/\s+/g, '');
}
