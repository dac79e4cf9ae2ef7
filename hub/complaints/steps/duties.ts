import { type Complaint, owingStatuses, toPart } from '../../../schemas/index.ts';
import { foldContributions } from '../contributions/fold-contributions.ts';
import type { NumberedEvent } from '../state.ts';
import { isStep } from './known-steps.ts';

/** What agencies owe beside the answer, so that their officers are reminded. */
export const dutyKinds = ['progress', 'return', 'review', 'reply', 'missing'] as const;
export type DutyKind = (typeof dutyKinds)[number];

/** Those that the assignee owes the complainant. The others stand between agencies. */
export type CitizenDutyKind = Exclude<DutyKind, 'reply' | 'missing'>;
export const isOwedToCitizen = (duty: Duty): duty is Duty & { kind: CitizenDutyKind } =>
  duty.kind !== 'reply' && duty.kind !== 'missing';

export interface Duty {
  kind: DutyKind;
  /** From when on it is owed. */
  at: Date;
  /** The day in Korea, `2026-12-02`: with the kind it names the occasion. */
  day: string;
  /** Whose it is. Absent: the assignee's. */
  agency?: string;
}

/** Of a matter: the record, and the events that say who was told what. */
export interface Told {
  complaint: Pick<Complaint, 'status' | 'registeredAt' | 'takenInAt'>;
  told: readonly NumberedEvent[];
}

const hour = 3_600_000;
/** Korea has kept UTC+9 without summer time since 1988. */
const toDay = (at: number): string => new Date(at + 9 * hour).toISOString().slice(0, 10);
const startOf = (day: string): number => Date.parse(`${day}T00:00:00+09:00`);
const toDuty = (kind: DutyKind, at: number): Duty => ({ kind, at: new Date(at), day: toDay(at) });

/** Everything that is owed now and the next that will be, by the history up to now. */
export function listDuties(matter: Told, now: Date): { owed: Duty[]; next?: Date } {
  const all = [
    ...listProgress(matter, now),
    ...listReturn(matter),
    ...listReviews(matter),
    ...listReplies(matter),
  ];
  const [owed, later] = [true, false].map((is) => all.filter(({ at }) => at <= now === is));
  const next = Math.min(...(later ?? []).map(({ at }) => at.getTime()));
  return { owed: owed ?? [], ...(Number.isFinite(next) && { next: new Date(next) }) };
}

/** When the sweep must look at a matter: what is owed already, or will be. Undefined: nothing is to come. */
export function findOwedAt(matter: Told, now: Date): Date | undefined {
  const { owed, next } = listDuties(matter, now);
  return owed.length > 0 ? now : next;
}

const progressEvery = 30 * 24 * hour;

/**
 * While a complaint is open, its complainant hears of the progress every 30 days (Decree, article 23). Every word of
 * the agency counts, and begins the 30 days anew.
 */
function listProgress({ complaint, told }: Told, now: Date): Duty[] {
  if (!owingStatuses.includes(complaint.status)) return [];
  const heard = told.filter(isHeard).map(({ at }) => Date.parse(at));
  const last = Math.max(Date.parse(complaint.takenInAt ?? complaint.registeredAt), ...heard);
  const passed = Math.max(0, Math.floor((now.getTime() - last) / progressEvery));
  const next = toDuty('progress', last + (passed + 1) * progressEvery);
  return passed > 0 ? [toDuty('progress', last + passed * progressEvery), next] : [next];
}

function isHeard(event: NumberedEvent): boolean {
  if (event.type === 'step_taken') return toPart(event.data.step)?.type === 'interim_answered';
  return event.type === 'interim_answered' || event.type === 'answered' || event.type === 'transferred';
}

/** A supplement that did not come in its time: the complaint may be given back (Decree, article 25). */
function listReturn({ complaint, told }: Told): Duty[] {
  if (complaint.status !== 'supplement_requested') return [];
  const untils = told.filter(isStep).flatMap(({ data: { step } }) => {
    if (step.kind === 'supplement_extended') return step.until;
    return step.kind === 'supplement_requested' ? (step.until ?? '') : [];
  });
  const until = Date.parse(untils.at(-1) ?? '');
  return Number.isNaN(until) ? [] : [toDuty('return', until)];
}

/**
 * A reply that did not come in its time (Act, article 20): the agency that was asked owes it, and the one that leads has to
 * ask again or go on without.
 */
function listReplies({ complaint, told }: Told): Duty[] {
  if (!owingStatuses.includes(complaint.status)) return [];
  return foldContributions(told).flatMap(({ state, to, dueAt }) => {
    if (state !== 'asked') return [];
    const at = Date.parse(dueAt);
    return [{ ...toDuty('reply', at), agency: to }, toDuty('missing', at)];
  });
}

/** The reviews of a long-term plan that were promised and not yet told, each from the morning of its day. */
function listReviews({ complaint, told }: Told): Duty[] {
  if (complaint.status === 'withdrawn') return [];
  const steps = told.filter(isStep);
  return steps.flatMap(({ seq, data: { step } }) => {
    if (step.kind !== 'planned') return [];
    const reviews = steps.filter((one) => one.seq > seq && one.data.step.kind === 'plan_reviewed');
    if (reviews.some(({ data }) => data.step.kind === 'plan_reviewed' && data.step.kept)) return [];
    const newest = Date.parse(reviews.at(-1)?.at ?? '');
    return step.reviewOn
      .filter((day) => !(newest >= startOf(day)))
      .map((day) => toDuty('review', startOf(day) + 9 * hour));
  });
}
