import type { Normalised } from '../../../adapters/contract.ts';
import type { Problem } from '../../../schemas/index.ts';
import type { RawSource } from '../../store/tables/column-types.ts';

/** One thing that came in, whoever brought it: a board's post, a call at a door, a form of the console. */
export interface Incoming {
  /** Who says it. `hub` for the contact centre. */
  agency: string;
  source: RawSource;
  /** The sender's own id of the thing: the board's post id, the form's id, or what a call is about. */
  externalId: string;
  /**
   * Changes when the thing changes. A board's post or a form with the agency, id and version of the newest before it is
   * a repetition, applied once. A call is judged by the complaint as it stands (board/repetition), and by its key.
   */
  version: string;
  /** As it came in; kept. */
  raw: unknown;
  /** Its canonical form, or why it has none. */
  normalised: Normalised;
  /** The complaint that it is about, where the sender named it (console, doors); boards are known by their id. */
  complaintId?: string;
  /** The caller means the complaint as it was with this as its newest event; anything later is a conflict. */
  expectedSeq?: number;
  /** The caller's own key of this call: unique within the agency, whatever it is used for. */
  idempotencyKey?: string;
  /** Login of the person, when a person did it. */
  user?: string;
  /** The raw item that is judged again; it keeps its place and its body. */
  retryOf?: string;
  /** That item was applied before: what cannot be applied now is told and not parked. */
  remapped?: true;
  /** When the board was asked for it (the database's clock), in milliseconds. */
  readAt?: number;
}

export type Accepted =
  | { outcome: 'applied'; complaintId: string; receiptNumber: string; lastSeq: number; events: number }
  | { outcome: 'duplicate'; complaintId: string; receiptNumber: string; lastSeq: number }
  /** A board's post that cannot be applied: kept, and a person looks. `isKnown`: it was parked before. */
  | { outcome: 'parked'; rawItemId: string; problems: Problem[]; isKnown?: true }
  /**
   * A caller who is there to be told: nothing was kept, the caller corrects it. `why`: not for what it says, but
   * because the complaint was changed meanwhile, or its key was used for something else before.
   */
  | { outcome: 'refused'; problems: Problem[]; why?: 'changed-meanwhile' | 'key-reused' };

/** Durable once it resolves. Throws only when the store is out of reach: then nothing was taken. */
export type Accept = (incoming: Incoming) => Promise<Accepted>;
