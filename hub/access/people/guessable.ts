import type { ZxcvbnFactory } from '@zxcvbn-ts/core';

/** Words that everybody would try here: of the service, of its people, and as a Korean keyboard types them in Latin letters. */
const local = [
  ...[
    'minwon',
    'hub',
    'minwonhub',
    'complaint',
    'admin',
    'administrator',
    'counsellor',
    'officer',
    'korea',
    'seoul',
  ],
  ...[
    '민원',
    '민원허브',
    '허브',
    '비밀번호',
    '암호',
    '관리자',
    '상담원',
    '담당자',
    '대한민국',
    '서울',
    '사랑해',
    '안녕하세요',
  ],
  ...[
    'alsdnjs',
    'alsdnjsgjqm',
    'qlalfqjsgh',
    'dkagh',
    'rhksflwk',
    'tkdekadnjs',
    'eoekaalsrnr',
    'tkfkdgo',
    'dkssudgktpdy',
  ],
];
/** Characters that are looked at. A longer password is judged by its beginning. */
const maxLength = 128;
/** Of 0 to 4: 3 needs more than 10^8 guesses of somebody who tries lists, repetitions, sequences and keyboard rows first. */
const leastScore = 3;

/** Loaded when it is first needed: the lists take time and room. */
let loaded: Promise<ZxcvbnFactory> | undefined;
async function loadJudge(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  return new ZxcvbnFactory({ dictionary: { ...dictionary, local }, graphs: adjacencyGraphs, maxLength });
}

/**
 * Whether a password is on the list of common ones, or hardly more than one of its words, a row of keys, a repetition or
 * what is known of its person (`about`: login, name, address). NIST SP 800-63B-4, 3.1.1.2; OWASP ASVS 5, 6.2.4 and 6.2.11.
 */
export async function isGuessable(password: string, about: readonly string[] = []): Promise<boolean> {
  const known = about
    .flatMap((text) => [text, ...text.split(/[@._\s-]+/)])
    .filter(({ length }) => length > 1);
  loaded ??= loadJudge();
  return (await loaded).check(password.normalize('NFC'), known).score < leastScore;
}
