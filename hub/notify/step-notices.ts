import type { StepKind } from '../../schemas/index.ts';
import type { Audience } from '../store/tables/column-types.ts';
import type { TemplateName } from '../templates/template-names.ts';

export interface Rule {
  audience: Audience;
  template: TemplateName;
}

const complainant: Rule = { audience: 'complainant', template: 'step' };
const officers: Rule = { audience: 'officer', template: 'step-came' };
/** Officers of the agency on the other side: contribution-receivers.ts. */
const others: Rule = { audience: 'officer', template: 'contribution' };

/**
 * Who is told of which step. What each notice must say stands beside it, with the article: the step's own schema
 * requires it (schemas/steps/step.ts), `step_text` words it, and template `step` cannot leave it out
 * (hub/templates/template-variables.ts). All name department, officer and contact (Decree, article 31).
 *
 * A refused transfer moves the complaint, and that event is told to the agency that has it then, the arbiter included
 * (Decree, article 13). Who is in charge, and the kind, stand in every notice.
 */
export const stepNotices: Record<StepKind, readonly Rule[]> = {
  officer_assigned: [],
  classified: [],
  /** The reason and the new date (Decree, article 21). */
  extended: [complainant],
  /** What is missing, and until when (Decree, article 24). */
  supplement_requested: [complainant],
  /** The new date (Decree, article 24). */
  supplement_extended: [complainant],
  supplemented: [officers],
  /** The reason (Decree, article 20), and that the clock goes on, with the date. */
  clock_stopped: [complainant],
  clock_resumed: [complainant],
  survey_extended: [complainant],
  transfer_refused: [],
  /** The reasons, and the ways to object (Act, article 27). */
  refused: [complainant],
  /** The reason (Decree, article 25). */
  returned: [complainant],
  /** The reason, where there is one (Act, article 27). */
  closed: [complainant],
  reopened: [complainant],
  objected: [officers],
  /** The decision with its reasons (Act, article 35). */
  objection_decided: [complainant],
  /** The promise with the days of its reviews, and each review (Decree, article 23). */
  planned: [complainant],
  plan_reviewed: [complainant],
  /** What is asked, with the date of the reply, and what became of it (Act, article 20). The complainant hears the one answer. */
  part_asked: [others],
  cooperation_asked: [others],
  contribution_answered: [others],
  contribution_refused: [others],
  contribution_extended: [others],
  contribution_moved: [others],
  contribution_taken_back: [others],
  contribution_shared: [],
  /** Those who filed the joined complaints hear of it by an interim answer to each (hub/exchange/joining). */
  joined: [],
  parted: [],
  represented: [],
  /** That the same was answered twice, the earlier complaints, and the reason (Act, article 23). */
  closed_as_repeat: [complainant],
};

/** Steps of which complainants are told. */
export const stepsToldToComplainants = Object.entries(stepNotices)
  .filter(([, rules]) => rules.some(({ audience }) => audience === 'complainant'))
  .map(([kind]) => kind);
