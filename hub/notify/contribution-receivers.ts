import { type Step, stepFacts } from '../../schemas/index.ts';
import type { Asked } from '../complaints/contributions/fold-contributions.ts';

/**
 * The agencies whose officers are told of a step between agencies: the one that leads of what the asked one says, and the
 * asked one of the rest; also the one that was asked before, since it need not go on.
 */
export function listReceivers(
  step: Step,
  { assignee, asked }: { assignee: string; asked: readonly Asked[] },
): string[] {
  if (stepFacts[step.kind].by === 'asked') return [assignee];
  const one = 'contribution' in step ? asked[step.contribution - 1] : undefined;
  const isMoved = step.kind === 'contribution_moved';
  return [
    ...('to' in step ? [step.to] : one ? [one.to] : []),
    ...(isMoved && one?.before && one.before !== step.to ? [one.before] : []),
  ];
}
