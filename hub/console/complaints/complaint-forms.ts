import {
  type AttachmentReference,
  hasEnded,
  isReopened,
  type Officer,
  type Post,
  type Status,
  statuses,
} from '../../../schemas/index.ts';
import { type Action, may } from '../../access/people/rights.ts';
import type { User } from '../../access/people/users.ts';
import type { ComplaintFile } from '../../complaints/reading/read-complaint.ts';
import type { Typed } from '../../web/forms.ts';
import { toSubject } from './complaint-file.ts';

/** Something that a person can do to a complaint, by a form on its page. */
export interface ComplaintForm {
  action: Action;
  /** The fields, with the values that they have before the person types. */
  blank: (user: User, phone: string) => Typed;
  toPost: (typed: Typed, files: AttachmentReference[]) => Post;
  /** The form may bring files. */
  takesFiles?: true;
  /** The person is asked once more, because others are told of it and it cannot be taken back. */
  asksFirst?: true;
  /** The field for each JSON pointer into the post. */
  places: Record<string, string>;
}

const answerForm = (interim: boolean): ComplaintForm => ({
  action: interim ? 'interim' : 'answer',
  blank: (user, phone) => ({ text: '', department: '', officer: user.name, contact: phone }),
  toPost: (typed, files) => {
    const answer = { text: typed.text ?? '', officer: toOfficer(typed), ...(interim && { interim }) };
    return { answers: [{ ...answer, ...toAttachments(files) }] };
  },
  takesFiles: true,
  asksFirst: true,
  places: {
    '/answers/0/text': 'text',
    '/answers/0/officer': 'officer',
    '/answers/0/officer/department': 'department',
    '/answers/0/officer/contact': 'contact',
  },
});

/** Absent if there are no files: a record without files keeps its old form. */
export const toAttachments = (files: AttachmentReference[]) =>
  files.length > 0 ? { attachments: files } : {};

const toOfficer = ({ department, officer, contact }: Typed): Officer => ({
  ...(department && { department }),
  ...(officer && { name: officer }),
  ...(contact && { contact }),
});

/** The forms of a complaint's page, by the last part of their URL. */
export const complaintForms = {
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
export type ComplaintFormName = keyof typeof complaintForms;
export const complaintFormNames = Object.keys(complaintForms) as ComplaintFormName[];

/** An unknown status goes on as it is, and the schema refuses it. */
const toStatus = (text: string | undefined): Status =>
  statuses.find((status) => status === text) ?? ((text ?? '') as Status);

/** The forms that this person may use on this complaint as it is now. */
export function listUsableForms(user: User, file: ComplaintFile): ComplaintFormName[] {
  if (hasEnded(file.status)) return may(user, 'follow_up') && isReopened(file.status) ? ['follow-up'] : [];
  return complaintFormNames.filter((name) => may(user, complaintForms[name].action, toSubject(file)));
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
