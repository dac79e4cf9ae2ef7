import type { Complainant, ComplaintKind, Status } from '../../../schemas/index.ts';

/** Another complaint, as far as a decision about joining it must know it. */
export interface Peer {
  id: string;
  receiptNumber: string;
  assignee: string;
  status: Status;
  complainant: Complainant;
  /** The agencies that have a part in it. */
  agencies: readonly string[];
  /** The number of the complaint that it is joined to. Null: of none. */
  lead: string | null;
  /** Others are joined to it. */
  leads: boolean;
}

/** A complaint of the same person with the same content that came before (Act, article 23). */
export interface EarlierSame {
  id: string;
  receiptNumber: string;
  assignee: string;
  kind: ComplaintKind;
  status: Status;
  takenInAt: Date;
  agencies: readonly string[];
  /** When its result was told first: its answer or refusal, by a notice that was sent or on the board that it was filed on. */
  toldAt: Date | null;
  /** The event that told it. */
  toldSeq: number | null;
}

/** What stands around a complaint and is no part of its own history. */
export interface Surroundings {
  /** The number of the complaint that it is joined to. Null: of none. */
  lead: string | null;
  /** The complaints that are joined to it. */
  group: readonly Peer[];
  /** Others that a step names, by their number. */
  named: ReadonlyMap<string, Peer>;
  /** Earlier identical complaints of the same person, over all agencies, oldest first. */
  earlier: readonly EarlierSame[];
}

/** Of a complaint of which nothing is known beside its history. */
export const noSurroundings: Surroundings = { lead: null, group: [], named: new Map(), earlier: [] };

/** The earlier ones whose result was told before this complaint was taken in: only these count (Act, article 23). */
export const listTold = (earlier: readonly EarlierSame[], takenInAt: Date): EarlierSame[] =>
  earlier.filter(({ toldAt }) => toldAt !== null && toldAt < takenInAt);
