/** Texts by key, each in Korean and in English; `{0}`, `{1}` … stand for values. */
export type Texts = Record<string, readonly [ko: string, en: string]>;
