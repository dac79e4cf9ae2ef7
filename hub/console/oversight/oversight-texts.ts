import { conditions } from '../../alerts/conditions.ts';
import type { Texts } from '../../web/texts.ts';

const conditionTexts = Object.fromEntries(
  Object.entries(conditions).map(([name, { words }]) => [`condition.${name}`, words]),
) as Texts;

/** Texts about the ledger and the alerts. */
export const oversightTexts: Texts = {
  ...conditionTexts,

  'ledger.title': ['대장', 'Ledger'],
  'ledger.lead': [
    '받은 것 = 반영 + 중복 + 보류 + 폐기, 전할 것 = 전달 + 대기 + 보류. 저장된 기록에서 바로 셉니다.',
    'Received = applied + duplicate + parked + discarded; due = held + waiting + parked. Counted from stored rows.',
  ],
  'ledger.caption': [
    '대장: 날짜와 기관, 받은 것, 전할 것, 알림, 일치 여부',
    'Ledger: day and agency, received, due, notices, balance',
  ],
  'ledger.none': ['이 기간에 기록이 없습니다.', 'Nothing happened on these days.'],
  'ledger.day': ['날짜와 기관', 'Day and agency'],
  'ledger.from': ['시작일', 'From'],
  'ledger.to': ['종료일', 'To'],
  'ledger.agency': ['기관', 'Agency'],
  'ledger.balance': ['일치', 'Balance'],
  'ledger.balanced': ['일치', 'Balanced'],
  'ledger.unbalanced': ['불일치', 'Difference'],
  'ledger.range': [
    '시작일이 종료일보다 늦을 수 없고, 기간은 31일까지입니다.',
    'From must not be after to, and 31 days are the most.',
  ],
  'ledger.entries_caption': ['대장 항목: 민원, 구분, 단계, 시각', 'Entries: complaint, state, event, time'],
  'ledger.no_entries': ['해당하는 항목이 없습니다.', 'There is no such entry.'],
  'ledger.complaint': ['민원', 'Complaint'],
  'ledger.entry': ['구분', 'State'],
  'ledger.event': ['단계', 'Event'],
  'ledger.time': ['시각', 'Time'],
  'ledger.item': ['항목 번호', 'Item'],

  'ledger_side.received': ['받은 것', 'Received'],
  'ledger_side.due': ['전할 것', 'Due'],
  'ledger_side.notices': ['알림', 'Notices'],

  'ledger_state.applied': ['반영', 'Applied'],
  'ledger_state.duplicate': ['중복', 'Duplicate'],
  'ledger_state.parked': ['보류', 'Parked'],
  'ledger_state.discarded': ['폐기', 'Discarded'],
  'ledger_state.held': ['전달', 'Held'],
  'ledger_state.waiting': ['대기', 'Waiting'],
  'ledger_state.sent': ['발송', 'Sent'],
  'ledger_state.kept': ['보관(보내지 않음)', 'Kept, not sent'],
  'ledger_state.failed': ['실패', 'Failed'],
  'ledger_state.unreachable': ['연락처 없음', 'No address'],
  'ledger_state.difference': ['불일치', 'Difference'],
  'ledger_state.item-without-complaint': [
    '반영되었다는 자료의 민원이 없음',
    'item said to be applied, and no such complaint',
  ],
  'ledger_state.repetition-without-original': [
    '중복 자료의 원본이 없음',
    'repetition of an item that is not there',
  ],
  'ledger_state.complaint-without-item': [
    '민원의 근거 자료가 없음',
    'complaint without the item that it came from',
  ],
  'ledger_state.events-missing': ['민원의 사건 기록이 빠짐', 'events of the complaint are missing'],
  'ledger_state.event-not-due': ['전할 것으로 잡히지 않은 사건', 'event that the link does not know of'],
  'ledger_state.link-ahead': ['있지도 않은 사건까지 전한 것으로 기록됨', 'link is ahead of its complaint'],
  'ledger_state.link-missing': ['기관으로 가는 연계가 없음', 'the agency has no link to its complaint'],
  'ledger_state.call-abandoned': ['결과를 모른 채 버려진 전달', 'delivery begun and left without an outcome'],
  'ledger_state.notice-missing': ['민원인에게 갈 알림이 없음', 'complainant is told nothing of an event'],
  'ledger_state.sent-without-trace': [
    '발송했다는 흔적이 없는 알림',
    'notice said to be sent, without a trace',
  ],
  'ledger_state.sending-abandoned': [
    '결과를 모른 채 버려진 알림',
    'notice begun and left without an outcome',
  ],

  'alerts.title': ['경보', 'Alerts'],
  'alerts.lead': [
    '문제가 시작될 때와 끝날 때 한 번씩, 계속되는 동안은 모아서 알립니다.',
    'People are told once when it starts, in digests while it lasts, and once when it ends.',
  ],
  'alerts.state': ['상태', 'State'],
  'alerts.caption': ['경보: 내용, 시작, 통보, 확인', 'Alerts: what, since when, who was told, acknowledged'],
  'alerts.none_open': ['지금 경보가 없습니다.', 'Nothing is wrong at the moment.'],
  'alerts.none_ended': ['해제된 경보가 없습니다.', 'No alert has ended.'],
  'alerts.alert': ['경보', 'Alert'],
  'alerts.since': ['시작', 'Since'],
  'alerts.ended': ['해제', 'Ended'],
  'alerts.told': ['통보', 'Told'],
  'alerts.nobody': ['아직 없음', 'Nobody yet'],
  'alerts.item': ['보류된 자료', 'Parked item'],
  'alerts.operator': ['운영자', 'Operator'],
  'alerts.acknowledged': ['확인', 'Seen by'],
  'alerts.acknowledge': ['확인', 'Acknowledge'],
  'alerts.acknowledge_hint': [
    '확인하면 더 늘어나지 않는 한 지속 알림에서 빠집니다.',
    'Acknowledged alerts are left out of digests until they grow.',
  ],
  'alerts.messages': ['보낸 통보', 'Messages'],
  'alerts.messages_caption': ['통보: 제목, 받는 곳, 상태, 시각', 'Messages: subject, to whom, state, time'],
  'alerts.no_messages': ['보낸 통보가 없습니다.', 'Nobody was told of anything yet.'],
  'alerts.message': ['제목', 'Subject'],
  'alerts.audience': ['받는 곳', 'To'],
  'alerts.planned': ['시각', 'Time'],
  'alert_state.open': ['지속 중', 'Standing'],
  'alert_state.ended': ['해제', 'Ended'],

  'done.alert_acknowledged': ['확인했습니다.', 'The alert is acknowledged.'],
  'done.alert_gone': ['이미 해제된 경보입니다.', 'This alert has ended already.'],
};
