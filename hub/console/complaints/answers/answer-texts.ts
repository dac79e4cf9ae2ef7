import type { Texts } from '../../../web/texts.ts';

/** Texts of answers: their parts, and second ones. */
export const answerTexts: Texts = {
  'answer_part.asked': ['민원 요지', 'What was asked for'],
  'answer_part.asked_hint': ['민원인이 요구한 것을 한두 문장으로', 'In a sentence or two'],
  'answer_part.result': ['처리 결과 구분', 'Result'],
  'answer_part.decided': ['처리 결과', 'What is decided'],
  'answer_part.why': ['이유', 'Why'],
  'answer_part.remedies': ['구제 방법', 'Ways to object'],
  'answer_part.remedies_hint': [
    '일부라도 받아들이지 않으면 반드시 적습니다. 예: 60일 안에 이의신청, 90일 안에 행정심판',
    'Needed where anything is not accepted, such as: objection within 60 days, administrative appeal within 90',
  ],
  'answer_part.more': ['그 밖의 안내', 'Anything else'],
  'answer_result.accepted': ['수용', 'Accepted'],
  'answer_result.partly': ['일부 수용', 'Partly accepted'],
  'answer_result.declined': ['수용하지 않음', 'Not accepted'],
  'answer.parts_lead': [
    '판단을 구하는 민원(고충·법정·건의)의 답변입니다. 항목을 나누어 적으면 하나의 글로 나갑니다 (법 제27조).',
    'This complaint asks for a decision. Write the parts; they go out as one text (Act, article 27).',
  ],
  'answer.second': ['재답변', 'Further answer'],

  'review_state.waiting': ['결재 대기', 'To be released'],
  'review_state.returned': ['반려됨', 'Returned'],
  'review_list.to_release': ['결재할 답변', 'Answers to release'],
  'review_list.returned': ['돌려받은 기안', 'Answers returned to me'],
  'review.author': ['기안', 'Written by'],
  'review.comment': ['의견', 'Comment'],
  'review.comment_hint': [
    '반려할 때에는 사유를 적습니다. 기안자만 봅니다.',
    'Say why where you return it. The complainant does not see it.',
  ],
  'review.release': ['결재하고 보내기', 'Release and send'],
  'review.return': ['반려', 'Return'],
  'review.withdraw': ['회수', 'Take it back'],
  'review.waits': [
    '다른 사람이 결재하면 나갑니다. 아직 아무것도 보내지 않았습니다.',
    'It goes out when another person releases it. Nothing has been sent yet.',
  ],
  'review.outdated': [
    '기안한 뒤에 민원에 새 내용이 있습니다. 처리 이력을 확인하십시오.',
    'Something happened to the complaint since it was written. Look at its history.',
  ],
  'review.go_on': ['고쳐서 다시 올리기', 'Mend it and send it again'],
  'confirm.review_lead': [
    '이 기관은 이 종류의 답변을 다른 사람이 결재합니다. 결재를 올리면, 결재된 뒤에 나갑니다.',
    'At this agency another person releases this kind of answer. It goes out once it is released.',
  ],
  'confirm.ask_release': ['확인했습니다. 결재 올리기', 'It is right: ask for release'],
  'done.review_asked': [
    '결재를 올렸습니다. 결재되면 나갑니다.',
    'It waits to be released, and goes out then.',
  ],
  'done.review_released': ['결재하고 보냈습니다.', 'It is released and sent.'],
  'done.review_returned': ['기안자에게 돌려보냈습니다.', 'It is returned to its author.'],
  'done.review_withdrawn': [
    '회수하였습니다. 고쳐서 다시 올릴 수 있습니다.',
    'It is taken back. You can go on with it.',
  ],
};
