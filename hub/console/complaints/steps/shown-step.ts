import { isInternalStep, type Officer, type Step } from '../../../../schemas/index.ts';

/** One thing that a step says: words as they are, a word of the vocabulary, or a time. */
interface ShownPart {
  label: string;
  text: string;
  /** The area of the vocabulary that has the word. Empty: the text is shown as it is. */
  area: string;
  at: Date | null;
}

export interface ShownStep {
  kind: Step['kind'];
  parts: ShownPart[];
  by: Officer | null;
}

/** What a step says, part by part, so that each language has its own words for it. */
export function toShownStep(step: Step): ShownStep {
  const own = isInternalStep(step) ? { ...labels, until: 'step_field.reply_by' } : labels;
  const parts = Object.entries(step).flatMap(([name, value]) => toPart(own[name], name, value));
  return { kind: step.kind, parts, by: step.by ?? null };
}

const areas: Record<string, string> = {
  as: 'kind',
  ground: 'stop_ground',
  outcome: 'objection_outcome',
  to: 'agency',
};
/** The names that have a label of their own. Others are told elsewhere, or not at all. */
const labels: Record<string, string> = {
  officer: 'officer.name',
  as: 'complaint.kind',
  item: 'step_field.item',
  days: 'step_field.days',
  hours: 'step_field.hours',
  ground: 'step_field.ground',
  until: 'step_field.until',
  outcome: 'step_field.outcome',
  text: 'form.text',
  reason: 'form.reason',
  reasons: 'step_field.reasons',
  remedies: 'step_field.remedies',
  consent: 'step_field.consent',
  promise: 'step_field.promise',
  reviewOn: 'step_field.review_on',
  kept: 'step_field.kept',
  to: 'step_field.to',
  contribution: 'step_field.contribution_number',
  complaints: 'joining.numbers',
  representatives: 'joining.representatives',
  people: 'joining.people',
  earlier: 'joining.earlier',
};

function toPart(label: string | undefined, name: string, value: unknown): ShownPart[] {
  if (!label || value === undefined || value === '') return [];
  const part = { label, area: areas[name] ?? '', at: null };
  if (name === 'until') return [{ ...part, text: '', at: new Date(String(value)) }];
  if (name === 'officer') return [{ ...part, text: toNames(value as Officer) }];
  if (name === 'kept') return [{ ...part, area: 'plan_kept', text: value ? 'kept' : 'going_on' }];
  return [{ ...part, text: Array.isArray(value) ? value.join(', ') : String(value) }];
}

const toNames = ({ department, name, contact }: Officer): string =>
  [department, name, contact && `(${contact})`].filter(Boolean).join(' ');
