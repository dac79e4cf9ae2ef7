import type { Texts } from '../../web/texts.ts';

/** Texts about limits of hours: of registration and of handing on (Decree, articles 6 and 13). */
export const limitTexts: Texts = {
  'limits.handing': [
    '1근무시간이 지나도록 담당자를 정하지 않은 민원이 {0}건 있습니다(시행령 제13조).',
    'Given to nobody within a working hour: {0} (Decree, article 13).',
  ],
  'limits.show': ['보기', 'Show them'],
  'limits.hand_by': ['담당 부서 배정 시한', 'To a department by'],
  'limits.transfer_by': ['다른 기관 이송 시한', 'To another agency by'],
  'limits.passed': ['지남', 'passed'],
  'limits.unregistered': [
    '보류되어 아직 접수하지 못한 민원이 {0}건 있습니다. 8근무시간이 지난 것: {1}건 (시행령 제6조). 운영자에게 문의하십시오.',
    'Parked and not registered yet: {0}. More than 8 working hours old: {1} (Decree, article 6). Ask the operator.',
  ],
};
