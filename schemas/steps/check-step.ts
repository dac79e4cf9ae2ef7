import type { Problem } from '../reason.ts';
import { type Checked, compile } from '../validate.ts';
import { type Step, type StepKind, stepKinds, stepSchemas } from './step.ts';

const checks = new Map<StepKind, (value: unknown) => Checked<unknown>>(
  stepKinds.map((kind) => [kind, compile(stepSchemas[kind])]),
);

/** What a step lacks, and what it has that its kind does not know. Pointers begin at the step. */
export function findStepShapeProblems(step: Step): Problem[] {
  const checked = checks.get(step.kind)?.(step);
  return checked && !checked.ok ? checked.problems : [];
}
