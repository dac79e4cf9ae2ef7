import type { Texts } from '../../../web/texts.ts';

/** Texts of what was sent and waits a moment before it goes out. */
export const heldTexts: Texts = {
  'held.title': ['보내는 중', 'On its way'],
  'held.left': ['{0}초 뒤 발송', 'goes out in {0} seconds'],
  'held.at': ['({0})', '(at {0})'],
  'held.soon': ['지금 발송합니다', 'goes out now'],
  'held.said_left': ['{0}초 뒤에 발송합니다.', 'It goes out in {0} seconds.'],
  'held.said_soon': ['발송합니다.', 'It goes out.'],
  'held.undo': ['되돌리기', 'Undo'],
  'held.now': ['지금 보내기', 'Send now'],
  'held.by': ['보낸 사람 {0}', 'Sent by {0}'],
  'held.lead': [
    '아직 아무에게도 알리지 않았습니다. 되돌리면 쓰던 글이 그대로 돌아옵니다.',
    'Nobody has been told yet. If you undo it, your text comes back as it was.',
  ],
  'held.lead_release': [
    '아직 아무에게도 알리지 않았습니다. 되돌리면 답변은 다시 결재를 기다립니다.',
    'Nobody has been told yet. If you undo it, the answer waits to be released again.',
  ],
  'held.can_undo': [
    '보낸 뒤 {0}초 동안 되돌릴 수 있고, 그 뒤에 나갑니다.',
    'For {0} seconds after that you can undo it; then it goes out.',
  ],
  'held.several': ['민원 {0}건', '{0} complaints'],
  'held.returned': ['보내지 못함', 'Not sent'],
  'held.returned_lead': [
    '보낼 때가 되었을 때 받아들여지지 않았습니다. 쓰던 글은 그대로 있습니다.',
    'It was refused when it was due. What you wrote is kept.',
  ],
  'held.returned_release': [
    '보낼 때가 되었을 때 받아들여지지 않았습니다. 답변은 다시 결재를 기다립니다.',
    'It was refused when it was due. The answer waits to be released.',
  ],
  'held.wrote': ['쓴 글 보기', 'What was written'],
  'held.go_on': ['이어서 쓰기', 'Go on with it'],
  'held.seen': ['확인함', 'Seen'],
  'held.again': ['다시 하기', 'Do it again'],

  'done.held': [
    '보내고 있습니다. 아래 시각에 나가며, 그때까지 되돌릴 수 있습니다.',
    'It is on its way and goes out at the time below. Until then you can undo it.',
  ],
  'done.taken_back': [
    '되돌렸습니다. 아무에게도 보내지 않았습니다.',
    'It is taken back. Nothing was sent to anybody.',
  ],
  'done.held_late': [
    '이미 나갔거나 되돌린 것입니다. 처리 이력을 확인하십시오.',
    'It has gone out, or was taken back. Look at the history.',
  ],
  'done.held_sent': ['보냈습니다.', 'It is sent.'],
  'done.held_returned': [
    '보내지 못한 것이 있습니다. 이유는 아래에 있고, 쓰던 글은 그대로 있습니다.',
    'Something was not sent. The reason stands below, and what you wrote is kept.',
  ],
};
