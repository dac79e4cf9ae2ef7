import type { Generated } from 'kysely';
import type { AttachmentReference, attachmentStates } from '../../../schemas/index.ts';
import type { Reason } from '../../../schemas/reason.ts';

export interface AttachmentContentTable {
  sha256: string;
  /** bigint: text in results. */
  size: string;
  media_type: string;
  check_at: Generated<Date | null>;
}

export interface UploadTable {
  id: string;
  agency: string;
  name: string;
  /** Null while it is on its way. */
  sha256: string | null;
  expected_size: Generated<string>;
  named: Generated<boolean>;
  created_at: Generated<Date>;
}

export type AttachmentState = (typeof attachmentStates)[number];

export interface AttachmentTable {
  id: string;
  complaint_id: string;
  seq: number;
  position: number;
  agency: string;
  via: 'board' | 'upload';
  link_id: string | null;
  reference: string;
  declared: AttachmentReference;
  state: AttachmentState;
  sha256: string | null;
  tries: Generated<number>;
  next_at: Generated<Date>;
  last_error: Reason | null;
  owner: string | null;
  decided_by: string | null;
  decided_at: Date | null;
  created_at: Generated<Date>;
}

export interface AttachmentDeliveryTable {
  attachment_id: string;
  link_id: string;
  agency: string;
  seq: number;
  state: Generated<'waiting' | 'held' | 'parked' | 'skipped'>;
  part_id: string | null;
  attempting: Generated<boolean>;
  tries: Generated<number>;
  next_at: Generated<Date>;
  last_error: Reason | null;
  owner: string | null;
  decided_by: string | null;
  decided_at: Date | null;
}
