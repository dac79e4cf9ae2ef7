import type { Texts } from '../../web/texts.ts';

/** Texts about notices. */
export const outboxTexts: Texts = {
  'outbox.title': ['알림 보관함', 'Notices'],
  'outbox.lead': ['민원인과 담당자에게 나간 알림입니다.', 'What people were told, and what waits.'],
  'outbox.reports': [
    '최근 14일 동안 전달되지 않았거나 확인되지 않은 문자',
    'Texts of the last 14 days that did not arrive, or are not known to have arrived',
  ],
  'outbox.none': ['알림이 없습니다.', 'There is no notice.'],
  'outbox.caption': [
    '알림 목록: 민원, 받는 사람, 상태, 시각, 본문',
    'Notices: complaint, recipient, state, time, message',
  ],
  'outbox.view': ['본문 보기', 'View'],
  'outbox.kept': ['보관됨', 'Kept'],
  'outbox.message': ['알림 본문', 'Message'],
  'outbox.not_kept': ['발송 서버로 나가 이곳에 보관된 본문이 없습니다.', 'No message is kept here.'],
  'outbox.html': ['전자우편 본문', 'Message as mail'],
  'outbox.text': ['글자 본문', 'Message as text'],

  'notices.notice': ['알림', 'Notice'],
  'notices.recipient': ['받는 사람', 'Recipient'],
  'notices.state': ['상태', 'State'],
  'notices.channel': ['통지 방법', 'Channel'],
  'notices.reported': ['결과 수신', 'Reported'],
  'notices.planned': ['생성 시각', 'Planned'],
  'notices.message': ['본문', 'Message'],
};
