import { fillText } from './particles.ts';
import type { NamesIn } from './reason-texts.ts';
import { reasonTexts } from './reasons/index.ts';
import type { Language } from './vocabulary.ts';

type Texts = typeof reasonTexts;
export type ReasonCode = keyof Texts;

/** The value of a parameter in a text of the catalogue: words, numbers, or further reasons. */
export type ReasonParam = string | number | Reason | readonly Reason[];

/**
 * Why something is as it is. It is stored and sent as data, and put into words where a person reads it ({@link
 * wordReason}). A reason from another version of the program may have a code that is unknown here.
 */
export interface Reason {
  /** One of {@link ReasonCode}; `said`: words from outside. */
  code: string;
  params?: Record<string, ReasonParam>;
  /** With code `said`: what a board, a server or an adapter from outside said, in its own words. */
  said?: string;
}

type ParamsOf<Code extends ReasonCode> = { [Name in NamesIn<Texts[Code][1]>]: ReasonParam };

/**
 * Creates a reason of the catalogue with the parameters of its text. Some names of parameters have a meaning: `agency` and
 * `owner` are an agency's code, `event` a kind of event, `status` and `wanted` a status. Pages show the words of such a
 * code (hub/web/reason-words.ts), and any other value as it is.
 */
export function toReason<Code extends ReasonCode>(
  code: Code,
  ...[params]: [NamesIn<Texts[Code][1]>] extends [never] ? [] : [params: ParamsOf<Code>]
): Reason {
  return params ? { code, params } : { code };
}

/** Creates a reason out of words from outside, unchanged. */
export const said = (text: string): Reason => ({ code: 'said', said: text });

/** Converts what an adapter gave. Adapters from outside may give plain words. */
export const fromGiven = (given: Reason | string): Reason =>
  typeof given === 'string' ? said(given) : given;

/** What is wrong with one place of a document. */
export interface Problem {
  /** JSON pointer (RFC 6901) to the place; empty for the whole document. */
  pointer: string;
  /** What is wrong and what would be accepted. */
  reason: Reason;
}

/** Converts a problem that an adapter gave. Adapters from outside may give plain words. */
export const fromGivenProblem = (given: Problem | { pointer: string; message: string }): Problem =>
  'reason' in given ? given : { pointer: given.pointer, reason: said(given.message) };

/** Merges problems, since two checks may find the same one: each place once, with every different reason. */
export function collapseProblems(problems: readonly Problem[]): Problem[] {
  const known = new Set<string>();
  return problems.filter((problem) => {
    const mark = JSON.stringify(problem);
    return known.has(mark) ? false : Boolean(known.add(mark));
  });
}

/** Merges problems into one reason that names each place. */
export const toReasonOf = (problems: readonly Problem[]): Reason =>
  toOneReason(
    problems.map(({ pointer, reason }) =>
      pointer === '' ? reason : toReason('at_pointer', { pointer, detail: reason }),
    ),
  );

/** A problem as callers of the doors get it (RFC 9457): the place, and the reason in English. */
export const toPlainProblem = ({ pointer, reason }: Problem): { pointer: string; message: string } => ({
  pointer,
  message: wordReason(reason, 'en'),
});

/** Merges several reasons into one. A single reason stays unchanged. */
export const toOneReason = (reasons: readonly Reason[]): Reason =>
  reasons.length === 1 && reasons[0] ? reasons[0] : toReason('several', { reasons });

/** An error that carries its reason as data. Its message is the English text, for logs. */
export class ReasonError extends Error {
  readonly reason: Reason;
  constructor(reason: Reason, options: { cause?: unknown } = {}) {
    super(wordReason(reason, 'en'), options);
    this.name = 'ReasonError';
    this.reason = reason;
  }
}

/** The reason of an error. The message of a foreign error counts as words from outside. */
export const reasonOf = (error: unknown): Reason =>
  error instanceof ReasonError ? error.reason : said(error instanceof Error ? error.message : String(error));

/** Words a parameter for people, for example a status or an agency's name. Undefined: the value stays as it is. */
export type WordParam = (name: string, value: string) => string | undefined;

const asItIs: WordParam = () => undefined;

/** Puts a reason into words. An unknown code is shown as it is, with its parameters, so that nothing is hidden. */
export function wordReason(reason: Reason, language: Language, wordParam: WordParam = asItIs): string {
  const { code, params = {}, said } = reason;
  if (code === 'said') return said ?? '';
  const texts = Object.hasOwn(reasonTexts, code) ? reasonTexts[code as ReasonCode] : undefined;
  if (!texts) return `${code} ${JSON.stringify(params)}`;
  return fillText(texts[language === 'ko' ? 0 : 1], (name) =>
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
