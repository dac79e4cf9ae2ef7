import type { Texts } from '../../web/texts.ts';

/** Texts about agencies, the state of their boards, and keys. */
export const agencyTexts: Texts = {
  'agencies.title': ['기관', 'Agencies'],
  'agencies.lead': ['문제가 있는 기관이 먼저 나옵니다.', 'Agencies in trouble come first.'],
  'agencies.caption': [
    '기관 목록: 상태, 전달 대기, 보류, 마지막 수집, 마지막 전달',
    'Agencies: state, backlog, parked, last poll, last delivery',
  ],
  'agencies.search': ['기관 찾기', 'Find an agency'],
  'agencies.search_hint': ['이름이나 코드', 'Name or code'],
  'agencies.count': ['기관 수', 'Agencies:'],
  'agencies.none_found': ['찾는 기관이 없습니다.', 'No agency has this name or code.'],
  'agencies.none': ['등록된 기관이 없습니다.', 'No agency is configured.'],
  'agencies.state': ['상태', 'State'],
  'agencies.behind': ['전달 대기', 'Backlog'],
  'agencies.oldest': ['가장 오래된 것', 'oldest'],
  'agencies.parked': ['보류', 'Parked'],
  'agencies.polled': ['마지막 수집', 'Last poll'],
  'agencies.delivered': ['마지막 전달', 'Last delivery'],

  'agency.stages': ['연결 단계', 'Stages'],
  'agency.workbench': ['매핑 작업대', 'Mapping workbench'],
  'agency.complaints': ['이 기관의 민원', 'Complaints of this agency'],
  'agency.attempts': ['최근 전달 시도', 'Newest deliveries'],
  'agency.attempts_caption': [
    '전달 시도: 접수번호, 사건, 시각, 결과',
    'Deliveries: number, event, time, outcome',
  ],
  'agency.no_attempts': ['최근 전달 시도가 없습니다.', 'No delivery lately.'],
  'agency.event': ['단계', 'Event'],
  'agency.started': ['시각', 'Time'],
  'agency.outcome': ['결과', 'Outcome'],
  'agency.configuration': ['설정', 'Configuration'],
  'agency.configuration_hint': [
    '비밀값은 저장 위치만 표시됩니다.',
    'Secrets are references: only where they stand is shown.',
  ],
  'agency.open_configuration': ['설정 보기와 고치기', 'See and change it'],
  'agency.versions': ['변경 이력', 'Versions'],
  'agency.unserved': ['이 기관의 연계가 멈춰 있습니다.', 'Nothing is exchanged with this agency.'],
  'agency.health': ['연계 상태', 'Health'],
  'agency.failures': ['연속 실패', 'Failures in a row'],
  'agency.closed_until': ['전달 재개 예정', 'Paused until'],
  'agency.maintenance': ['점검 시간', 'Maintenance'],
  'agency.maintained_until': ['점검 중, 종료 예정', 'Under maintenance until'],
  'agency.rate': ['호출 제한', 'Rate limit'],
  'agency.last_error': ['마지막 오류', 'Last error'],
  'agency.officers': ['담당자', 'Officers'],

  'keys.title': ['연계 키', 'API keys'],
  'keys.none': ['연계 키가 없습니다.', 'There is no key.'],
  'keys.create': ['새 키 만들기', 'Create a key'],
  'keys.revoke': ['폐기', 'Revoke'],
  'keys.revoked': ['폐기됨', 'Revoked'],

  'done.key_revoked': ['키를 폐기했습니다.', 'The key is revoked.'],
};
