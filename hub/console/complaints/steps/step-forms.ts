import {
  type AttachmentReference,
  type Post,
  type Step,
  type StepKind,
  stepFacts,
  stepKinds,
} from '../../../../schemas/index.ts';
import type { Action } from '../../../access/people/rights.ts';
import type { Typed } from '../../../web/forms.ts';
import type { ComplaintForm, FormContext } from '../complaint-form.ts';
import { toAttachments, toOfficer } from '../complaint-form.ts';
import { fromChoice } from '../contributions/show-contributions.ts';
import { stepFields } from './step-fields.ts';

export type StepFormName = `step-${StepKind}`;

/** The step whose form has this name. Undefined: it is another form. */
export const toStepKind = (form: string): StepKind | undefined =>
  stepKinds.find((kind) => form === `step-${kind}`);

/** The right that a person needs for a step. */
export const actionOf = (kind: StepKind): Action =>
  (({ assignee: 'answer', complainant: 'follow_up', asked: 'contribute' }) as const)[stepFacts[kind].by];

/** Others hear of these, so the person is asked once more: what speaks to the complainant, and what moves it elsewhere. */
const asksFirst = (kind: StepKind): boolean =>
  stepFacts[kind].by === 'assignee' &&
  (stepFacts[kind].speaks === true || kind === 'transfer_refused' || tellsJoined(kind));

/** The complainants of the joined complaints hear of it, each by the own complaint. */
const tellsJoined = (kind: StepKind): boolean => kind === 'joined' || kind === 'parted';

/** What people are told of must name who wrote it (Enforcement Decree, article 31), and so a reply to another agency. */
const namesOfficer = (kind: StepKind): boolean =>
  kind === 'contribution_answered' || (asksFirst(kind) && kind !== 'transfer_refused');

/** What people write otherwise than programs. */
const placesOfTyped = {
  '/steps/0/officer': 'person',
  '/steps/0/days': 'amount',
  '/steps/0/hours': 'amount',
  '/steps/0/by': 'officer',
  '/steps/0/by/department': 'department',
  '/steps/0/by/contact': 'contact',
};

/** The forms of the steps of the law, one each, by the last part of their URL. */
export const stepForms = Object.fromEntries(
  stepKinds.map((kind) => [`step-${kind}`, toForm(kind)]),
) as Record<StepFormName, ComplaintForm>;

function toForm(kind: StepKind): ComplaintForm {
  const fields = stepFields[kind].map(({ name }) => name);
  const takesFiles = kind === 'supplemented' || kind === 'objected' || kind === 'contribution_answered';
  return {
    action: actionOf(kind),
    blank: (user, phone) => ({
      ...Object.fromEntries(fields.map((name) => [name, ''])),
      ...(namesOfficer(kind) && { department: '', officer: user.name, contact: phone }),
    }),
    toPost: (typed, files, context): Post => ({ steps: [toStep(kind, typed, files, context)] }),
    ...(takesFiles && { takesFiles }),
    ...(asksFirst(kind) && { asksFirst: true as const }),
    places: {
      '/steps/0': fields[0] ?? 'reason',
      ...Object.fromEntries(fields.map((name) => [`/steps/0/${name}`, name])),
      ...placesOfTyped,
    },
  };
}

/** The step that was typed. What is missing or wrong in it, the schema and the law say (schemas/steps). */
function toStep(kind: StepKind, typed: Typed, files: AttachmentReference[], context: FormContext): Step {
  const said = Object.fromEntries(
    stepFields[kind].flatMap(({ name }) => {
      const value = [typed[name] ?? '', ...(name === 'complaints' ? listPicked(typed) : [])]
        .join('\n')
        .trim();
      return value === '' ? [] : Object.entries(toValue(name, value, context));
    }),
  );
  const by = namesOfficer(kind) ? toOfficer(typed) : {};
  return {
    kind,
    ...said,
    ...toAttachments(files),
    ...(Object.keys(by).length > 0 && { by }),
  } as Step;
}

/** Suggested complaints that were ticked: each is a field of its own, with the number in its name. */
const listPicked = (typed: Typed): string[] =>
  Object.entries(typed).flatMap(([name, value]) =>
    name.startsWith('pick-') && value === '1' ? name.slice('pick-'.length) : [],
  );

const toNumbers = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean);

function toValue(name: string, value: string, { officers, unit, group }: FormContext): object {
  switch (name) {
    case 'person': {
      const choice = officers.find(({ label }) => label === value);
      return choice ? { officer: choice.officer, ...(choice.user && { user: choice.user }) } : {};
    }
    case 'amount':
      return { [unit]: /^\d{1,3}$/.test(value) ? Number(value) : 0 };
    case 'until':
      // A day that is given lasts until its end.
      return { until: `${value}T23:59:59+09:00` };
    case 'reviewOn':
      return { reviewOn: value.split(/[\s,]+/).filter(Boolean) };
    case 'contribution':
      return { contribution: fromChoice(value) };
    case 'complaints':
      return { complaints: value === 'all' ? [...group] : [...new Set(toNumbers(value))] };
    case 'earlier':
      return { earlier: [...new Set(toNumbers(value))] };
    case 'representatives':
      return { representatives: value.split(/[\n,]/).flatMap((text) => text.trim() || []) };
    case 'people':
      return { people: /^\d{1,7}$/.test(value) ? Number(value) : 0 };
    case 'kept':
      return { kept: value === 'kept' };
    default:
      return { [name]: value };
  }
}
