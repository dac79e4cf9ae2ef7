import type { ReasonTexts } from '../reason-texts.ts';

/** Notices (hub/notify). */
export const noticesReasons = {
  land_line: ['전자우편이 없고 유선 전화번호입니다', 'no e-mail address, and the number is a land line'],
  no_contact: ['전자우편도 전화번호도 없습니다', 'neither e-mail nor phone is known'],
  no_officer: ['알릴 담당자가 기관에 없습니다', 'the agency has no officer to tell'],
  korean_only: ['발송 서버가 국내 번호로만 보냅니다', 'the gateway reaches Korean numbers only'],
  may_have_arrived: ['{detail}. 도착했을 수도 있습니다', '{detail}; it may have arrived'],
  told_otherwise: ['{detail}. 대신 {channel}(으)로 알렸습니다', '{detail}; told by {channel} instead'],
} as const satisfies ReasonTexts;
