import {
  type ComplaintKind,
  type Step,
  type StepKind,
  stepFacts,
  stepKinds,
} from '../../../../schemas/index.ts';
import { may } from '../../../access/people/rights.ts';
import type { User } from '../../../access/people/users.ts';
import type { ComplaintFile } from '../../../complaints/reading/read-complaint.ts';
import { listOpenGrounds } from '../../../complaints/steps/find-step-problems.ts';
import { toSubject } from '../complaint-file.ts';
import { listChoosable } from '../contributions/show-contributions.ts';
import { actionOf } from './step-forms.ts';

/**
 * The steps that this person may take on this complaint as it is now: by right, by status, and by what happened before.
 * What else the law asks for depends on what is typed, and is said when the form is sent.
 */
export function listUsableSteps(user: User, file: ComplaintFile): StepKind[] {
  const subject = toSubject(file);
  const taken = listTaken(file);
  return stepKinds.filter((kind) => {
    const { from } = stepFacts[kind];
    if (!from.includes(file.status) || !may(user, actionOf(kind), subject)) return false;
    const requests = listChoosable(kind, user, file);
    return requests ? requests.length > 0 : hasCause(kind, file, taken);
  });
}

/** The steps taken so far, oldest first. */
export const listTaken = ({ events }: ComplaintFile): Step[] =>
  events.flatMap(({ type, data }) => (type === 'step_taken' ? [data.step as Step] : []));

/** The kind of a complaint: as its agency classified it, otherwise as it was filed. */
export const toKindNow = (file: ComplaintFile, taken = listTaken(file)): ComplaintKind =>
  taken.findLast((step) => step.kind === 'classified')?.as ?? file.kind;

/** Whether there is something to resume, to decide or to review. */
function hasCause(kind: StepKind, file: ComplaintFile, taken: Step[]): boolean {
  const kindNow = toKindNow(file, taken);
  switch (kind) {
    case 'clock_resumed':
      return listOpenGrounds(taken).length > 0;
    case 'survey_extended':
      return kindNow === 'grievance' && listOpenGrounds(taken).includes('survey');
    case 'transfer_refused':
      return file.events.findLast(({ type }) => type === 'transferred')?.data.to === file.assignee;
    case 'objected':
      return kindNow === 'statutory' && taken.some((step) => step.kind === 'refused');
    case 'objection_decided':
      return isLast(taken, 'objected', 'objection_decided');
    case 'plan_reviewed':
      return taken.some((step) => step.kind === 'planned');
    case 'extended':
      return !file.overdue;
    default:
      return true;
  }
}

const isLast = (taken: Step[], kind: StepKind, other: StepKind): boolean =>
  taken.findLast((step) => step.kind === kind || step.kind === other)?.kind === kind;
