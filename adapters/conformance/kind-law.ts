import type { Reason, ReasonCode } from '../../schemas/reason.ts';
import type { AdapterKind, BoardAdapter } from '../contract.ts';

/**
 * A law that a kind of board can be held to whenever it is loaded: without a board, in milliseconds. `check` tells what
 * breaks it, or undefined.
 */
export interface KindLaw {
  law: ReasonCode & `law_${string}`;
  /** The law is about an adapter: without an example of settings it cannot be tried. */
  ofAdapter?: true;
  check(tried: TriedKind): Reason | undefined | Promise<Reason | undefined>;
}

export interface TriedKind {
  kind: AdapterKind;
  /** Settings that the kind itself takes for good. */
  example?: unknown;
  adapter?: BoardAdapter;
}
