/**
 * Korean particles whose form depends on the word before them. Texts have both forms behind a placeholder, `{name}이(가)`,
 * and the form is chosen when the word is known.
 */

/** Both forms as texts write them: after a consonant, and after a vowel. */
const forms: Record<string, readonly [consonant: string, vowel: string]> = {
  '이(가)': ['이', '가'],
  '을(를)': ['을', '를'],
  '은(는)': ['은', '는'],
  '과(와)': ['과', '와'],
  '(으)로': ['으로', '로'],
};
/** A placeholder, with a particle that follows it or its quotes. */
const placeholder = /\{(\w+)\}(?:([}"'”’)\]/]*)(이\(가\)|을\(를\)|은\(는\)|과\(와\)|\(으\)로))?/g;

/** Puts words in place of `{name}`, with the right form of a particle that follows. */
export const fillText = (text: string, wordOf: (name: string) => string): string =>
  text.replace(placeholder, (_all, name: string, mark = '', pair?: string) => {
    const word = wordOf(name);
    return `${word}${mark}${pair ? chooseParticle(word, pair) : ''}`;
  });

/** The sound that a word ends in. `liquid`: ㄹ, after which 로 stands as after a vowel. */
type Ending = 'vowel' | 'consonant' | 'liquid';

function chooseParticle(word: string, pair: string): string {
  const ending = findEnding(word);
  const [afterConsonant = pair, afterVowel = pair] = ending ? (forms[pair] ?? []) : [];
  const isVowel = ending === 'vowel' || (ending === 'liquid' && pair === '(으)로');
  return isVowel ? afterVowel : afterConsonant;
}

/** Undefined: nobody can tell how it is read. */
function findEnding(word: string): Ending | undefined {
  const spoken = /[\p{L}\p{N}]+(?=[^\p{L}\p{N}]*$)/u.exec(word)?.[0] ?? '';
  const last = spoken.at(-1) ?? '';
  if (last >= '가' && last <= '힣') return findSyllableEnding(last);
  if (/\d/.test(last)) return digitEndings[Number(last)];
  return /[a-z]/i.test(last) ? findLatinEnding(spoken) : undefined;
}

/** Hangul syllables stand in Unicode by their end: 28 for each beginning, the first without one, the ninth with ㄹ. */
function findSyllableEnding(syllable: string): Ending {
  const end = ((syllable.codePointAt(0) ?? 0) - 0xac00) % 28;
  return end === 0 ? 'vowel' : end === 8 ? 'liquid' : 'consonant';
}

/** 영 일 이 삼 사 오 육 칠 팔 구. */
const digitEndings: readonly Ending[] = [
  'consonant',
  'liquid',
  'vowel',
  'consonant',
  'vowel',
  'vowel',
  'consonant',
  'liquid',
  'liquid',
  'vowel',
];

/**
 * Abbreviations are read by their letters: 엘, 엠, 엔 and 알 end in a consonant. Of words, the most frequent endings are
 * told apart, as they are written in Korean (외래어 표기법): title 타이틀, name 네임, phone 폰, secret 시크릿.
 */
function findLatinEnding(word: string): Ending {
  const latin = /[a-z]+$/i.exec(word)?.[0] ?? '';
  if (latin === latin.toUpperCase())
    return /[LR]$/.test(latin) ? 'liquid' : /[MN]$/.test(latin) ? 'consonant' : 'vowel';
  if (/le?$/i.test(latin)) return 'liquid';
  return /(?:[mn]e?|ng|[aeiou][bkpt])$/i.test(latin) ? 'consonant' : 'vowel';
}
