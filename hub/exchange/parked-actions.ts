import type { Accepted } from './incoming.ts';

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
