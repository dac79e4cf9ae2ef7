import type { Problem } from '../../schemas/index.ts';

/**
 * Why something was not done for an engineer.
 * - `not_found`: the agency has no such thing
 * - `invalid`: `problems` name the fields
 * - `forbidden`: a key cannot give what it has not
 * - `conflict`: it does not go with how things stand
 * - `changed`: somebody changed it since it was read
 * - `key_reused`: the caller's own name of a call was used for another one
 */
export class EngineerError extends Error {
  readonly kind: 'not_found' | 'invalid' | 'forbidden' | 'conflict' | 'changed' | 'key_reused';
  readonly problems: Problem[];
  constructor(kind: EngineerError['kind'], message: string = kind, problems: Problem[] = []) {
    super(message);
    this.name = 'EngineerError';
    this.kind = kind;
    this.problems = problems;
  }
}
