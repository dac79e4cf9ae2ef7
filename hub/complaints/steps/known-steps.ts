import { type Actor, type Step, stepFacts } from '../../../schemas/index.ts';
import { isAssignee, speaksForComplainant } from '../speakers.ts';
import type { Link, Matter, NumberedEvent } from '../state.ts';

type Taken = Extract<NumberedEvent, { type: 'step_taken' }>;

export const isStep = (event: NumberedEvent): event is Taken => event.type === 'step_taken';

/** Whether an agency may take a step: the assignee its own, the origin and the contact centre the complainant's. */
export const mayTake = (matter: Matter, agency: string, { kind }: Step): boolean =>
  stepFacts[kind].by === 'assignee' ? isAssignee(matter, agency) : speaksForComplainant(matter, agency);

/**
 * The steps that are news, of those that the actor may take. A board shows all of them each time; a caller or a form
 * that repeats one means it as new.
 */
export function listNewSteps(matter: Matter, { agency, via }: Actor, steps: readonly Step[]): Step[] {
  const link = matter.links.find((one) => one.agency === agency);
  return steps.filter(
    (step) => mayTake(matter, agency, step) && (via !== 'board' || !findStep(matter, step, link)),
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
