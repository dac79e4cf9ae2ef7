import type { NamesIn } from './reason-texts.ts';
import { reasonTexts } from './reasons/index.ts';
import type { Language } from './vocabulary.ts';

type Texts = typeof reasonTexts;
export type ReasonCode = keyof Texts;

/** What may stand in a text of the catalogue: words and numbers, or reasons again. */
export type ReasonParam = string | number | Reason | readonly Reason[];

/**
 * Why something is as it is: kept and sent as data, put into words where a person reads it ({@link wordReason}).
 * A reason that came from another version of the program may have a code that is not known here.
 */
export interface Reason {
  /** One of {@link ReasonCode}; `said`: words of others. */
  code: string;
  params?: Record<string, ReasonParam>;
  /** With code `said`: what a board, a server or an adapter from outside said, in its own words. */
  said?: string;
}

type ParamsOf<Code extends ReasonCode> = { [Name in NamesIn<Texts[Code][1]>]: ReasonParam };

/** A reason of the catalogue, with what stands in its text. */
export function toReason<Code extends ReasonCode>(
  code: Code,
  ...[params]: [NamesIn<Texts[Code][1]>] extends [never] ? [] : [params: ParamsOf<Code>]
): Reason {
  return params ? { code, params } : { code };
}

/** Words of others, kept as they came. */
export const said = (text: string): Reason => ({ code: 'said', said: text });

/** What an adapter gave: those from outside may give words. */
export const fromGiven = (given: Reason | string): Reason =>
  typeof given === 'string' ? said(given) : given;

/** What is wrong with one place of a document. */
export interface Problem {
  /** JSON pointer (RFC 6901) to the place; empty for the whole document. */
  pointer: string;
  /** What is wrong and what would be accepted. */
  reason: Reason;
}

/** Problems as an adapter gave them; those from outside may give words. */
export const fromGivenProblem = (given: Problem | { pointer: string; message: string }): Problem =>
  'reason' in given ? given : { pointer: given.pointer, reason: said(given.message) };

/** Two checks may find the same: each place once, with every different reason. */
export function collapseProblems(problems: readonly Problem[]): Problem[] {
  const known = new Set<string>();
  return problems.filter((problem) => {
    const mark = JSON.stringify(problem);
    return known.has(mark) ? false : Boolean(known.add(mark));
  });
}

/** Problems as one reason, each with its place. */
export const toReasonOf = (problems: readonly Problem[]): Reason =>
  toOneReason(
    problems.map(({ pointer, reason }) =>
      pointer === '' ? reason : toReason('at_pointer', { pointer, detail: reason }),
    ),
  );

/** What callers of the doors get of a problem (RFC 9457): the place, and the reason in English. */
export const toPlainProblem = ({ pointer, reason }: Problem): { pointer: string; message: string } => ({
  pointer,
  message: wordReason(reason, 'en'),
});

/** Several reasons as one; a single one stays itself. */
export const toOneReason = (reasons: readonly Reason[]): Reason =>
  reasons.length === 1 && reasons[0] ? reasons[0] : toReason('several', { reasons });

/** An error that says why as data; its message is the English text, for logs. */
export class ReasonError extends Error {
  readonly reason: Reason;
  constructor(reason: Reason, options: { cause?: unknown } = {}) {
    super(wordReason(reason, 'en'), options);
    this.name = 'ReasonError';
    this.reason = reason;
  }
}

/** Why something failed; the message of an error that is none of ours counts as words of others. */
export const reasonOf = (error: unknown): Reason =>
  error instanceof ReasonError ? error.reason : said(error instanceof Error ? error.message : String(error));

/** How a parameter reads to people, as a status or the name of an agency; undefined: as it is. */
export type WordParam = (name: string, value: string) => string | undefined;

const asItIs: WordParam = () => undefined;

/** A reason in words. A code that is not known here is shown as it is, with its parameters: nothing is hidden. */
export function wordReason(reason: Reason, language: Language, wordParam: WordParam = asItIs): string {
  const { code, params = {}, said } = reason;
  if (code === 'said') return said ?? '';
  const texts = Object.hasOwn(reasonTexts, code) ? reasonTexts[code as ReasonCode] : undefined;
  if (!texts) return `${code} ${JSON.stringify(params)}`;
  return texts[language === 'ko' ? 0 : 1].replace(/\{(\w+)\}/g, (_all, name: string) =>
    Object.hasOwn(params, name) ? word(name, params[name], language, wordParam) : '',
  );
}

function word(
  name: string,
  param: ReasonParam | undefined,
  language: Language,
  wordParam: WordParam,
): string {
  if (param === undefined) return '';
  if (typeof param !== 'object') return wordParam(name, String(param)) ?? String(param);
  const reasons = Array.isArray(param) ? (param as readonly Reason[]) : [param as Reason];
  return reasons.map((one) => wordReason(one, language, wordParam)).join('; ');
}
