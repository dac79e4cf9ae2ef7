export * from './agency.ts';
export * from './attachment-calls.ts';
export * from './calls.ts';
export * from './complaint.ts';
export * from './event.ts';
export * from './post.ts';
export * from './routing.ts';
export { type Checked, compile, type Problem } from './validate.ts';
export * from './vocabulary.ts';
