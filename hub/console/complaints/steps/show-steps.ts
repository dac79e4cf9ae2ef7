import {
  clockGrounds,
  complaintKinds,
  objectionOutcomes,
  type RoutingReason,
  type Step,
  type StepKind,
  stepFacts,
} from '../../../../schemas/index.ts';
import type { User } from '../../../access/people/users.ts';
import type { ClockState } from '../../../clock/statutory-clock.ts';
import { listSecondAnswers } from '../../../complaints/answers/second-answers.ts';
import { readPeers } from '../../../complaints/joining/read-surroundings.ts';
import type { ComplaintFile } from '../../../complaints/reading/read-complaint.ts';
import { withoutTarget } from '../../../complaints/route.ts';
import { listItems, listOpenGrounds } from '../../../complaints/steps/find-step-problems.ts';
import { withUnseen } from '../../../personal/with-personal.ts';
import { maskName } from '../../../words/mask-name.ts';
import type { ConsoleDeps } from '../../visit/console-context.ts';
import type { FormContext } from '../complaint-form.ts';
import { listChoosable, toChoice as toRequestChoice } from '../contributions/show-contributions.ts';
import { clockRulesOf } from './clock-account.ts';
import { listOfficerChoices, toChoice } from './officer-choices.ts';
import { toShownStep } from './shown-step.ts';
import { type StepField, stepFields, stepGroups } from './step-fields.ts';
import { listTaken, toKindNow } from './usable-steps.ts';

/** What the forms of steps need to know of the complaint. */
export async function toFormContext(
  { store, directory }: Pick<ConsoleDeps, 'store' | 'directory'>,
  file: ComplaintFile,
  { unit = 'days' }: ClockState,
): Promise<FormContext> {
  const agency = directory.findAgency(file.assignee);
  const items = listItems(clockRulesOf(directory, file.assignee));
  const agencies = directory.listAgencies().map(({ code }) => code);
  const { group } = await withUnseen(store, (opened) => readPeers(opened.pool, file.id, []));
  const officers = await listOfficerChoices(store, file.assignee, agency);
  const joined = group.map(({ receiptNumber }) => receiptNumber);
  return { officers, items, agencies, unit, group: joined, kind: toKindNow(file) };
}

/** The choice of steps, in groups without those that cannot be taken now. */
export const toStepGroups = (usable: readonly StepKind[]) =>
  Object.entries(stepGroups).flatMap(([name, kinds]) => {
    const steps = kinds.filter((kind) => usable.includes(kind));
    return steps.length > 0 ? [{ name, steps }] : [];
  });

/** The fields of the form of a step, with what can be chosen on this complaint. */
export function toStepFields(kind: StepKind, user: User, file: ComplaintFile, context: FormContext) {
  return stepFields[kind].map((field) => ({
    name: field.name,
    label: field.name === 'amount' ? `step_field.${context.unit}` : field.label,
    kind: field.kind ?? null,
    rows: field.rows ?? null,
    required: field.required ?? false,
    hint: field.hint ?? null,
    // Views refuse a value that is not there.
    known: null,
    ...toOptions(field, kind, file, context),
    ...(field.choices === 'contributions' && {
      options: (listChoosable(kind, user, file) ?? []).map(toRequestChoice),
      words: 'contribution',
    }),
  }));
}

function toOptions({ choices }: StepField, kind: StepKind, file: ComplaintFile, context: FormContext) {
  switch (choices) {
    case 'officers':
      return { options: context.officers.map(({ label }) => label), words: '' };
    case 'items':
      // There may be hundreds, so they are offered while one types.
      return { options: null, words: '', known: context.items };
    case 'kinds':
      return { options: complaintKinds.filter((one) => one !== toKindNow(file)), words: 'kind' };
    case 'grounds': {
      const open: readonly string[] = listOpenGrounds(listTaken(file));
      const isOpen = kind === 'clock_resumed';
      return { options: clockGrounds.filter((one) => open.includes(one) === isOpen), words: 'stop_ground' };
    }
    case 'outcomes':
      return { options: [...objectionOutcomes], words: 'objection_outcome' };
    case 'others':
      return { options: context.agencies.filter((code) => code !== file.assignee), words: 'agency' };
    case 'group':
      return { options: [...context.group, 'all'], words: 'join_group' };
    case 'kept':
      return { options: ['going_on', 'kept'], words: 'plan_kept' };
    default:
      return { options: null, words: '' };
  }
}

/** The events of a complaint, each step with its words. Representatives are persons. */
export const toShownEvents = ({ events }: ComplaintFile, seesPerson: boolean) => {
  const seconds = listSecondAnswers(events);
  return events.map((event) => ({
    ...event,
    ...(event.type === 'assigned' && {
      data: {
        ...event.data,
        reason: withoutTarget(event.data.reason as RoutingReason, String(event.data.to)),
      },
    }),
    isSecond: seconds.has(event.seq),
    ...toSpoken(
      event.type === 'step_taken' || event.type === 'contributed'
        ? toReadable(event.data.step as Step, seesPerson)
        : undefined,
    ),
  }));
};

const toReadable = (step: Step, seesPerson: boolean): Step =>
  step.kind === 'represented' && !seesPerson
    ? { ...step, representatives: step.representatives.map(maskName) }
    : step;

/** A step that speaks stands among the answers and the words of the complainant. */
function toSpoken(step: Step | undefined) {
  if (!step) return { step: null, isSpoken: false, tone: '' };
  const { speaks, by } = stepFacts[step.kind];
  return {
    step: toShownStep(step),
    isSpoken: speaks === true,
    tone: by === 'assignee' ? 'interim_answered' : 'followed_up',
  };
}

/** The person as a choice, where he or she may take the complaint and has not. Null: there is nothing to take. */
export function toTaking(
  user: User,
  file: ComplaintFile,
  usable: readonly StepKind[],
  { directory }: Pick<ConsoleDeps, 'directory'>,
): string | null {
  const isOwn = user.agency === file.assignee && usable.includes('officer_assigned');
  return isOwn && file.officerUser !== user.login
    ? toChoice(user, directory.findAgency(file.assignee)).label
    : null;
}
