import type { ReasonTexts } from '../reason-texts.ts';

/** Open311 and webhooks. */
export const servicesReasons = {
  webhook_carries_not: [
    '이 웹훅은 "{event}" 사건을 보내지 않습니다',
    'this webhook carries no event "{event}"',
  ],
  webhook_not_read: [
    '웹훅은 보내기만 합니다. 읽을 것이 없습니다',
    'a webhook is only written to; nothing is read from it',
  ],
  request_needed: [
    '"{event}" 사건에는 신고 번호가 필요한데 이 게시판에는 아직 없습니다',
    '"{event}" needs a request, and this board does not hold it',
  ],
  no_request_named: [
    '응답에 신고 번호도 접수 토큰도 없습니다',
    'the reply names neither the request nor a token',
  ],
  token_waiting: [
    '접수 토큰 {token}을(를) 받았고 신고 번호는 아직 없습니다',
    'taken as token {token}, which has no request yet',
  ],
  description_too_long: [
    '이 게시판에는 너무 깁니다: 제목·담당자·번호를 더해 {n}자, 최대 {limit}자',
    'is too long for this board: {n} characters with title, officer and number, at the most {limit}',
  ],
  text_too_long_for_expression: [
    '{n}자인 글은 표현식에 너무 깁니다: 최대 {most}',
    'a text of {n} characters is too long for an expression: at the most {most}',
  ],
  expression_too_slow: ['표현식이 {n}ms를 넘겨 중단되었습니다', 'it took longer than {n} ms'],
  expression_too_large: ['표현식이 메모리 {n}MB를 넘겨 중단되었습니다', 'it took more than {n} MB of memory'],
} as const satisfies ReasonTexts;
