import type { ComplaintKind } from '../../schemas/index.ts';
import { toDay } from './calendar.ts';
import type { ClockStep, StopGround } from './clock-steps.ts';
import { type ClockRules, findPeriod, hoursOfDay, isInHours } from './deadline.ts';
import type { Period } from './periods.ts';
import {
  endOfSurvey,
  listUncountedDays,
  listUncountedStretches,
  type Stop,
  surveyDays,
} from './uncounted.ts';
import {
  addWorkingTime,
  closingTime,
  firstOpenDay,
  hour,
  nthDay,
  type Stretch,
  workingTimeBetween,
} from './working-time.ts';

/** One line of the account of a clock: a step, what it did, and by which rule. */
export interface ClockLine {
  at: Date;
  step: ClockStep;
  /**
   * - `counted`: it moved the clock
   * - `late`: the deadline had passed, so it moved nothing
   * - `idle`: it changed nothing, for example a stop of a ground that stands already
   */
  effect: 'counted' | 'late' | 'idle';
  /** The deadline after the step. Absent: none, or it depends on when the clock goes on. */
  due?: Date;
}

/** Where the statutory clock of a complaint stands at an instant. */
export interface ClockState {
  /** `none`: no period applies. */
  phase: 'none' | 'running' | 'stopped' | 'ended';
  /** Absent: no period applies, or the deadline depends on when the clock goes on. */
  due?: Date;
  period?: Period;
  startedAt?: Date;
  /** Whether hours or days are counted (Act, article 19). */
  unit?: 'hours' | 'days';
  /** The period with its extensions, in units. */
  total: number;
  /** Units counted so far. Days count from their beginning. */
  used: number;
  left: number;
  /** The deadline has passed, or the complaint ended after it. */
  overdue: boolean;
  /** Units counted beyond the deadline. */
  over: number;
  /** Since when the clock stands, and why. Several grounds may hold at once. */
  stoppedSince?: Date;
  grounds: StopGround[];
  /** When days count again although the survey goes on. */
  stoppedUntil?: Date;
  endedAt?: Date;
  /** How far the deadline was extended, in units, by each extension in order. */
  extensions: number[];
  lines: ClockLine[];
}

/** How much later a deadline is: as it was said, so that it holds in the unit of whatever period applies. */
interface Extension {
  days: number;
  hours: number;
}

/** The clock between two steps. */
interface Face {
  startedAt: Date;
  period: Period | undefined;
  stops: Stop[];
  extensions: Extension[];
  mostSurveyDays: number;
  endedAt?: Date;
}

/**
 * The state of the clock at an instant: a fold over the steps up to then. The same steps give the same state, and the
 * state at `at` does not depend on later steps. Sources: Civil Complaints Treatment Act, article 19, and its
 * Enforcement Decree, articles 14 to 17, 20 and 21.
 */
export function readClock(steps: readonly ClockStep[], at: Date, rules: ClockRules): ClockState {
  const seen = steps.filter((step) => Date.parse(step.at) <= at.getTime());
  const inOrder = seen.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  let face: Face | undefined;
  const lines: ClockLine[] = [];
  for (const step of inOrder) {
    const now = new Date(step.at);
    const late = face !== undefined && isLate(face, step, now, rules);
    const next: Face | undefined = late ? face : turn(face, step, now, rules);
    const effect = late ? 'late' : next === face ? 'idle' : 'counted';
    face = next;
    const due = face && dueOf(face, now, rules);
    lines.push({ at: now, step, effect, ...(due && { due }) });
  }
  return face ? describe(face, at, rules, lines) : { ...blank, lines };
}

const blank: ClockState = {
  phase: 'none',
  total: 0,
  used: 0,
  left: 0,
  overdue: false,
  over: 0,
  grounds: [],
  extensions: [],
  lines: [],
};

/** Steps that would move the deadline. After it they come too late. */
const movers: ReadonlySet<ClockStep['type']> = new Set([
  'stopped',
  'survey_extended',
  'extended',
  'classified',
]);

function isLate(face: Face, { type }: ClockStep, now: Date, rules: ClockRules): boolean {
  if (!movers.has(type) || face.endedAt) return false;
  const due = dueOf(face, now, rules);
  return due !== undefined && now > due;
}

/** The clock after a step; the same object if the step changes nothing. */
function turn(face: Face | undefined, step: ClockStep, now: Date, rules: ClockRules): Face | undefined {
  if (step.type === 'started') return face ?? start(step, now, rules);
  if (!face) return undefined;
  if (step.type === 'restarted') return face.endedAt ? start(step, now, rules) : face;
  if (face.endedAt) return face;
  switch (step.type) {
    case 'classified':
      return { ...face, period: periodOf(step, face.startedAt, rules) };
    case 'stopped':
      return isOpen(face, step.ground)
        ? face
        : { ...face, stops: [...face.stops, { ground: step.ground, from: now }] };
    case 'resumed':
      return isOpen(face, step.ground) ? { ...face, stops: closeStops(face.stops, now, step.ground) } : face;
    case 'survey_extended':
      return { ...face, mostSurveyDays: surveyDays.extended };
    case 'extended':
      return extend(face, step);
    case 'ended':
      return { ...face, endedAt: now, stops: closeStops(face.stops, now) };
  }
}

interface Classed {
  at: string;
  kind: ComplaintKind;
  item?: string;
  days?: number;
}

function start(step: Classed, now: Date, rules: ClockRules): Face {
  return {
    startedAt: now,
    period: periodOf(step, now, rules),
    stops: [],
    extensions: [],
    mostSurveyDays: surveyDays.once,
  };
}

function periodOf({ kind, item, days, at }: Classed, startedAt: Date, rules: ClockRules): Period | undefined {
  return days === undefined
    ? findPeriod(kind, startedAt, rules.periods, item)
    : { kind, days, from: at.slice(0, 10), source: 'Act, article 35' };
}

const isOpen = ({ stops }: Face, ground: StopGround) =>
  stops.some((stop) => stop.ground === ground && stop.to === undefined);

const closeStops = (stops: Stop[], to: Date, ground?: StopGround): Stop[] =>
  stops.map((stop) =>
    stop.to === undefined && (ground === undefined || stop.ground === ground) ? { ...stop, to } : stop,
  );

function extend(face: Face, { days = 0, hours = 0 }: { days?: number; hours?: number }): Face {
  if (!face.period || toUnits({ days, hours }, face.period) === 0) return face;
  return { ...face, extensions: [...face.extensions, { days, hours }] };
}

/** The period with its extensions, in its unit. */
function totalOf({ period, extensions }: Face): number {
  if (!period) return 0;
  const own = 'hours' in period ? period.hours : isInHours(period) ? period.days * hoursOfDay : period.days;
  return extensions.reduce((sum, extension) => sum + toUnits(extension, period), own);
}

const toUnits = ({ days, hours }: Extension, period: Period): number =>
  isInHours(period) ? days * hoursOfDay + hours : days;

/** The deadline as it is known at an instant. */
function dueOf(face: Face, now: Date, rules: ClockRules): Date | undefined {
  const { period, stops, startedAt } = face;
  if (!period || stops.some(({ ground, to }) => to === undefined && ground !== 'survey')) return undefined;
  const until = endOfSurvey(stops, face.mostSurveyDays, isInHours(period), rules) ?? now;
  if (isInHours(period))
    return addWorkingTime(startedAt, totalOf(face) * hour, rules, stretchesOf(face, until, rules));
  const counts = countsOf(face, until, rules);
  let last = nthDay(firstOpenDay(startedAt, rules), totalOf(face), counts);
  // No deadline lies in a time in which the clock stands: what stopped on the last day goes on for a day afterwards.
  while (stops.some((stop) => spans(stop, closingTime(last, rules), until)))
    last = nthDay(last + 1, 1, counts);
  return closingTime(last, rules);
}

const spans = ({ from, to }: Stop, instant: Date, until: Date): boolean =>
  from < instant && instant <= (to ?? until);

const stretchesOf = ({ stops, mostSurveyDays }: Face, until: Date, rules: ClockRules): Stretch[] =>
  listUncountedStretches(stops, until, mostSurveyDays, rules);

function countsOf({ stops, mostSurveyDays }: Face, until: Date, rules: ClockRules) {
  const out = listUncountedDays(stops, until, mostSurveyDays, rules);
  return (day: number) => rules.calendar.isWorkingDay(day) && !out.has(day);
}

/** Units counted from the start up to an instant. The day of the instant counts as a whole. */
function unitsUntil(face: Face, instant: Date, rules: ClockRules): number {
  if (!face.period) return 0;
  if (isInHours(face.period)) {
    const out = stretchesOf(face, instant, rules);
    return workingTimeBetween(face.startedAt, instant, rules, out) / hour;
  }
  const counts = countsOf(face, instant, rules);
  let days = 0;
  for (let day = firstOpenDay(face.startedAt, rules); day <= toDay(instant.getTime()); day += 1)
    if (counts(day)) days += 1;
  return days;
}

function describe(face: Face, at: Date, rules: ClockRules, lines: ClockLine[]): ClockState {
  const { period, startedAt, endedAt, extensions } = face;
  if (!period) return { ...blank, ...(endedAt && { endedAt }), startedAt, lines };
  const now = endedAt ?? at;
  const due = dueOf(face, now, rules);
  const used = unitsUntil(face, now, rules);
  const total = totalOf(face);
  const standing = listStanding(face, now, rules);
  const isStopped = !endedAt && standing.grounds.length > 0;
  const overdue = due !== undefined && now > due && !isStopped;
  return {
    phase: endedAt ? 'ended' : isStopped ? 'stopped' : 'running',
    ...(due && { due }),
    period,
    startedAt,
    unit: isInHours(period) ? 'hours' : 'days',
    total,
    used,
    left: Math.max(0, total - used),
    overdue,
    over: overdue ? used - unitsUntil(face, due, rules) : 0,
    ...standing,
    ...(endedAt && { endedAt }),
    extensions: extensions.map((extension) => toUnits(extension, period)),
    lines,
  };
}

/** The stops that hold at an instant: those that go on, without a survey that has used up its days. */
function listStanding({ stops, period, mostSurveyDays }: Face, now: Date, rules: ClockRules) {
  const until = endOfSurvey(stops, mostSurveyDays, period !== undefined && isInHours(period), rules);
  const open = stops.filter(
    ({ ground, to }) => to === undefined && (ground !== 'survey' || (until && now <= until)),
  );
  const isSurveyAlone = open.length > 0 && open.every(({ ground }) => ground === 'survey');
  return {
    grounds: open.map(({ ground }) => ground),
    ...(open.length > 0 && { stoppedSince: new Date(Math.min(...open.map(({ from }) => from.getTime()))) }),
    ...(isSurveyAlone && until && { stoppedUntil: until }),
  };
}
