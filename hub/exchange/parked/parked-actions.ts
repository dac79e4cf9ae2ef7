import type { Decision } from '../../../adapters/contract.ts';
import type { Accepted } from '../intake/incoming.ts';

/**
 * Why an action on something parked was not done.
 * - `gone`: it is not parked (any more), because somebody else decided or it went through meanwhile
 * - `settling`: the board may still be working on what was sent, so that a look at it is no proof yet
 * - `taken`: the board's post that a person named belongs to another complaint
 */
export class ParkedActionError extends Error {
  readonly kind: 'gone' | 'settling' | 'taken';
  constructor(kind: ParkedActionError['kind'], message: string) {
    super(message);
    this.name = 'ParkedActionError';
    this.kind = kind;
  }
}

/** A file on its way. Without a link, it comes from its board to the hub; with one, it goes to that link's board. */
interface FileOnItsWay {
  id: string;
  linkId?: string | undefined;
}

export interface FileActions {
  /** Fetches the file, or brings it, again. */
  retryFile(file: FileOnItsWay, user: string): Promise<void>;
  /** Gives the file up, with the reason. */
  giveUpFile(file: FileOnItsWay, user: string, reason: string): Promise<void>;
}

/**
 * A decision that a person may take, with the words that it would publish: nobody should answer for words that are not
 * shown.
 */
interface Amendment {
  decision: Decision;
  words: string[];
}

/**
 * What a person can do about parked things; the exchange implements it. Every action records `user` (the login) as the
 * one who decided. All throw {@link ParkedActionError} if the thing is not parked any more.
 */
export interface ParkedActions extends FileActions {
  /**
   * Judges a parked raw item again, with today's mapping; `correctedRaw` replaces what came in. Resolves with `parked`
   * and the new reasons if it still cannot be applied.
   */
  retryItem(id: string, user: string, correctedRaw?: unknown): Promise<Accepted>;
  /** What else a person may decide about this item. Most kinds of board leave nothing to decide. */
  listAmendments(item: { agency: string; body: string }): Promise<Amendment[]>;
  /** Judges a parked raw item again as this decision changes it. The decision is kept with the item. */
  amendItem(id: string, user: string, decision: Decision): Promise<Accepted>;
  /**
   * Makes words that were cut as a quote part of the statement, as a correction by the same agency. `id`: the raw item
   * of this complaint that was applied without them.
   */
  restoreCut(id: string, complaintId: string, user: string): Promise<Accepted>;
  /** Gives a raw item up for good. The ledger keeps it as discarded, with the reason. */
  discardItem(id: string, user: string, reason: string): Promise<void>;
  /**
   * Delivers a parked link again from where it stands. `substitutes`: what is written on this board, now and later, in
   * place of signs that it cannot write.
   */
  retryLink(id: string, user: string, substitutes?: Record<string, string>): Promise<void>;
  /**
   * Passes over the event that the board refuses or already holds, and goes on with the next one. `externalId`: the
   * board's id of the post, if a person found it there and the hub never heard it. Throws `taken`.
   */
  skipEvent(linkId: string, user: string, reason: string, externalId?: string): Promise<void>;
  /** Sends a failed notice again. */
  retryNotice(id: string, user: string): Promise<void>;
}
