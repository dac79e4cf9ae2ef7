import type { AttachmentReference, ComplaintKind, Officer, Post, Problem } from '../../../schemas/index.ts';
import type { Action } from '../../access/people/rights.ts';
import type { User } from '../../access/people/users.ts';
import type { Typed } from '../../web/forms.ts';

/** A person who can be named as the one who answers. */
export interface OfficerChoice {
  /** As the list shows it; no two are the same. */
  label: string;
  officer: Officer;
  /** The login, where the person has an account. */
  user?: string;
}

/** What a form needs to know of the complaint beside what was typed. */
export interface FormContext {
  officers: OfficerChoice[];
  /** The statutory complaints of the agency, by name. */
  items: string[];
  /** The codes of all agencies. */
  agencies: string[];
  /** How its period is counted. */
  unit: 'days' | 'hours';
  /** The numbers of the complaints that are joined to it. */
  group: readonly string[];
  /** Of the complaint as it is classified now. */
  kind: ComplaintKind;
}

/** Something that a person can do to a complaint, by a form on its page. */
export interface ComplaintForm {
  action: Action;
  /** The fields, with the values that they have before the person types. */
  blank: (user: User, phone: string) => Typed;
  toPost: (typed: Typed, files: AttachmentReference[], context: FormContext) => Post;
  /** What is missing of what was typed, before there is a post. Empty: nothing. */
  findMissing?: (typed: Typed, context: FormContext) => Problem[];
  /** The form may bring files. */
  takesFiles?: true;
  /** The person is asked once more, because others are told of it. */
  asksFirst?: true;
  /** The field for each JSON pointer into the post. */
  places: Record<string, string>;
}

/** Absent if there are no files: a record without files keeps its old form. */
export const toAttachments = (files: AttachmentReference[]) =>
  files.length > 0 ? { attachments: files } : {};

export const toOfficer = ({ department, officer, contact }: Typed): Officer => ({
  ...(department && { department }),
  ...(officer && { name: officer }),
  ...(contact && { contact }),
});
