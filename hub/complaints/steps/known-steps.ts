import { type Actor, isInternalStep, type Step, stepFacts } from '../../../schemas/index.ts';
import { foldContributions } from '../contributions/fold-contributions.ts';
import { isAssignee, speaksForComplainant } from '../speakers.ts';
import type { Link, Matter, NumberedEvent } from '../state.ts';

type Taken = Extract<NumberedEvent, { type: 'step_taken' }>;

type Contributed = Extract<NumberedEvent, { type: 'contributed' }>;

/** A step, also one between agencies. */
export const isAnyStep = (event: NumberedEvent): event is Taken | Contributed =>
  event.type === 'step_taken' || event.type === 'contributed';
export const isStep = (event: NumberedEvent): event is Taken => event.type === 'step_taken';

/**
 * Whether an agency may take a step: the assignee its own, the origin and the contact centre the complainant's, and an
 * agency that was asked for something its reply.
 */
export function mayTake(matter: Matter, agency: string, step: Step): boolean {
  const { by } = stepFacts[step.kind];
  if (by === 'asked') return isAsked(matter, agency, step);
  return by === 'assignee' ? isAssignee(matter, agency) : speaksForComplainant(matter, agency);
}

/** A number that was never given out is no trespass: it is judged with the step. */
function isAsked({ told }: Matter, agency: string, step: Step): boolean {
  const asked = foldContributions(told);
  const one = 'contribution' in step ? asked[step.contribution - 1] : undefined;
  return one ? one.to === agency : asked.some(({ to }) => to === agency);
}

/**
 * The steps that are news, of those that the actor may take. A board shows all of them each time; a caller or a form
 * that repeats one means it as new.
 */
export function listNewSteps(matter: Matter, { agency, via }: Actor, steps: readonly Step[]): Step[] {
  const link = matter.links.find((one) => one.agency === agency);
  return steps.filter(
    (step) =>
      mayTake(matter, agency, step) &&
      // No board shows what stays between agencies.
      (via !== 'board' || !(isInternalStep(step) || findStep(matter, step, link))),
  );
}

/** The event that told this step before: by the board's id of it, otherwise by what it says. */
function findStep({ told }: Matter, step: Step, link: Link | undefined): Taken | undefined {
  const taken = told.filter(isStep);
  const idOf = ({ seq }: Taken) => link?.parts[seq];
  const byId = step.id === undefined ? undefined : taken.find((event) => idOf(event) === step.id);
  const mark = markStep(step);
  return (
    byId ??
    taken.find(
      (event) => markStep(event.data.step) === mark && (step.id === undefined || idOf(event) === undefined),
    )
  );
}

/** Identifies what a step says. Boards round its time, and may not show the officer. */
export function markStep({ id: _id, at: _at, by: _by, ...said }: Step): string {
  return JSON.stringify(Object.entries(said).sort(([a], [b]) => (a < b ? -1 : 1)));
}
