import { type ComplaintKind, complaintKinds, type RoutingRule } from '../../../../schemas/index.ts';
import type { FieldProblem } from '../../../web/form-problems.ts';
import type { Typed } from '../../../web/forms.ts';

/** The fields of the form of one rule. Kinds have a box each, named `kind_query` and so on. */
const ruleFields = ['category', 'keyword', 'region', 'origin', 'to', 'note', 'before'] as const;
const lists = ['category', 'keyword', 'region', 'origin'] as const;

export const blankRule: Typed = Object.fromEntries([
  ...ruleFields.map((field) => [field, '']),
  ...complaintKinds.map((kind) => [boxOf(kind), '']),
]);

function boxOf(kind: ComplaintKind): string {
  return `kind_${kind}`;
}

/** The fields that a rule fills. */
export function fromRule({ when, to, note = '' }: RoutingRule): Typed {
  return {
    ...blankRule,
    ...Object.fromEntries(lists.map((field) => [field, (when[field] ?? []).join('\n')])),
    ...Object.fromEntries((when.kind ?? []).map((kind) => [boxOf(kind), 'yes'])),
    to,
    note,
  };
}

/** A rule as typed: one value a line. Problems are by field; without any, the rule has the shape of one. */
export function toRule(typed: Typed): { rule: RoutingRule; problems: Record<string, FieldProblem> } {
  const entries = lists.flatMap((field): [string, string[]][] => {
    const values = toLines(typed[field]);
    return values.length > 0 ? [[field, values]] : [];
  });
  const kinds = complaintKinds.filter((kind) => typed[boxOf(kind)] === 'yes');
  const when: RoutingRule['when'] = {
    ...Object.fromEntries(entries),
    ...(kinds.length > 0 && { kind: kinds }),
  };
  const { to = '', note } = typed;
  return {
    rule: { when, to, ...(note && { note }) },
    problems: {
      ...(Object.keys(when).length === 0 && { category: 'problem.no_condition' }),
      ...(to === '' && { to: 'problem.required' }),
    },
  };
}

const toLines = (text = ''): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
  ),
];
