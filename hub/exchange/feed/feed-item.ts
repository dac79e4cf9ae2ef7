import type { EventType } from '../../../schemas/index.ts';

/** Who is given its changes. */
export interface Recipient {
  agency: string;
  /** The kinds of event that its copies hold. */
  carries: ReadonlySet<EventType>;
  /** It brings them to a board that can be asked what it holds already. */
  isAskable: boolean;
  /** Whether that board takes files; absent: it fetches them where it wants them. */
  files?: 'taken' | 'not taken';
}

/** One thing that an agency is given: an event, or a file of one. */
export interface FeedItem {
  link_id: string;
  complaint_id: string;
  seq: number;
  /** The board may hold it already. */
  again: boolean;
  attachment_id?: string;
}
