import type { Matter } from '../state.ts';
import { isStep } from '../steps/known-steps.ts';

/** Whether other complaints are or were joined to it. */
export const isLead = ({ told }: Pick<Matter, 'told'>): boolean =>
  told.some((event) => isStep(event) && event.data.step.kind === 'joined');
