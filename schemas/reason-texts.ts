/**
 * Texts of reasons by their code: Korean for officers and administrators, and English. `{name}` stands for a parameter;
 * both texts use the same ones. If a person has to act, the text says what to do next.
 */
export type ReasonTexts = Record<string, readonly [ko: string, en: string]>;

/** The names in braces in a text. Braces around anything else are ordinary text. */
export type NamesIn<Text extends string> = Text extends `${string}{${infer Rest}`
  ? Rest extends `${infer Name}}${infer After}`
    ? Name extends `${string}${' ' | '{' | '"' | ':'}${string}`
      ? NamesIn<Rest>
      : Name | NamesIn<After>
    : never
  : never;

/** The codes whose two texts name different parameters. A catalogue for which this is not `never` does not compile. */
export type Uneven<Texts extends ReasonTexts> = {
  [Code in keyof Texts]: [NamesIn<Texts[Code][0]>, NamesIn<Texts[Code][1]>] extends [
    NamesIn<Texts[Code][1]>,
    NamesIn<Texts[Code][0]>,
  ]
    ? never
    : Code;
}[keyof Texts];
