import type { Language } from '../../schemas/index.ts';
import { fillText } from '../../schemas/particles.ts';

/** Texts by key, each in Korean and in English. `{0}`, `{1}` … stand for values. */
export type Texts = Record<string, readonly [ko: string, en: string]>;

/** The words of a set of pages, by language. */
export interface Wording {
  /** The text of a key. Throws if there is none: a page must not show a key. */
  toText(key: string, language: Language, values?: unknown[]): string;
  /** The text of a key, or undefined. Some keys come from the configuration, so they may have none. */
  findText(key: string, language: Language): string | undefined;
}

export function createWording(texts: Texts): Wording {
  const findText = (key: string, language: Language) =>
    Object.hasOwn(texts, key) ? texts[key]?.[language === 'ko' ? 0 : 1] : undefined;
  return {
    findText,
    toText(key, language, values = []) {
      const text = findText(key, language);
      if (text === undefined) throw new Error(`no text for ${key}`);
      return fillText(text, (index) =>
        /^\d$/.test(index) ? String(values[Number(index)] ?? '') : `{${index}}`,
      );
    },
  };
}
