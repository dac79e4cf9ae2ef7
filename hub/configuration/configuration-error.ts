import { type Problem, wordReason } from '../../schemas/index.ts';
import type { ConfigurationDocument } from './document.ts';

/** What is wrong at one place of the configuration. */
export interface ConfigurationProblem extends Problem {
  /** Undefined: a document or the whole folder is missing. */
  document?: Pick<ConfigurationDocument, 'kind' | 'name'>;
  /** Relative to the folder. Undefined: the document comes from no folder. */
  file?: string;
  /** From 1, in the text of the document. */
  line?: number;
  /** From 1. */
  column?: number;
}

/**
 * Why a change of the configuration was not made.
 * - `invalid`: documents that do not pass the checks; see `problems`
 * - `in-use`: an agency to be removed still has work
 * - `unknown`: no such document or version
 * - `taken`: there is an agency with this code already
 * - `moved`: somebody applied another version since the change was begun
 * - `same-person`: the rule of four eyes wants a second person
 */
export class ConfigurationError extends Error {
  readonly kind: 'invalid' | 'in-use' | 'unknown' | 'taken' | 'moved' | 'same-person';
  readonly problems: ConfigurationProblem[];
  constructor(kind: ConfigurationError['kind'], message: string, problems: ConfigurationProblem[] = []) {
    super(message);
    this.name = 'ConfigurationError';
    this.kind = kind;
    this.problems = problems;
  }
}

/** A problem in one line of English, for terminals and logs. */
export function toProblemLine({ document, file, line, pointer, reason }: ConfigurationProblem): string {
  const own = `${document?.kind} ${document?.name}${line === undefined ? '' : `:${line}`}`;
  const place = file === undefined ? own : `${file}:${line}`;
  return [place, pointer, wordReason(reason, 'en')].filter((part) => part !== '').join(' ');
}
