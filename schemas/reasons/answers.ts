import type { ReasonTexts } from '../reason-texts.ts';

/** What an answer of the console lacks (hub/complaints/answers), and why it is not released. Each names its article. */
export const answersReasons = {
  answer_asked: [
    '민원인이 무엇을 요구하였는지 적으십시오 (법 제27조)',
    'say what the complainant asked for (Act, article 27)',
  ],
  answer_result: [
    '수용, 일부 수용, 수용하지 않음 가운데 고르십시오 (법 제27조)',
    'choose whether it is accepted, partly accepted, or not (Act, article 27)',
  ],
  answer_decided: [
    '어떻게 처리하였는지 적으십시오 (법 제27조)',
    'say what was decided or done (Act, article 27)',
  ],
  answer_why: [
    '그렇게 처리한 이유를 적으십시오. 거부하는 때에는 거부 이유를 알려야 합니다 (법 제27조)',
    'say why; a refusal gives its reasons (Act, article 27)',
  ],
  answer_remedies: [
    '받아들이지 않은 것이 있으면 구제 방법(이의신청, 행정심판 등)과 기한을 알려야 합니다 (법 제27조)',
    'what is not accepted needs the ways to object and their time limits (Act, article 27)',
  ],
  answer_officer: [
    '담당자 성명을 적으십시오 (시행령 제31조)',
    'name the officer in charge (Decree, article 31)',
  ],
  answer_contact: [
    '담당자 연락처를 적으십시오 (시행령 제31조)',
    'give the contact of the officer in charge (Decree, article 31)',
  ],
  review_waiting: [
    '결재를 기다리는 답변이 있습니다. 결재되거나 회수한 뒤에 쓰십시오',
    'an answer waits to be released; write another once it is released or taken back',
  ],
  review_own: [
    '자기가 쓴 답변은 결재할 수 없습니다. 다른 사람이 결재해야 합니다',
    'nobody releases an answer of his own: another person has to',
  ],
  review_over: ['이미 결재, 반려 또는 회수되었습니다', 'it was released, returned or taken back already'],
  review_comment: ['반려 사유를 적으십시오', 'say why it is returned'],
} as const satisfies ReasonTexts;
