import {
  findStepShapeProblems,
  isInternalStep,
  type Problem,
  type Reason,
  type Step,
  type StepOf,
  stepFacts,
  stepNames,
  toReason,
} from '../../../schemas/index.ts';
import { atMinute, toDay } from '../../clock/calendar.ts';
import { type ClockRules, findPeriod, hoursOfDay } from '../../clock/deadline.ts';
import type { ClockState } from '../../clock/statutory-clock.ts';
import { nthDay } from '../../clock/working-time.ts';
import { foldContributions } from '../contributions/fold-contributions.ts';
import { judgeContribution } from '../contributions/judge-contribution.ts';
import { findJoiningProblems } from '../joining/find-joining-problems.ts';
import { noSurroundings, type Surroundings } from '../joining/surroundings.ts';
import type { Matter } from '../state.ts';
import { toKindNow } from './kind-now.ts';
import { isStep } from './known-steps.ts';
import { readMatterClock } from './tell-clock.ts';
import { objectionDays } from './to-clock-steps.ts';

/** What a step is judged by. */
interface Case {
  matter: Matter;
  /** The steps taken before, oldest first. */
  taken: Step[];
  clock: ClockState;
  now: Date;
  rules: ClockRules;
  arbiter: string;
  isAgency(code: string): boolean;
  around: Surroundings;
}

/** Clocks differ by minutes. A step further ahead is a mistake. */
const clockTolerance = 5 * 60_000;

/**
 * Why the law does not let a step be taken now. Empty: it does. Pointers begin at the step.
 *
 * `arbiter`: the agency that decides where a complaint goes that two agencies would not take. `around`: what stands around
 * the complaint, where the step concerns others. `isDone`: an officer did it on a board already, so it is heard though the
 * complaint has moved on.
 */
export function findStepProblems(
  matter: Matter,
  step: Step,
  context: Pick<Case, 'now' | 'rules' | 'arbiter' | 'isAgency'> & {
    around?: Surroundings | undefined;
    isDone?: boolean;
  },
): Problem[] {
  const shape = findStepShapeProblems(step);
  if (shape.length > 0) return shape;
  const { now, rules, around = noSurroundings } = context;
  if (step.at !== undefined && Date.parse(step.at) > now.getTime() + clockTolerance)
    return at('/at', toReason('in_the_future'));
  const { status } = matter.complaint;
  const { from, article } = stepFacts[step.kind];
  if (!from.includes(status) && !context.isDone) {
    const [ko, en] = stepNames[step.kind];
    return at('', toReason('step_order', { step: `${ko} ${en}`, status, allowed: from.join(', '), article }));
  }
  const taken = matter.told.filter(isStep).map(({ data }) => data.step);
  return judge(step, { ...context, around, matter, taken, clock: readMatterClock(matter, now, rules) });
}

const at = (pointer: string, reason: Reason): Problem[] => [{ pointer, reason }];

function judge(step: Step, place: Case): Problem[] {
  if (isInternalStep(step)) return judgeBetween(step, place);
  switch (step.kind) {
    case 'classified':
      return judgeKind(step, place);
    case 'extended':
      return judgeExtension(step, place);
    case 'supplement_requested':
      return judgeSupplement(step, place);
    case 'supplement_extended':
      return judgeMoreTime(step, place);
    case 'returned':
      return judgeReturn(place);
    case 'clock_stopped':
    case 'clock_resumed':
      return judgeStop(step, place);
    case 'survey_extended':
      return judgeSurvey(place);
    case 'transfer_refused':
      return judgeTransferRefusal(place);
    case 'objected':
      return judgeObjection(place);
    case 'objection_decided':
      return isObjected(place) ? [] : at('', toReason('objection_none'));
    case 'planned':
      return judgePlan(step, place);
    case 'plan_reviewed':
      return openPlan(place) ? [] : at('', toReason('plan_none'));
    case 'joined':
    case 'parted':
    case 'represented':
    case 'closed_as_repeat':
      return findJoiningProblems(
        step,
        place.matter,
        place.around,
        toKindNow(place.matter.complaint, place.matter.told),
      );
    default:
      return [];
  }
}

/** A statutory complaint is one of those that the agency has published (Act, article 36), where it has. */
function judgeKind({ as, item }: StepOf<'classified'>, { rules, now }: Case): Problem[] {
  if (as !== 'statutory') return item === undefined ? [] : at('/item', toReason('item_of_statutory'));
  const items = listItems(rules);
  if (items.length === 0 || (item !== undefined && findPeriod('statutory', now, rules.periods, item)))
    return [];
  return at('/item', toReason('item_unknown', { item: item ?? '-', n: items.length }));
}

/** The names of the statutory complaints that the rules know. */
export const listItems = ({ periods }: Pick<ClockRules, 'periods'>): string[] => [
  ...new Set(periods.flatMap(({ kind, item }) => (kind === 'statutory' && item ? [item] : []))),
];

/** A step between agencies, by what was asked so far. The deadline limits it as long as it is ahead. */
function judgeBetween(step: Step, { matter, clock, now, isAgency }: Case): Problem[] {
  const { assignee } = matter.complaint;
  const due = clock.due && clock.due > now ? clock.due : undefined;
  return judgeContribution(step, { asked: foldContributions(matter.told), assignee, due, now, isAgency });
}

/** Once up to the original period, once more with consent, and before the deadline (Decree, article 21). */
function judgeExtension(step: StepOf<'extended'>, place: Case): Problem[] {
  const { clock } = place;
  const [reasonOf, article] = isObjected(place)
    ? [objectionDays, 'Act, article 35']
    : [undefined, 'Decree, article 21'];
  if (!clock.period || !clock.unit) return at('', toReason('extension_none'));
  if (clock.overdue) return at('', toReason('extension_late'));
  const inHours = clock.unit === 'hours';
  const asked = inHours ? (step.hours ?? 0) + (step.days ?? 0) * hoursOfDay : (step.days ?? 0);
  if (asked === 0) return at(inHours ? '/hours' : '/days', toReason('extension_unit', { unit: clock.unit }));
  if (!inHours && step.hours) return at('/hours', toReason('extension_unit', { unit: clock.unit }));
  if (clock.extensions.length > 1) return at('', toReason('extension_third'));
  if (clock.extensions.length === 1 && (!step.consent || reasonOf))
    return at('/consent', toReason('extension_consent'));
  const original = clock.total - clock.extensions.reduce((sum, units) => sum + units, 0);
  if (asked > original)
    return at(
      inHours ? '/hours' : '/days',
      toReason('extension_too_long', { n: original, unit: clock.unit, article }),
    );
  return [];
}

/** Days that a repeated demand gives at most (Decree, article 25). */
const repeatedDemandDays = 10;

function judgeSupplement({ until }: StepOf<'supplement_requested'>, { taken, now, rules }: Case): Problem[] {
  const before = taken.filter(({ kind }) => kind === 'supplement_requested').length;
  if (before > 1) return at('', toReason('supplement_third'));
  if (until === undefined) return [];
  if (Date.parse(until) <= now.getTime()) return at('/until', toReason('supplement_past'));
  if (before === 0) return [];
  const last = nthDay(toDay(now.getTime()), repeatedDemandDays, rules.calendar.isWorkingDay);
  const latest = new Date(atMinute(last + 1, 0));
  return Date.parse(until) > latest.getTime()
    ? at('/until', toReason('supplement_too_long', { latest: latest.toISOString() }))
    : [];
}

function judgeMoreTime({ until }: StepOf<'supplement_extended'>, { taken, now }: Case): Problem[] {
  const demand = taken.findLastIndex(({ kind }) => kind === 'supplement_requested');
  const since = taken.slice(demand + 1).filter(({ kind }) => kind === 'supplement_extended').length;
  if (since > 1) return at('', toReason('supplement_time_third'));
  return Date.parse(until) <= now.getTime() ? at('/until', toReason('supplement_past')) : [];
}

/** By when the supplement is awaited. Undefined: no time was given. */
function supplementUntil(taken: readonly Step[]): string | undefined {
  const last = taken.findLast(
    ({ kind }) => kind === 'supplement_requested' || kind === 'supplement_extended',
  );
  return last && 'until' in last ? last.until : undefined;
}

function judgeReturn({ taken, now }: Case): Problem[] {
  const until = supplementUntil(taken);
  return until && Date.parse(until) > now.getTime() ? at('', toReason('returned_early', { until })) : [];
}

function judgeStop(
  step: StepOf<'clock_stopped'> | StepOf<'clock_resumed'>,
  { taken, matter }: Case,
): Problem[] {
  if (
    step.kind === 'clock_stopped' &&
    step.ground === 'survey' &&
    toKindNow(matter.complaint, matter.told) !== 'grievance'
  )
    return at('/ground', toReason('survey_kind'));
  const open = listOpenGrounds(taken);
  const isOpen = open.includes(step.ground);
  if (step.kind === 'clock_stopped') return isOpen ? at('/ground', toReason('stop_open')) : [];
  return isOpen ? [] : at('/ground', toReason('stop_none', { grounds: open.join(', ') || '-' }));
}

/** The grounds on which the clock was stopped and not resumed. */
export function listOpenGrounds(taken: readonly Step[]) {
  const open = new Set<StepOf<'clock_stopped'>['ground']>();
  for (const step of taken) {
    if (step.kind === 'clock_stopped') open.add(step.ground);
    if (step.kind === 'clock_resumed') open.delete(step.ground);
    if (step.kind === 'reopened' || step.kind === 'objected') open.clear();
  }
  return [...open];
}

function judgeSurvey({ taken, matter }: Case): Problem[] {
  if (toKindNow(matter.complaint, matter.told) !== 'grievance') return at('', toReason('survey_kind'));
  return taken.some(({ kind }) => kind === 'survey_extended')
    ? at('', toReason('survey_extended_twice'))
    : [];
}

/** A transfer can be refused, until two agencies have: then the arbiter decides. */
function judgeTransferRefusal({ matter, taken, arbiter }: Case): Problem[] {
  const last = matter.told.findLast(({ type }) => type === 'transferred');
  if (last?.type !== 'transferred' || last.data.to !== matter.complaint.assignee)
    return at('', toReason('transfer_none'));
  const refusals = taken.filter(({ kind }) => kind === 'transfer_refused').length;
  return refusals > 1 ? at('', toReason('transfer_decided', { agency: arbiter })) : [];
}

const daysToObject = 60;

/** Within 60 days after the refusal of a statutory complaint. A last day on which offices are closed moves on. */
function judgeObjection({ matter, now, rules }: Case): Problem[] {
  const refusal = matter.told.findLast((event) => isStep(event) && event.data.step.kind === 'refused');
  if (!refusal || toKindNow(matter.complaint, matter.told) !== 'statutory')
    return at('', toReason('objection_kind'));
  const day = toDay(Date.parse(refusal.at)) + daysToObject;
  const until = new Date(atMinute(nthDay(day, 1, rules.calendar.isWorkingDay) + 1, 0));
  return now > until ? at('', toReason('objection_late', { until: until.toISOString() })) : [];
}

/** An objection waits for its decision. */
function isObjected({ taken }: Case): boolean {
  const last = taken.findLast(({ kind }) => kind === 'objected' || kind === 'objection_decided');
  return last?.kind === 'objected';
}

function judgePlan({ reviewOn }: StepOf<'planned'>, { now }: Case): Problem[] {
  const today = toDay(now.getTime());
  const index = reviewOn.findIndex((date) => Date.parse(`${date}T00:00:00Z`) / 86_400_000 <= today);
  return index === -1 ? [] : at(`/reviewOn/${index}`, toReason('plan_past', { date: reviewOn[index] ?? '' }));
}

/** A long-term plan that was not kept yet. */
function openPlan({ taken }: Case): StepOf<'planned'> | undefined {
  const index = taken.findLastIndex(({ kind }) => kind === 'planned');
  const plan = taken[index];
  const isKept = taken.slice(index + 1).some((step) => step.kind === 'plan_reviewed' && step.kept);
  return plan?.kind === 'planned' && !isKept ? plan : undefined;
}
