/**
 * Why a change of the configuration was not made.
 * - `invalid`: documents that do not pass the checks; see `problems`
 * - `in-use`: an agency to be removed still has work
 * - `unknown`: no such document or version
 * - `taken`: there is an agency with this code already
 */
export class ConfigurationError extends Error {
  readonly kind: 'invalid' | 'in-use' | 'unknown' | 'taken';
  /** One line each, with its place. */
  readonly problems: string[];
  constructor(kind: ConfigurationError['kind'], message: string, problems: string[] = []) {
    super(message);
    this.name = 'ConfigurationError';
    this.kind = kind;
    this.problems = problems;
  }
}
