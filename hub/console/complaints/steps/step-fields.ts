import type { StepKind } from '../../../../schemas/index.ts';

/** A field of the form of a step, as the view draws it. */
export interface StepField {
  name: string;
  /** The key of its label. */
  label: string;
  kind?: 'textarea' | 'date' | 'number';
  rows?: number;
  required?: boolean;
  /** The key of a hint. */
  hint?: string;
  /** What can be chosen: of the vocabulary, or what the complaint allows now. */
  choices?:
    | 'items'
    | 'officers'
    | 'kinds'
    | 'grounds'
    | 'outcomes'
    | 'kept'
    | 'others'
    | 'contributions'
    | 'group';
}

const reason: StepField = { name: 'reason', label: 'form.reason', kind: 'textarea', rows: 3, required: true };
const words = (name: string, label: string): StepField => ({
  name,
  label,
  kind: 'textarea',
  rows: 5,
  required: true,
});
const ground: StepField = {
  name: 'ground',
  label: 'step_field.ground',
  choices: 'grounds',
  required: true,
};

const askedAgency: StepField = { name: 'to', label: 'step_field.to', choices: 'others', required: true };
const replyBy: StepField = { name: 'until', label: 'step_field.reply_by', kind: 'date', required: true };
const contribution: StepField = {
  name: 'contribution',
  label: 'step_field.contribution',
  choices: 'contributions',
  required: true,
};

/**
 * The fields of each step, the first being the one that what is wrong with the step as a whole is told at. Their names
 * are those of the step, but for those that people write otherwise than programs (step-forms.ts).
 */
export const stepFields: Record<StepKind, StepField[]> = {
  officer_assigned: [{ name: 'person', label: 'officer.name', choices: 'officers', required: true }],
  classified: [
    { name: 'as', label: 'complaint.kind', choices: 'kinds', required: true },
    { name: 'item', label: 'step_field.item', hint: 'step_field.item_hint', choices: 'items' },
    reason,
  ],
  extended: [
    { name: 'amount', label: 'step_field.amount', kind: 'number', required: true },
    reason,
    { name: 'consent', label: 'step_field.consent', hint: 'step_field.consent_hint' },
  ],
  supplement_requested: [
    words('text', 'step_field.demand'),
    { name: 'until', label: 'step_field.until', kind: 'date' },
  ],
  supplement_extended: [
    { name: 'until', label: 'step_field.until', kind: 'date', required: true },
    { name: 'reason', label: 'form.reason', kind: 'textarea', rows: 3 },
  ],
  supplemented: [words('text', 'form.text')],
  clock_stopped: [ground, reason],
  clock_resumed: [ground],
  survey_extended: [reason],
  transfer_refused: [reason],
  refused: [words('reasons', 'step_field.reasons'), words('remedies', 'step_field.remedies')],
  returned: [reason],
  closed: [{ name: 'reason', label: 'form.reason', kind: 'textarea', rows: 3 }],
  reopened: [reason],
  objected: [words('text', 'form.text')],
  objection_decided: [
    { name: 'outcome', label: 'step_field.outcome', choices: 'outcomes', required: true },
    words('text', 'form.text'),
  ],
  planned: [
    words('promise', 'step_field.promise'),
    {
      name: 'reviewOn',
      label: 'step_field.review_on',
      kind: 'textarea',
      rows: 2,
      required: true,
      hint: 'step_field.review_on_hint',
    },
  ],
  plan_reviewed: [
    words('text', 'form.text'),
    { name: 'kept', label: 'step_field.kept', choices: 'kept', required: true },
  ],
  part_asked: [askedAgency, words('text', 'step_field.asked'), replyBy],
  cooperation_asked: [askedAgency, words('text', 'step_field.asked'), replyBy],
  contribution_answered: [contribution, words('text', 'step_field.reply')],
  contribution_refused: [contribution, reason],
  contribution_extended: [contribution, replyBy, reason],
  contribution_moved: [
    contribution,
    askedAgency,
    { ...replyBy, required: false, hint: 'step_field.reply_by_same' },
    reason,
  ],
  contribution_taken_back: [contribution, reason],
  contribution_shared: [contribution],
  joined: [
    {
      name: 'complaints',
      label: 'joining.more',
      kind: 'textarea',
      rows: 3,
      hint: 'joining.numbers_hint',
    },
    reason,
  ],
  parted: [{ name: 'complaints', label: 'joining.part', choices: 'group', required: true }, reason],
  represented: [
    {
      name: 'representatives',
      label: 'joining.representatives',
      kind: 'textarea',
      rows: 3,
      required: true,
      hint: 'joining.representatives_hint',
    },
    { name: 'people', label: 'joining.people', kind: 'number', hint: 'joining.people_hint' },
  ],
  closed_as_repeat: [
    {
      name: 'earlier',
      label: 'joining.earlier',
      kind: 'textarea',
      rows: 3,
      required: true,
      hint: 'joining.earlier_hint',
    },
    reason,
  ],
};

/** The steps in groups, as the choice of steps shows them. */
export const stepGroups: Record<string, StepKind[]> = {
  deadline: [
    'extended',
    'supplement_requested',
    'supplement_extended',
    'supplemented',
    'clock_stopped',
    'clock_resumed',
    'survey_extended',
  ],
  work: ['officer_assigned', 'classified', 'refused', 'returned', 'closed', 'reopened'],
  transfer: ['transfer_refused'],
  joining: ['joined', 'parted', 'represented', 'closed_as_repeat'],
  objection: ['objected', 'objection_decided'],
  plan: ['planned', 'plan_reviewed'],
  asking: [
    'part_asked',
    'cooperation_asked',
    'contribution_moved',
    'contribution_taken_back',
    'contribution_shared',
  ],
  contributing: ['contribution_answered', 'contribution_refused', 'contribution_extended'],
};
