import type { ReasonTexts } from '../reason-texts.ts';

/** Reasons about consents of complainants (hub/personal/consents). */
export const consentsReasons = {
  consent_not_asked: [
    '{agency} 기관은 {purpose} 목적의 동의를 요청하지 않습니다. 이 기관이 요청하는 동의: {known}',
    '{agency} asks for no consent to {purpose}; it asks for: {known}',
  ],
  consent_other_words: [
    '동의 문구 {version}은 지금 쓰는 문구가 아닙니다. 지금 문구: {known}. 그 문구를 보여 드리고 다시 동의를 받으십시오',
    'the words {version} are not those in force ({known}); show those, and ask again',
  ],
  consent_ahead: ['동의한 때가 지금보다 나중입니다', 'it is said to be given later than now'],
  consent_origin_only: [
    '동의와 철회는 접수기관이 민원인의 뜻을 전할 때에만 받습니다',
    'consents are passed on by the agency that took the complaint in',
  ],
  consent_twice: [
    '같은 목적의 동의가 이미 있습니다. 목적마다 하나만 적으십시오',
    'another consent has this purpose; each purpose stands once',
  ],
} as const satisfies ReasonTexts;
