import type { ReasonTexts } from '../reason-texts.ts';

/** What an agency may state about a complaint (hub/complaints, hub/exchange/intake/judge.ts). */
export const statementsReasons = {
  content_required: [
    '허브가 모르는 민원이라 제목과 내용이 필요합니다. 함께 보내십시오',
    'is required: the hub does not know this complaint yet',
  ],
  unknown_agency: ['{agency} 기관이 없습니다. 기관 코드를 확인하십시오', 'there is no agency {agency}'],
  in_the_future: [
    '미래의 시각입니다. 접수 시각과 시간대를 확인하십시오',
    'lies in the future: send when the complaint was filed, with the right offset from UTC',
  ],
  transfer_required: [
    '이송 상태에는 이송할 기관이 필요합니다. 기관을 함께 적으십시오',
    'is required with the status transferred: to which agency?',
  ],
  complaint_unknown: [
    '이런 민원이 없거나, 볼 수 있는 권한이 없습니다',
    'there is no such complaint, or not for you',
  ],
  assignee_only: [
    '{owner} 기관이 처리하는 민원입니다. 그 기관만 할 수 있습니다',
    'only {owner}, which must answer it, can do this',
  ],
  not_yours: [
    '{owner} 기관이 정할 내용입니다 ({agency} 아님). 그 기관에 알리고, 보류된 자료는 폐기하십시오',
    'is for {owner} to say, not for {agency}',
  ],
  too_late: [
    '이미 늦었습니다. 현재 상태: {status}. 관계 기관에 알리고, 보류된 자료는 폐기하십시오',
    'comes too late: it is {status}',
  ],
  assignee_already: [
    '{agency} 기관이 이미 처리기관입니다. 다른 기관을 고르거나, 보류된 자료는 폐기하십시오',
    '{agency} is the assignee already',
  ],
  status_order: [
    '{wanted} 상태로 바꿀 수 없습니다. 현재 상태: {status}. 현재 상태에 맞게 고치거나, 보류된 자료는 폐기하십시오',
    'cannot become {wanted}: it is {status}',
  ],
  no_complaint: ['그런 민원이 없습니다. 번호를 확인하십시오', 'there is no such complaint'],
  no_receipt_number: [
    '이 허브의 접수번호가 아닙니다. 번호를 확인하십시오',
    'is not a receipt number of this hub',
  ],
  complaint_destroyed: [
    '보존기간이 끝나 파기한 민원입니다({number}). 새 민원으로 등록하십시오',
    'is about a complaint that was destroyed when its time was over ({number}): register a new one',
  ],
  no_part: [
    '이 기관과 관계없는 민원의 접수번호입니다. 번호를 확인하십시오',
    'names a complaint in which this agency has no part',
  ],
  held_already: [
    '게시판의 {post}번 글이 이미 이 민원입니다. 같은 글이 두 번 있다면 하나를 지우십시오',
    "is held by the board's post {post} already",
  ],
  another_post: [
    '다른 글입니다. 게시판의 {post}번 글은 {number}로 알려져 있습니다. 이 게시판을 대사하십시오',
    "is another: the hub knows the board's post {post} as {number}; reconcile this board",
  ],
  restored_board: [
    '다른 글입니다. 게시판의 {post}번 글은 {at}에 접수된 {number}로 알려져 있습니다. 게시판을 되돌렸다면 대사하십시오',
    "is another: the hub knows the board's post {post} as {number}, filed at {at}; was the board restored? Reconcile it",
  ],
  no_board_now: [
    '{agency} 기관에 지금 게시판이 없습니다. 기관 설정을 확인하십시오',
    'the agency {agency} has no board now',
  ],
} as const satisfies ReasonTexts;
