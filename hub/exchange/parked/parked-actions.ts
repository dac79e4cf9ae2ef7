import type { Decision } from '../../../adapters/contract.ts';
import type { Accepted } from '../intake/incoming.ts';

/**
 * Why an action on something parked was not done.
 * - `gone`: it is not parked (any more): somebody else decided, or it went through meanwhile
 * - `taken`: the board's post that a person named belongs to another complaint
 */
export class ParkedActionError extends Error {
  readonly kind: 'gone' | 'taken';
  constructor(kind: ParkedActionError['kind'], message: string) {
    super(message);
    this.name = 'ParkedActionError';
    this.kind = kind;
  }
}

/** A file on its way: without a link from its board to the hub, with one to the board of that link. */
interface FileOnItsWay {
  id: string;
  linkId?: string | undefined;
}

export interface FileActions {
  /** Fetch or bring a file again. */
  retryFile(file: FileOnItsWay, user: string): Promise<void>;
  /** Do without it, with the reason. */
  giveUpFile(file: FileOnItsWay, user: string, reason: string): Promise<void>;
}

/** A decision that a person may take, and the words that would be published by it: nobody answers for what is not shown. */
interface Amendment {
  decision: Decision;
  words: string[];
}

/**
 * What a person can do about things that are parked; the exchange implements it. Every action records `user`
 * (the login) as the one who decided. All throw {@link ParkedActionError} when the thing is not parked any more.
 */
export interface ParkedActions extends FileActions {
  /**
   * Judge a parked raw item again, with today's mapping; `correctedRaw` replaces what came in.
   * Resolves with `parked` and the new reasons when it still cannot be applied.
   */
  retryItem(id: string, user: string, correctedRaw?: unknown): Promise<Accepted>;
  /** What a person may decide about this item beside that; none for most kinds of board. */
  listAmendments(item: { agency: string; body: string }): Promise<Amendment[]>;
  /** Judge a parked raw item again as this decision makes it, which is kept with it. */
  amendItem(id: string, user: string, decision: Decision): Promise<Accepted>;
  /**
   * Words that were cut as a quote become part of what was said, as a correction by the same agency. `id`: the raw item of
   * this complaint that was applied without them.
   */
  restoreCut(id: string, complaintId: string, user: string): Promise<Accepted>;
  /** Give a raw item up for good; it stays in the ledger as discarded, with the reason. */
  discardItem(id: string, user: string, reason: string): Promise<void>;
  /** Deliver a parked link again from where it stands. */
  retryLink(id: string, user: string): Promise<void>;
  /**
   * Pass over the event that the board refuses, or that is there already, and go on with the next one. `externalId`:
   * the board's id of the post, where a person has found it there and the hub never heard it. Throws `taken`.
   */
  skipEvent(linkId: string, user: string, reason: string, externalId?: string): Promise<void>;
  /** Send a failed notice again. */
  retryNotice(id: string, user: string): Promise<void>;
}
