import { type Problem, type Reason, type Step, type StepOf, toReason } from '../../../schemas/index.ts';
import type { Asked } from './fold-contributions.ts';

/** What a step between agencies is judged by. */
export interface ContributionCase {
  asked: readonly Asked[];
  assignee: string;
  /** The complaint's own deadline. Absent: it has none now, or it has passed. */
  due?: Date | undefined;
  now: Date;
  isAgency(code: string): boolean;
}

/** The steps between agencies, by what they are about. */
type Asking = StepOf<'part_asked' | 'cooperation_asked'>;
type About = Extract<Step, { contribution: number }>;
export type AboutContribution = About['kind'];

const at = (pointer: string, reason: Reason): Problem[] => [{ pointer, reason }];

/** Why a step between agencies cannot be taken now. Empty: it can, or it is another step. */
export function judgeContribution(step: Step, place: ContributionCase): Problem[] {
  if (step.kind === 'part_asked' || step.kind === 'cooperation_asked') return judgeAsking(step, place);
  return 'contribution' in step ? judgeAbout(step, place) : [];
}

/** Another agency, with a date inside the complaint's own period (Act, article 20). */
function judgeAsking({ to, until }: Asking, place: ContributionCase): Problem[] {
  return [...judgeAgency(to, place), ...judgeDate(until, place)];
}

function judgeAgency(to: string, { assignee, isAgency }: ContributionCase): Problem[] {
  if (to === assignee) return at('/to', toReason('contribution_own', { agency: to }));
  return isAgency(to) ? [] : at('/to', toReason('unknown_agency', { agency: to }));
}

function judgeDate(until: string, { due, now }: ContributionCase): Problem[] {
  const instant = Date.parse(until);
  if (instant <= now.getTime()) return at('/until', toReason('contribution_past'));
  return due && instant > endOfDay(due)
    ? at('/until', toReason('contribution_after_deadline', { latest: due.toISOString() }))
    : [];
}

const day = 86_400_000;
/** Korea has kept UTC+9 without summer time since 1988. */
const koreanOffset = 9 * 3_600_000;

/** A form gives a day, and the deadline lies within one: what is awaited on the day of the deadline is in time. */
const endOfDay = (instant: Date): number =>
  (Math.floor((instant.getTime() + koreanOffset) / day) + 1) * day - koreanOffset;

function judgeAbout(step: About, place: ContributionCase): Problem[] {
  const one = place.asked[step.contribution - 1];
  const known = place.asked.map(({ number }) => number).join(', ') || '-';
  if (!one) return at('/contribution', toReason('contribution_none', { numbers: known }));
  const allowed = allowedStates[step.kind];
  if (!allowed.includes(one.state))
    return at(
      '/contribution',
      toReason('contribution_state', { n: one.number, state: one.state, allowed: allowed.join(', ') }),
    );
  switch (step.kind) {
    case 'contribution_extended':
      return judgeMoreTime(step, one, place);
    case 'contribution_moved': {
      const moved = judgeAgency(step.to, place);
      const isSame = step.to === one.to;
      const date = judgeDate(step.until ?? one.dueAt, place);
      return [
        ...moved,
        ...(isSame ? at('/to', toReason('contribution_same', { agency: step.to })) : []),
        ...date,
      ];
    }
    case 'contribution_shared':
      return one.shared ? at('/contribution', toReason('contribution_shared_already')) : [];
    default:
      return [];
  }
}

/** In which state something can be done about what was asked. */
export const allowedStates: Record<AboutContribution, Asked['state'][]> = {
  contribution_answered: ['asked', 'answered'],
  contribution_refused: ['asked'],
  contribution_extended: ['asked'],
  contribution_moved: ['asked', 'refused'],
  contribution_taken_back: ['asked', 'refused'],
  contribution_shared: ['answered'],
};

/** Once, before the date, and by no more than the time that was given first (Act, article 20). */
function judgeMoreTime(
  { until }: StepOf<'contribution_extended'>,
  { extended, askedAt, dueAt }: Asked,
  place: ContributionCase,
): Problem[] {
  if (extended) return at('', toReason('contribution_extended_twice'));
  const due = Date.parse(dueAt);
  if (due < place.now.getTime()) return at('', toReason('contribution_extended_late'));
  if (Date.parse(until) <= due) return at('/until', toReason('contribution_not_later', { due: dueAt }));
  const latest = new Date(due + (due - Date.parse(askedAt)));
  if (Date.parse(until) > endOfDay(latest))
    return at('/until', toReason('contribution_too_long', { latest: latest.toISOString() }));
  return judgeDate(until, place);
}
