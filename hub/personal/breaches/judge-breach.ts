import type { Breach } from './breach.ts';

/** From so many persons on, the authority is told (시행령, article 40, paragraph 1, item 1). */
export const manyPersons = 1_000;
/** Hours after the agency came to know of it (시행령, articles 39 and 40). */
const hours = 72;

export type ReportReason = 'many' | 'sensitive' | 'intrusion';

export interface Duty {
  act: 'told' | 'reported';
  due: Date;
  /** When it was done. Undefined: not yet. */
  doneAt: string | undefined;
  isLate: boolean;
}

/** Why the authority must be told of it (시행령, article 40, paragraph 1). Empty: it need not. */
export function findReportReasons({ facts }: Pick<Breach, 'facts'>, persons: number): ReportReason[] {
  return [
    ...(persons >= manyPersons ? (['many'] as const) : []),
    ...(facts.sensitive ? (['sensitive'] as const) : []),
    ...(facts.intrusion ? (['intrusion'] as const) : []),
  ];
}

/** What is due when: the persons are told (article 39), and where it must be, the authority (article 40). */
export function listDuties(
  breach: Pick<Breach, 'facts' | 'record'>,
  persons: number,
  now = new Date(),
): Duty[] {
  const due = new Date(new Date(breach.facts.knownAt).getTime() + hours * 60 * 60_000);
  const acts: Duty['act'][] = [
    ...(persons > 0 ? (['told'] as const) : []),
    ...(findReportReasons(breach, persons).length > 0 ? (['reported'] as const) : []),
  ];
  return acts.map((act) => {
    const doneAt = breach.record.find((one) => one.act === act)?.at;
    return { act, due, doneAt, isLate: new Date(doneAt ?? now) > due };
  });
}
