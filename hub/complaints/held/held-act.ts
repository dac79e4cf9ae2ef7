import type { AttachmentReference, MaskCounts, Post } from '../../../schemas/index.ts';
import type { Action } from '../../access/people/rights.ts';

/** An act of a person as it was checked: what it says, and in whose name. */
export interface SentAct {
  complaintId: string;
  receiptNumber: string;
  userId: string;
  login: string;
  /** The agency in whose name it was sent; `hub` for the contact centre. */
  agency: string;
  form: string;
  /** The right that it needs, when it is sent and again when it goes out. */
  action: Action;
  /** Values by field, as typed. */
  fields: Record<string, string>;
  files: AttachmentReference[];
  post: Post;
  /** How often numbers that may not be kept were masked in it. */
  masked: MaskCounts;
  /** The form's id at the exchange: the same form sent twice is one act. */
  externalId: string;
  /** The answer of another person that it releases. */
  reviewId?: string;
  /** What was sent to several complaints at once. */
  runId?: string;
  /** The newest event of the complaint that its sender knew. */
  seq: number;
}

/** The field that stands for the files in the form's id (web/form-files.ts). A draft has the files themselves. */
const fileMark = 'files';

/** The fields as a draft keeps them. */
export const toDraftFields = (fields: SentAct['fields']): SentAct['fields'] =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => name !== fileMark));
