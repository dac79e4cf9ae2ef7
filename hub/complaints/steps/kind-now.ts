import type { Complaint, ComplaintKind } from '../../../schemas/index.ts';
import type { NumberedEvent } from '../state.ts';
import { isStep } from './known-steps.ts';

/**
 * The kind of a complaint: as its agency classified it last, otherwise as it was filed. Steps, lists and figures go by it.
 * `events`: those with its steps, oldest first.
 */
export function toKindNow(
  { content }: Pick<Complaint, 'content'>,
  events: readonly NumberedEvent[],
): ComplaintKind {
  const kinds = events.filter(isStep).flatMap(({ data: { step } }) => {
    return step.kind === 'classified' ? step.as : [];
  });
  return kinds.at(-1) ?? content.kind;
}
