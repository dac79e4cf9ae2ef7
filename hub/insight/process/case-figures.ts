import type { ComplaintKind } from '../../../schemas/index.ts';

/**
 * How a complaint stands.
 *
 * - `open`, `overdue`: not answered; its deadline has passed
 * - `in_time`, `late`: answered, by the deadline or after it
 * - `untimed`: answered, and no period applies
 * - `dropped`: withdrawn or merged. It counts as no answer.
 */
export const caseStates = ['open', 'overdue', 'in_time', 'late', 'untimed', 'dropped'] as const;
export type CaseState = (typeof caseStates)[number];

/** What is measured of a complaint, in quarters of an office hour. Each may be absent. */
export const lengthNames = ['legal', 'real', 'toAssigned', 'toBegun', 'toAnswered'] as const;
/**
 * - `legal`: the period, without extensions
 * - `real`: what was used of it until the answer, as the law counts: whole days, or hours
 * - `toAssigned`, `toBegun`, `toAnswered`: the office time of each stage, from the one before
 */
export type LengthName = (typeof lengthNames)[number];

/** The figures of one complaint. */
export interface CaseFigures {
  /** The agency that answers, or answered. */
  agency: string;
  kind: ComplaintKind;
  /** In which it was taken in, in Korea: `2026-11`. */
  month: string;
  state: CaseState;
  takenInAt: Date;
  endedAt?: Date;
  lengths: Partial<Record<LengthName, number>>;
  /** How often the clock stopped, the deadline was extended, and the complaint was transferred. */
  stops: number;
  extensions: number;
  transfers: number;
  /** Within 30 days after its answer. */
  reopened: boolean;
  /** When the figures change although nothing happens. */
  lookAt?: Date;
}

/** Quarters of an hour in an hour and in a day of 8 office hours. */
export const quartersOfHour = 4;
export const quartersOfDay = 8 * quartersOfHour;
