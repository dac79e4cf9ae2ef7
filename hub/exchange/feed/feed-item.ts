import type { EventType, PartRole } from '../../../schemas/index.ts';

/** The agency that gets the changes. */
export interface Recipient {
  agency: string;
  /** The kinds of event that its copies hold. */
  carries: ReadonlySet<EventType>;
  /** The agency brings changes to a board that can be asked what it holds. */
  isAskable: boolean;
  /** Whether that board takes files. Absent: the agency fetches the files that it wants. */
  files?: 'taken' | 'not taken';
  /** The roles in which the agency gets the complainant's files. Absent: in all of them. */
  filesFor?: readonly PartRole[];
}

/** One thing that an agency is given: an event, or a file of an event. */
export interface FeedItem {
  link_id: string;
  complaint_id: string;
  seq: number;
  /** The board may hold it already. */
  again: boolean;
  attachment_id?: string;
}
