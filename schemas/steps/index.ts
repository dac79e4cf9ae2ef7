export { findStepShapeProblems } from './check-step.ts';
export * from './step.ts';
export * from './step-facts.ts';
export * from './step-words.ts';
export * from './to-part.ts';
