import type { Texts } from '../../../web/texts.ts';

/** Texts about numbers that a law lets an agency keep. */
export const numberTexts: Texts = {
  'numbers.title': ['보관 중인 번호', 'Numbers that are kept'],
  'numbers.lead': [
    '법령이 처리를 허용한 번호만 암호화하여 따로 보관합니다(개인정보 보호법 제24조·제24조의2). 볼 때마다 까닭이 접속기록에 남습니다.',
    'Only numbers that a law allows are kept, encrypted and apart (Personal Information Protection Act, articles 24 and 24-2). Each look stays in the access log, with its reason.',
  ],
  'numbers.caption': ['번호의 종류와 근거 법령', 'Kinds of number, and the law of each'],
  'numbers.kind': ['종류', 'Kind'],
  'numbers.law': ['근거 법령', 'Law'],
  'numbers.count': ['개수', 'How many'],
  'numbers.value': ['번호', 'Number'],
  'numbers.kept_at': ['보관 시작', 'Kept since'],
  'numbers.none': ['이 민원에서 보관하는 번호가 없습니다.', 'No number of this complaint is kept.'],
  'numbers.reason': ['보는 까닭', 'Why you need to see them'],
  'numbers.reason_hint': ['예: 수급 자격 조회', 'For example: to look up the entitlement'],
  'numbers.show': ['번호 보기', 'Show the numbers'],
  'numbers.link': ['법령에 따라 보관 중인 번호 보기', 'Numbers that are kept by law'],
};
