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
const keepWithOrigin = 'origin';
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
  const rules = routing.rules.map((rule, index) => ({
    ...rule,
    number: index + 1,
    conditions: toConditions(rule),
  }));
  return (content, origin) => {
    const subject = toSubject(content, origin);
    const decide = (to: string, rule: string, why: string): Routed => ({
      to: to === keepWithOrigin ? origin : to,
      reason: { rule, text: `${why} → ${to === keepWithOrigin ? `${originWord} ${origin}` : to}` },
    });
    for (const rule of rules) {
      const matched = matchAll(rule.conditions, subject);
      if (matched) return decide(rule.to, String(rule.number), `규칙 ${rule.number}: ${matched.join(', ')}`);
    }
    return decide(routing.default, 'default', '맞는 규칙이 없어 기본 기관으로');
  };
}

/** A complaint as the conditions see it. Its text is folded at first use. */
interface Subject {
  category: string;
  region: string;
  origin: string;
  kind: string;
  text(): string;
}

/** Says in words what holds. Undefined: the condition does not hold. */
type Condition = (subject: Subject) => string | undefined;

function toConditions({ when }: RoutingRule): Condition[] {
  const equal = (field: 'category' | 'region', label: string, values: string[] | undefined) =>
    toCondition(label, values, fold, (subject, value) => subject[field] === value);
  return [
    toCondition(originWord, when.origin, String, (subject, value) => subject.origin === value),
    toCondition(
      '종류',
      when.kind,
      String,
      (subject, value) => subject.kind === value,
      (kind) => toWord('kind', kind as ComplaintKind, 'ko'),
    ),
    equal('category', '분류', when.category),
    equal('region', '지역', when.region),
    // This condition comes last, because only it reads the whole text.
    toCondition('검색어', when.keyword, fold, (subject, value) => subject.text().includes(value)),
  ].filter((condition) => condition !== undefined);
}

function toCondition(
  label: string,
  values: string[] | undefined,
  prepare: (value: string) => string,
  holds: (subject: Subject, value: string) => boolean,
  show: (value: string) => string = String,
): Condition | undefined {
  const prepared = values?.map((value) => ({ value: prepare(value), text: `${label} '${show(value)}'` }));
  return prepared && ((subject) => prepared.find(({ value }) => holds(subject, value))?.text);
}

function matchAll(conditions: Condition[], subject: Subject): string[] | undefined {
  const matched: string[] = [];
  for (const condition of conditions) {
    const text = condition(subject);
    if (text === undefined) return undefined;
    matched.push(text);
  }
  return matched;
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
