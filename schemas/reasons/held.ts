import type { ReasonTexts } from '../reason-texts.ts';

/** Why something that a person sent at the console does not go out (hub/complaints/held). */
export const heldReasons = {
  held_waiting: [
    '먼저 보낸 것이 아직 나가지 않았습니다 ({by}). 나간 뒤에 하거나, 되돌리거나 지금 보낸 뒤에 하십시오',
    'something else is still on its way ({by}); wait until it is gone, take it back, or send it now',
  ],
  held_overtaken: [
    '보내는 사이에 이 민원에 다른 회신이나 이송이 있었습니다. 확인하고 다시 보내십시오',
    'somebody else told the complainant something, or moved the complaint, meanwhile; look at it and send yours again',
  ],
  held_no_right: [
    '보낼 때가 되었을 때 보낸 사람에게 이 민원을 처리할 권한이 없었습니다',
    'whoever sent it had no right to act on this complaint any more when it was due',
  ],
  held_over: ['이미 나갔거나 되돌렸습니다', 'it has gone out, or was taken back'],
} as const satisfies ReasonTexts;
