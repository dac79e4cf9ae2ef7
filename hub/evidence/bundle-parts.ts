import type { Language } from '../../schemas/index.ts';
import type { Signer } from '../access/keys/signing-key.ts';
import type { Attachments } from '../attachments/attachments.ts';
import type { ComplaintFile } from '../complaints/reading/read-complaint.ts';
import type { Directory } from '../configuration/directory.ts';
import type { Store } from '../store/database.ts';
import type { StampSettings } from './ask-time-stamp.ts';

export interface BundleDependencies {
  /** Opened for personal data, in the transaction that tells the access log. */
  store: Store;
  directory: Pick<Directory, 'findAgency'>;
  attachments: Pick<Attachments, 'list' | 'open'>;
  signer: Signer;
  settings: StampSettings & { PUBLIC_URL?: string };
}

/** What is asked for. */
export interface BundleAsked {
  file: ComplaintFile;
  /** The login of who asks. */
  by: string;
  reason: string;
  /** That person may not see persons: they are masked, and no files are in it. */
  masked: boolean;
  withFiles: boolean;
  withTimeStamp: boolean;
  language: Language;
}
