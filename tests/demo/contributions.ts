/** What agencies ask of each other, by the stories alone: who is asked, and who is told. Nothing of the hub is used. */
import type { StepKind } from '../../schemas/index.ts';
import type { AgencyCode, ProcedureStep, Step } from './story.ts';

const asking: readonly StepKind[] = ['part_asked', 'cooperation_asked'];
const replying: readonly StepKind[] = [
  'contribution_answered',
  'contribution_refused',
  'contribution_extended',
];
const between: readonly StepKind[] = [
  ...asking,
  ...replying,
  'contribution_moved',
  'contribution_taken_back',
  'contribution_shared',
];

/** Whether a step stays between agencies: no board and no complainant hears of it. */
export const isBetween = (step: Step): step is ProcedureStep =>
  step.do === 'step' && between.includes(step.kind);

/** What a step between agencies asks or says. A field of another kind is absent. */
interface Asking {
  to?: AgencyCode;
  contribution?: string;
  text?: string;
  reason?: string;
}
export const fieldsOf = (step: ProcedureStep): Asking => step.fields as Asking;

/** The agencies that the steps ask, in the order of the numbers. */
function listAsked(steps: readonly Step[]): AgencyCode[] {
  const asked: AgencyCode[] = [];
  for (const step of steps) {
    if (!isBetween(step)) continue;
    const { to, contribution } = fieldsOf(step);
    if (to && asking.includes(step.kind)) asked.push(to);
    else if (to && step.kind === 'contribution_moved') asked[Number(contribution) - 1] = to;
  }
  return asked;
}

/**
 * The agencies whose officers are told of the step with this index: the lead of a reply, the asked one of the rest, and
 * the one that was asked before if another is asked instead. Nobody is told that a reply is shared.
 */
export function listToldAgencies(steps: readonly Step[], index: number, lead: AgencyCode): AgencyCode[] {
  const step = steps[index];
  if (!step || !isBetween(step) || step.kind === 'contribution_shared') return [];
  if (replying.includes(step.kind)) return [lead];
  const { to, contribution } = fieldsOf(step);
  const before = listAsked(steps.slice(0, index))[Number(contribution) - 1];
  return [...(to ? [to] : []), ...(before ? [before] : [])];
}
