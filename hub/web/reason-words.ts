import { redactText } from '../../adapters/relay/redacted-log.ts';
import { type Language, type Reason, wordReason } from '../../schemas/index.ts';
import type { Wording } from './texts.ts';

/** What the parameters of reasons mean: an agency's code, or a word of the vocabulary. */
const agencyParams: ReadonlySet<string> = new Set(['agency', 'owner']);
const areaOf: Record<string, string> = {
  event: 'event',
  status: 'status',
  wanted: 'status',
  unit: 'unit',
  article: 'article',
};

/**
 * A reason in the reader's language. Logs and callers have the English.
 * Boards and providers put addresses into their messages. A reader without the right to see people sees none of them
 * (`seesPersons`).
 */
export const createReasonWords =
  (nameAgency: (code: string, language: Language) => string, { findText }: Pick<Wording, 'findText'>) =>
  (reason: Reason, language: Language, seesPersons: boolean): string => {
    const wordParam = (name: string, value: string) =>
      agencyParams.has(name) ? nameAgency(value, language) : findText(`${areaOf[name]}.${value}`, language);
    const shown = (words: string) => (seesPersons ? words : redactText(words));
    return shown(language === 'en' ? wordReason(reason, 'en') : wordReason(reason, language, wordParam));
  };
