import type { Complaint, ComplaintEvent, EventType, InternalEvent, Language } from '../../schemas/index.ts';
import { toReason } from '../../schemas/reason.ts';
import type { Asked } from '../complaints/contributions/fold-contributions.ts';
import { type Duty, type DutyKind, dutyKinds } from '../complaints/steps/duties.ts';
import type { Directory } from '../configuration/directory.ts';
import { newId } from '../store/new-id.ts';
import type { PlannedNotice } from '../store/states/notice-state.ts';
import type { TemplateName } from '../templates/template-names.ts';
import { listReceivers } from './contribution-receivers.ts';
import { listAddresses, type Reachable, whyUnreachable } from './reach.ts';
import { type Rule, stepNotices, stepsToldToComplainants } from './step-notices.ts';

/** A row of table notices, as planned. */
export type NoticePlan = PlannedNotice & { template: TemplateName };

const toComplainant = (template: TemplateName): Rule => ({ audience: 'complainant', template });
const toOfficers = (template: TemplateName): Rule => ({ audience: 'officer', template });

/** Who is told of which event. Nobody is told of an event that is missing here. */
const rules: Partial<Record<EventType, Rule[]>> = {
  registered: [toComplainant('registered'), toOfficers('new-complaint')],
  assigned: [toOfficers('new-complaint')],
  transferred: [toComplainant('transferred'), toOfficers('new-complaint')],
  interim_answered: [toComplainant('interim-answered')],
  answered: [toComplainant('answered')],
  followed_up: [toOfficers('follow-up')],
  withdrawn: [toOfficers('withdrawn')],
};

/**
 * Events that every complainant is told of, by type; a step by type and kind, as in `step_taken extended`. Each has its
 * notice, even for a person who cannot be reached.
 */
export const toldToComplainants = [
  ...Object.entries(rules)
    .filter(([, list]) => list.some(({ audience }) => audience === 'complainant'))
    .map(([type]) => type),
  ...stepsToldToComplainants.map((kind) => `step_taken ${kind}`),
];

/**
 * A nearing deadline concerns the officers who must keep it. A missed one also concerns the complainant who waits
 * (Decree, articles 23 and 28).
 */
const reminders = {
  'deadline-near': [toOfficers('deadline-near')],
  delayed: [toComplainant('delayed'), toOfficers('overdue')],
  owed: [toOfficers('owed')],
  /** A letter that an inspection makes (Decree, article 28). An agency cannot turn it off. */
  reminder: [toOfficers('reminder')],
} satisfies Record<string, Rule[]>;

const toOccasion = ({ kind, day }: Duty): string => `${kind} ${day}`;

/** Reads what a notice of something owed is about. Undefined: it is about something else. */
export function fromOccasion(about: string): { kind: DutyKind; day: string } | undefined {
  const [word, day = ''] = about.split(' ');
  const kind = dutyKinds.find((known) => known === word);
  return kind && { kind, day };
}

interface Person extends Reachable {
  name: string;
  language?: Language;
}

/**
 * Plans the notices of one commit: one row for each event, person and channel, also for people who cannot be reached.
 * The table's unique key keeps a repeated plan from telling twice. `events`: the new ones, in order.
 */
export function planNotices(input: {
  complaint: Complaint;
  events: (ComplaintEvent | InternalEvent)[];
  /** What other agencies were asked for. Absent: nothing. */
  asked?: readonly Asked[];
  directory: Directory;
  now: Date;
  /**
   * Whether an agency's board (e-mail) already sends each complaint to the officers as a message. It is not told of what
   * stays between agencies.
   */
  isTold?(agency: string): boolean;
}): NoticePlan[] {
  const plans: NoticePlan[] = [];
  let registered = false;
  for (const event of input.events) {
    // The notice of registration also names the agency, if the complaint is assigned at the same moment.
    if (event.type === 'registered') registered = true;
    else if (event.type === 'assigned' && registered) continue;
    for (const rule of toRules(event))
      for (const agency of toAgencies(event, input)) {
        if (rule.audience === 'officer' && event.type !== 'contributed' && input.isTold?.(agency)) continue;
        const occasion = { ...input, agency, seq: event.seq, about: '', at: input.now, rule };
        addPlans(plans, occasion, event.actor.user);
      }
  }
  return plans;
}

/** The agencies whose officers an event concerns. */
function toAgencies(
  event: ComplaintEvent | InternalEvent,
  { complaint: { assignee }, asked = [] }: { complaint: Complaint; asked?: readonly Asked[] },
): string[] {
  if (event.type === 'transferred' || event.type === 'assigned') return [event.data.to];
  return event.type === 'contributed' ? listReceivers(event.data.step, { assignee, asked }) : [assignee];
}

const toRules = (event: ComplaintEvent | InternalEvent): readonly Rule[] =>
  event.type === 'step_taken' || event.type === 'contributed'
    ? stepNotices[event.data.step.kind]
    : (rules[event.type] ?? []);

/** The notices of a sweep, and what they tell of. */
export type Occasioned =
  | { which: Exclude<keyof typeof reminders, 'owed' | 'reminder'> }
  /** By which rule (hub/insight/inspection): each is told once for a complaint and an agency. */
  | { which: 'reminder'; rule: string }
  /** Something beside the answer is owed (hub/complaints/steps/duties.ts). */
  | { which: 'owed'; duty: Duty };

/**
 * Plans the notices of a sweep. They belong to no event, so they have number 0. Each is told once for a complaint, an
 * agency and what it is about: a deadline that was moved is reminded of again.
 */
export function planReminder(
  input: { complaint: Complaint; directory: Directory; now: Date } & Occasioned,
): NoticePlan[] {
  const plans: NoticePlan[] = [];
  const about = toAbout(input);
  const { complaint, directory, now } = input;
  const agency = (input.which === 'owed' ? input.duty.agency : undefined) ?? complaint.assignee;
  for (const rule of reminders[input.which])
    addPlans(plans, { complaint, directory, agency, seq: 0, about, at: now, rule });
  for (const plan of plans) if (plan.channel === 'sms') plan.next_at = afterQuietHours(input.now);
  return plans;
}

function toAbout(input: { complaint: Complaint } & Occasioned): string {
  if (input.which === 'owed') return toOccasion(input.duty);
  return input.which === 'reminder' ? input.rule : (input.complaint.dueAt ?? '');
}

interface Occasion {
  complaint: Complaint;
  directory: Directory;
  agency: string;
  seq: number;
  /** What a notice without an event tells of. Empty: of the event. */
  about: string;
  at: Date;
  rule: Rule;
}

function addPlans(plans: NoticePlan[], occasion: Occasion, actor?: string): void {
  if (occasion.rule.audience === 'complainant') {
    const { complainant } = occasion.complaint.content;
    plans.push(toPlan(occasion, complainant, complainant.name));
    return;
  }
  const { officers = [], officerNoticesOff = [] } = occasion.directory.findAgency(occasion.agency) ?? {};
  if (officerNoticesOff.some((off) => off === occasion.rule.template)) return;
  if (officers.length === 0) plans.push(toPlan(occasion, undefined, occasion.agency));
  const named = new Set<string>();
  for (const officer of officers) {
    // The person who acted knows it already.
    if (actor !== undefined && officer.email === actor) continue;
    // Two people with one name are two recipients.
    let label = officer.name;
    for (let n = 2; named.has(label); n++) label = `${officer.name} (${n})`;
    named.add(label);
    plans.push(toPlan(occasion, officer, label));
  }
}

function toPlan(occasion: Occasion, person: Person | undefined, recipient: string): NoticePlan {
  const [first, ...fallbacks] = person ? listAddresses(person) : [];
  return {
    id: newId(),
    complaint_id: occasion.complaint.id,
    seq: occasion.seq,
    about: occasion.about,
    template: occasion.rule.template,
    audience: occasion.rule.audience,
    agency: occasion.agency,
    recipient,
    channel: first?.channel ?? person?.notifyBy ?? 'email',
    address: first?.address ?? null,
    language: person?.language ?? 'ko',
    fallbacks,
    state: first ? 'due' : 'unreachable',
    next_at: occasion.at,
    last_error: first ? null : person ? whyUnreachable(person) : toReason('no_officer'),
  };
}

const hour = 3_600_000;
/** Korea has kept UTC+9 without summer time since 1988. */
const koreanOffset = 9 * hour;

/** A text message that can wait wakes nobody: 21:00 to 08:00 in Korea is quiet. */
export function afterQuietHours(now: Date): Date {
  const time = (now.getTime() + koreanOffset) % (24 * hour);
  if (time >= 8 * hour && time < 21 * hour) return now;
  const untilMorning = time < 8 * hour ? 8 * hour - time : 32 * hour - time;
  return new Date(now.getTime() + untilMorning);
}
