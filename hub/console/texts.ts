import type { Language } from '../../schemas/index.ts';
import { agentTexts } from './texts/agents.ts';
import { connectionTexts } from './texts/connection.ts';
import { deskTexts } from './texts/desk.ts';
import { operationTexts } from './texts/operations.ts';
import { oversightTexts } from './texts/oversight.ts';
import { repairTexts } from './texts/repairs.ts';
import { shapeTexts } from './texts/shape.ts';
import type { Texts } from './texts/texts-type.ts';
import { wordTexts } from './texts/words.ts';

export const texts: Texts = {
  ...{ ...wordTexts, ...deskTexts, ...operationTexts },
  ...{ ...oversightTexts, ...repairTexts, ...connectionTexts, ...shapeTexts, ...agentTexts },
};

/** The text of a key. Throws when there is none: a page must not show a key. */
export function toText(key: string, language: Language, values: unknown[] = []): string {
  const text = findText(key, language);
  if (text === undefined) throw new Error(`no text for ${key}`);
  return text.replace(/\{(\d)\}/g, (_, index) => String(values[Number(index)] ?? ''));
}

/** The text of a key that may have none, as words that come from configuration. */
export function findText(key: string, language: Language): string | undefined {
  return Object.hasOwn(texts, key) ? texts[key]?.[language === 'ko' ? 0 : 1] : undefined;
}
