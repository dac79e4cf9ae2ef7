import { reasonOf, toReason } from '../../../schemas/reason.ts';
import type { Outcome } from '../../contract.ts';
import { toOutcome } from './call-error.ts';
import { Refusal } from './refusal.ts';

/** The outcome of a push that failed before anything was sent. `where`: the setting that describes what is sent. */
export function refusedBefore(error: unknown, where: string): Outcome {
  if (error instanceof Refusal) return toOutcome(error);
  return { kind: 'refused', reason: toReason('at', { place: where, detail: reasonOf(error) }) };
}
