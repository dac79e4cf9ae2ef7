import { hasEnded, isReopened, type Status, statuses } from '../../../schemas/index.ts';
import { type Action, may } from '../../access/people/rights.ts';
import type { User } from '../../access/people/users.ts';
import type { ComplaintFile } from '../../complaints/reading/read-complaint.ts';
import { answerForm } from './answers/answer-form.ts';
import { toSubject } from './complaint-file.ts';
import { type ComplaintForm, toAttachments } from './complaint-form.ts';
import { stepForms } from './steps/step-forms.ts';
import { listUsableSteps } from './steps/usable-steps.ts';

const ownForms = {
  answer: answerForm(false),
  interim: answerForm(true),
  status: {
    action: 'status',
    blank: () => ({ status: '' }),
    toPost: ({ status }) => ({ status: toStatus(status) }),
    places: { '/status': 'status' },
  },
  'follow-up': {
    action: 'follow_up',
    blank: () => ({ text: '' }),
    toPost: ({ text = '' }, files) => ({ followUps: [{ text, ...toAttachments(files) }] }),
    takesFiles: true,
    places: { '/followUps/0/text': 'text' },
  },
  transfer: {
    action: 'transfer',
    blank: () => ({ to: '', reason: '' }),
    toPost: ({ to = '', reason = '' }) => ({ transfer: { to, reason } }),
    asksFirst: true,
    places: { '/transfer/to': 'to', '/transfer/reason': 'reason' },
  },
  withdraw: {
    action: 'withdraw',
    blank: () => ({ reason: '' }),
    toPost: ({ reason }) => ({ withdrawal: reason ? { reason } : {} }),
    asksFirst: true,
    places: { '/withdrawal/reason': 'reason' },
  },
} satisfies Record<string, ComplaintForm>;

/** The forms of a complaint's page, by the last part of their URL: its own, and one for each step of the law. */
export const complaintForms = { ...ownForms, ...stepForms };
export type ComplaintFormName = keyof typeof complaintForms;
export const complaintFormNames = Object.keys(complaintForms) as ComplaintFormName[];
const ownFormNames = Object.keys(ownForms) as (keyof typeof ownForms)[];

/** An unknown status goes on as it is, and the schema refuses it. */
const toStatus = (text: string | undefined): Status =>
  statuses.find((status) => status === text) ?? ((text ?? '') as Status);

/** The forms that this person may use on this complaint as it is now. */
export function listUsableForms(user: User, file: ComplaintFile): ComplaintFormName[] {
  const steps = listUsableSteps(user, file).map((kind) => `step-${kind}` as const);
  if (hasEnded(file.status))
    return [...(may(user, 'follow_up') && isReopened(file.status) ? (['follow-up'] as const) : []), ...steps];
  const own = ownFormNames.filter((name) => may(user, complaintForms[name].action, toSubject(file)));
  return [...own, ...steps];
}

const assigneesOwn: ReadonlySet<Action> = new Set(['answer', 'interim', 'status']);

/**
 * The agency in whose name the person acts: an officer for his agency, the contact centre for itself. An administrator
 * acts for the assignee in what only the assignee may write. The event names the person.
 */
export function toActingAgency(user: User, form: ComplaintForm, file: ComplaintFile): string {
  if (user.agency !== null) return user.agency;
  return assigneesOwn.has(form.action) ? file.assignee : 'hub';
}
