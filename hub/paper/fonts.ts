import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';

const locate = createRequire(import.meta.url).resolve;

/**
 * The fonts of documents, all under the SIL Open Font License: Noto Sans KR has every modern syllable, old jamo and the
 * 8,000 Hanja of Korean use; Noto Emoji has the pictures, in black as paper wants them.
 */
const files = {
  text: '@expo-google-fonts/noto-sans-kr/400Regular/NotoSansKR_400Regular.ttf',
  bold: '@expo-google-fonts/noto-sans-kr/700Bold/NotoSansKR_700Bold.ttf',
  emoji: '@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf',
} as const;
export type FontName = keyof typeof files;
export const fontNames = Object.keys(files) as FontName[];

export interface LoadedFont {
  /** The file. A document takes what it needs of it. */
  content: Buffer;
  has(sign: string): boolean;
}
let loaded: Record<FontName, LoadedFont> | undefined;

/** Reads the fonts once, when the first document is made: six megabytes each. */
export function loadFonts(): Record<FontName, LoadedFont> {
  loaded ??= Object.fromEntries(fontNames.map((name) => [name, load(files[name])])) as Record<
    FontName,
    LoadedFont
  >;
  return loaded;
}

function load(file: string): LoadedFont {
  const content = readFileSync(locate(file));
  // The file holds one font and no collection.
  const font = create(content) as Font;
  return { content, has: (sign) => font.hasGlyphForCodePoint(sign.codePointAt(0) ?? 0) };
}
