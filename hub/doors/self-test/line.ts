import { type Static, Type } from 'typebox';
import { OneOf } from '../../../schemas/index.ts';

const kinds = ['credentials', 'signature', 'rules', 'digest', 'charset', 'clock'] as const;

/** One check and its result, in Korean and English. */
export const Check = Type.Object(
  { check: OneOf(kinds), ok: Type.Boolean(), ko: Type.String(), en: Type.String() },
  { additionalProperties: false },
);
export type Check = Static<typeof Check>;

export const line = (check: (typeof kinds)[number], ok: boolean, ko: string, en: string): Check => ({
  check,
  ok,
  ko,
  en,
});
