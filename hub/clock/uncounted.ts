import { atMinute, type Day, toDay } from './calendar.ts';
import type { StopGround } from './clock-steps.ts';
import type { Office } from './office-hours.ts';
import { addWorkingTime, hour, nthDay, type Stretch, workingTimeBetween } from './working-time.ts';

/** A time in which the clock stands still. Without `to`: it has not ended. */
export interface Stop {
  ground: StopGround;
  from: Date;
  to?: Date;
}

/**
 * How long the survey of a grievance may take without being counted, in working days: 14, and once 7 more (Enforcement
 * Decree of the Civil Complaints Treatment Act, article 17). A day has 8 hours where hours are counted.
 */
export const surveyDays = { once: 14, extended: 21 } as const;

/** The days that the stops leave uncounted, for a period in days. A stop that goes on ends at `until`. */
export function listUncountedDays(
  stops: readonly Stop[],
  until: Date,
  mostSurveyDays: number,
  { calendar }: Office,
): Set<Day> {
  const days = new Set<Day>();
  let survey = mostSurveyDays;
  for (const { ground, from, to = until } of stops)
    for (let day = firstOut(ground, from); day <= toDay(to.getTime()); day += 1) {
      if (!calendar.isWorkingDay(day) || (ground === 'survey' && survey === 0)) continue;
      if (ground === 'survey') survey -= 1;
      days.add(day);
    }
  return days;
}

/**
 * A supplement takes the day on which it was demanded (Enforcement Decree, article 20). Other stops begin on the next
 * day (Framework Act on Administration, article 6; Civil Act, articles 157 and 159).
 */
const firstOut = (ground: StopGround, from: Date): Day =>
  toDay(from.getTime()) + (ground === 'supplement' ? 0 : 1);

/** The stretches that the stops leave uncounted, for a period in hours. A stop that goes on ends at `until`. */
export function listUncountedStretches(
  stops: readonly Stop[],
  until: Date,
  mostSurveyDays: number,
  office: Office,
): Stretch[] {
  let survey = mostSurveyDays * 8 * hour;
  return stops.map(({ ground, from, to = until }): Stretch => {
    if (ground === 'supplement')
      return [atMinute(toDay(from.getTime()), 0), atMinute(toDay(to.getTime()) + 1, 0)];
    if (ground !== 'survey') return [from.getTime(), to.getTime()];
    if (survey === 0) return [from.getTime(), from.getTime()];
    const taken = workingTimeBetween(from, to, office);
    const end = taken > survey ? addWorkingTime(from, survey, office) : to;
    survey = Math.max(0, survey - taken);
    return [from.getTime(), end.getTime()];
  });
}

/** The last instant at which a survey that goes on is not counted. Undefined: none goes on. */
export function endOfSurvey(
  stops: readonly Stop[],
  mostSurveyDays: number,
  inHours: boolean,
  office: Office,
): Date | undefined {
  const surveys = stops.filter(({ ground }) => ground === 'survey');
  const open = surveys.find(({ to }) => to === undefined);
  if (!open) return undefined;
  const before = surveys.filter((stop) => stop !== open);
  if (inHours) {
    const taken = before.reduce((sum, { from, to = from }) => sum + workingTimeBetween(from, to, office), 0);
    const left = mostSurveyDays * 8 * hour - taken;
    return left <= 0 ? open.from : addWorkingTime(open.from, left, office);
  }
  const left = mostSurveyDays - listUncountedDays(before, open.from, mostSurveyDays, office).size;
  if (left <= 0) return open.from;
  const last = nthDay(firstOut('survey', open.from), left, office.calendar.isWorkingDay);
  return new Date(atMinute(last + 1, 0) - 1);
}
