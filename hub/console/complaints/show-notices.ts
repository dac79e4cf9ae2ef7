import type { StepKind } from '../../../schemas/index.ts';
import type { ComplaintFile } from '../../complaints/reading/read-complaint.ts';

/**
 * The notices with the step that each tells of: one template serves all steps, so its name alone does not say what a
 * person was told. Null: it tells of something else.
 */
export function toShownNotices({ events, notices }: Pick<ComplaintFile, 'events' | 'notices'>) {
  const steps = new Map(
    events.flatMap(({ seq, type, data }): [number, StepKind][] =>
      type === 'step_taken' || type === 'contributed' ? [[seq, (data.step as { kind: StepKind }).kind]] : [],
    ),
  );
  return notices.map((notice) => ({ ...notice, step: steps.get(notice.seq) ?? null }));
}
