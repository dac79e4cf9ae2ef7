import type { Normalised } from '../../../adapters/contract.ts';
import type { FoundNumber, MaskCounts, Problem } from '../../../schemas/index.ts';
import type { RawSource } from '../../store/tables/column-types.ts';

/** One thing that came in, from any source: a board's post, a call at a door, a form of the console. */
export interface Incoming {
  /** The agency that says it. `hub` stands for the contact centre. */
  agency: string;
  source: RawSource;
  /** The sender's own id of the thing: the board's post id, the form's id, or what a call is about. */
  externalId: string;
  /**
   * Changes when the thing changes. A board's post or a form is a repetition if agency, id and version equal the newest
   * before it; it is applied once. A call is judged by the complaint's present state (complaints/repetition), and by
   * its key.
   */
  version: string;
  /** The thing as it came in. It is kept. */
  raw: unknown;
  /** Its canonical form, or why it has none. */
  normalised: Normalised;
  /** The numbers that were masked in both before anything was stored. Absent: none. */
  masked?: MaskCounts;
  /** Those of them that complainants wrote, in memory alone, until it is known whether a law lets somebody keep them. */
  numbers?: FoundNumber[];
  /** The complaint that it is about, if the sender named it (console, doors). For boards, the post's id tells. */
  complaintId?: string;
  /** The part of that complaint that it is about, where the sender named one. */
  contribution?: number;
  /** The newest event that the caller knows of the complaint, or several. If it is another one, the call is a conflict. */
  expectedSeq?: number | readonly number[];
  /** The caller's own idempotency key of this call. It is unique within the agency, whatever it is used for. */
  idempotencyKey?: string;
  /** Login of the person, if a person did it. */
  user?: string;
  /** It says of a joined complaint what was said of the one that leads it (exchange/joining). */
  ofLead?: true;
  /** A person's act that was held until now (exchange/held): its row, and when the person sent it, in milliseconds. */
  held?: { id: string; sentAt: number };
  /** The raw item that is judged again. It keeps its place and its body. */
  retryOf?: string;
  /** The item was applied before. If it cannot be applied now, the caller is told, and the item is not parked. */
  remapped?: true;
  /** When the board was asked for it: milliseconds, by the database's clock. */
  readAt?: number;
  /**
   * When the post changed, by its board, for a post that the board sent by itself. If a later state was applied, this
   * one is late and no news. Milliseconds.
   */
  changedAt?: number;
}

export type Accepted =
  | { outcome: 'applied'; complaintId: string; receiptNumber: string; lastSeq: number; events: number }
  | { outcome: 'duplicate'; complaintId: string; receiptNumber: string; lastSeq: number }
  /** A board's post that cannot be applied. It is kept for a person. `isKnown`: it was parked before. */
  | { outcome: 'parked'; rawItemId: string; problems: Problem[]; isKnown?: true }
  /**
   * The call was refused. Nothing was kept: the caller is told and corrects it. `why`: the content is not at fault; the
   * complaint changed meanwhile, or the key was used for another call.
   */
  | { outcome: 'refused'; problems: Problem[]; why?: 'changed-meanwhile' | 'key-reused' };

/** When it resolves, the result is durable. It throws only if the store is out of reach: then nothing was taken. */
export type Accept = (incoming: Incoming) => Promise<Accepted>;
