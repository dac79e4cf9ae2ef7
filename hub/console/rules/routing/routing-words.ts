import type { Routing, RoutingRule } from '../../../../schemas/index.ts';
import type { ConditionField } from '../../../complaints/route.ts';

/** A rule as a page lists it. */
export interface ShownRule {
  /** From 1. */
  number: number;
  conditions: { field: ConditionField; values: string[] }[];
  to: string;
  note: string | null;
}

/** In the order in which the forms ask for them. */
export const conditionFields = ['category', 'keyword', 'region', 'kind', 'origin'] as const;

export const toShownRules = ({ rules }: Routing): ShownRule[] =>
  rules.map((rule, index) => ({
    number: index + 1,
    conditions: toConditions(rule),
    to: rule.to,
    note: rule.note ?? null,
  }));

const toConditions = ({ when }: RoutingRule): ShownRule['conditions'] =>
  conditionFields.flatMap((field) => {
    const values = when[field];
    return values ? { field, values } : [];
  });
