/** The rows of notices and of kept messages as documents, with persons, addresses and messages sealed. */
import type { Selectable } from 'kysely';
import type { Reason } from '../../../schemas/reason.ts';
import { Keyed } from '../sealing/keyed.ts';
import type { Keys } from '../sealing/keys.ts';
import { sealReason } from '../sealing/sealed-columns.ts';
import type { NoticeReport, NoticeState } from '../tables/column-types.ts';
import type { Tables } from '../tables/tables.ts';

/** A row as planned; the other columns have their defaults. */
export type PlannedNotice = Pick<
  Selectable<Tables['notices']>,
  | 'id'
  | 'complaint_id'
  | 'seq'
  | 'about'
  | 'template'
  | 'audience'
  | 'agency'
  | 'recipient'
  | 'channel'
  | 'address'
  | 'language'
  | 'fallbacks'
  | 'state'
  | 'next_at'
  | 'last_error'
>;

/** What is written after a call. */
export interface NoticeOutcome {
  id: string;
  state: NoticeState;
  attempting_since: Date | null;
  tries: number;
  next_at: Date;
  provider: string;
  provider_id: string | null;
  last_error: Reason | null;
  sent_at: Date | null;
  /** `awaited` if the provider will report; until `report_by`, and by being asked at `ask_at`. */
  report: NoticeReport | null;
  report_by: Date | null;
  ask_at: Date | null;
  /** The message itself, if the local outbox keeps it. */
  kept?: Selectable<Tables['outbox']> | undefined;
  /** The same notice by another channel. */
  fallback?: PlannedNotice | undefined;
}

/** Planned rows as one document. Persons and addresses are sealed; the mark keeps one person from being told twice. */
export const toNoticeRows = (plans: readonly PlannedNotice[]): Keyed =>
  new Keyed((keys) => JSON.stringify(plans.map((plan) => sealPlan(keys, plan))));

function sealPlan(keys: Keys, plan: PlannedNotice) {
  const { recipient, address, fallbacks, last_error } = plan;
  if (!keys.on) return plan;
  return {
    ...plan,
    recipient: keys.seal(recipient),
    recipient_mark: keys.mark('recipient', recipient),
    address: address === null ? null : keys.seal(address),
    fallbacks: fallbacks.length > 0 ? keys.sealJson(fallbacks) : fallbacks,
    last_error: sealReason(keys, last_error),
  };
}

function sealKept(keys: Keys, kept: Selectable<Tables['outbox']>) {
  if (!keys.on) return kept;
  const { address, subject, text, html } = kept;
  return {
    ...kept,
    address: keys.seal(address),
    subject: subject === null ? null : keys.seal(subject),
    text: keys.seal(text),
    html: html === null ? null : keys.seal(html),
  };
}

/** A reason as a parameter. */
export const sealedReason = (reason: Reason | null): Keyed | null =>
  reason && new Keyed((keys) => JSON.stringify(sealReason(keys, reason)));

/** What calls ended with, without the messages. */
export const toOutcomeRows = (outcomes: readonly NoticeOutcome[]): Keyed =>
  new Keyed((keys) =>
    JSON.stringify(
      outcomes.map(({ kept: _kept, fallback: _fallback, ...outcome }) => ({
        ...outcome,
        last_error: sealReason(keys, outcome.last_error),
      })),
    ),
  );

/** Messages that the local outbox keeps. */
export const toKeptRows = (kept: readonly Selectable<Tables['outbox']>[]): Keyed =>
  new Keyed((keys) => JSON.stringify(kept.map((row) => sealKept(keys, row))));
