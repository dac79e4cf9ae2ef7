import { reasonTexts } from '../../schemas/reasons/index.ts';

export const phrases = reasonTexts;
export type ReasonCode = keyof typeof phrases;
