import { owingStatuses, runningStatuses } from '../statuses.ts';
import type { Status } from '../vocabulary.ts';
import type { Step, StepKind } from './step.ts';

/** The facts about one kind of step. */
interface StepFacts {
  /**
   * Whose word it is: the assignee's, the complainant's through the origin or the contact centre, or that of the agency
   * which the assignee asked for a contribution.
   */
  by: 'assignee' | 'complainant' | 'asked';
  /** The statuses in which it can be taken. */
  from: readonly Status[];
  /** The status that it leads to. Absent: the same. */
  to?: Status;
  /** Its words are for the other side: boards that know no steps show them as an answer or a follow-up. */
  speaks?: true;
  /** Between agencies alone: no board, no endpoint and no complainant is told. */
  internal?: true;
  /** The article of the Civil Complaints Treatment Act (`Act`) or of its Enforcement Decree (`Decree`). */
  article: string;
}

const ended = ['answered', 'closed', 'rejected'] as const;
/** Cooperation of agencies, with a date for the reply that can be extended once: article 20. */
const cooperation = { from: owingStatuses, internal: true, article: 'Act, article 20' } as const;

/** The one table of steps. */
export const stepFacts: Record<StepKind, StepFacts> = {
  officer_assigned: { by: 'assignee', from: owingStatuses, article: 'Decree, article 13' },
  classified: { by: 'assignee', from: owingStatuses, article: 'Decree, articles 14 to 17' },
  extended: { by: 'assignee', from: owingStatuses, speaks: true, article: 'Decree, article 21' },
  supplement_requested: {
    by: 'assignee',
    from: runningStatuses,
    to: 'supplement_requested',
    speaks: true,
    article: 'Decree, article 24',
  },
  supplement_extended: { by: 'assignee', from: ['supplement_requested'], article: 'Decree, article 24' },
  supplemented: {
    by: 'complainant',
    from: ['supplement_requested'],
    to: 'in_progress',
    speaks: true,
    article: 'Decree, article 24',
  },
  clock_stopped: { by: 'assignee', from: owingStatuses, article: 'Decree, article 20' },
  clock_resumed: { by: 'assignee', from: owingStatuses, article: 'Decree, article 20' },
  survey_extended: { by: 'assignee', from: owingStatuses, article: 'Decree, article 17' },
  transfer_refused: { by: 'assignee', from: runningStatuses, article: 'Decree, article 13' },
  refused: {
    by: 'assignee',
    from: owingStatuses,
    to: 'rejected',
    speaks: true,
    article: 'Act, article 27',
  },
  returned: {
    by: 'assignee',
    from: ['supplement_requested'],
    to: 'rejected',
    speaks: true,
    article: 'Decree, article 25',
  },
  closed: { by: 'assignee', from: ['answered', 'rejected'], to: 'closed', article: 'Act, article 27' },
  reopened: { by: 'assignee', from: ended, to: 'in_progress', article: 'Act, article 27' },
  objected: {
    by: 'complainant',
    from: ['rejected', 'closed'],
    to: 'in_progress',
    speaks: true,
    article: 'Act, article 35',
  },
  objection_decided: { by: 'assignee', from: owingStatuses, speaks: true, article: 'Act, article 35' },
  planned: {
    by: 'assignee',
    from: [...owingStatuses, 'answered'],
    speaks: true,
    article: 'Decree, article 23',
  },
  plan_reviewed: {
    by: 'assignee',
    from: [...owingStatuses, ...ended],
    speaks: true,
    article: 'Decree, article 23',
  },
  /** A matter of several agencies is led by one (복합민원): article 31. */
  part_asked: { by: 'assignee', ...cooperation, article: 'Act, articles 20 and 31' },
  cooperation_asked: { by: 'assignee', ...cooperation },
  contribution_answered: { by: 'asked', ...cooperation },
  contribution_refused: { by: 'asked', ...cooperation },
  contribution_extended: { by: 'asked', ...cooperation },
  contribution_moved: { by: 'assignee', ...cooperation },
  contribution_taken_back: { by: 'assignee', ...cooperation },
  contribution_shared: { by: 'assignee', ...cooperation },
  // What those who filed the joined complaints hear of it, each of these complaints says itself (hub/exchange/joining).
  joined: { by: 'assignee', from: owingStatuses, article: 'Decree, article 6' },
  parted: { by: 'assignee', from: owingStatuses, article: 'Decree, article 6' },
  represented: { by: 'assignee', from: owingStatuses, article: 'Decree, article 8' },
  closed_as_repeat: {
    by: 'assignee',
    from: owingStatuses,
    to: 'closed',
    speaks: true,
    article: 'Act, article 23',
  },
};

/** Whether a step stays between agencies. */
export const isInternalStep = ({ kind }: Pick<Step, 'kind'>): boolean => stepFacts[kind].internal === true;

/** The status after a step. Undefined: the step changes none. */
export function statusAfter(step: Step): Status | undefined {
  if (step.kind === 'objection_decided') return step.outcome === 'dismissed' ? 'rejected' : 'answered';
  return stepFacts[step.kind].to;
}
