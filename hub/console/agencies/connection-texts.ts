import type { Texts } from '../../web/texts.ts';

/** Texts about new agencies, their keys and connection sheets. */
export const connectionTexts: Texts = {
  'agencies.add': ['기관 추가', 'Add an agency'],
  'agency_new.title': ['기관 추가', 'Add an agency'],
  'agency_new.lead': [
    '기관과 연계 키를 만들고, 기관 담당 기술자에게 줄 안내서를 보여 줍니다. 허브가 직접 연결하는 게시판이 있는 기관은 설정 파일로 추가합니다.',
    'Makes the agency and a key, and shows the sheet for its engineer. Agencies whose board the hub reaches itself are added by file.',
  ],
  'agency_new.code': ['기관 코드', 'Code'],
  'agency_new.code_hint': [
    '영문 소문자로 시작하고 소문자, 숫자, 붙임표를 씁니다. 예: kotra',
    'Small letters, digits and hyphens, beginning with a letter; for example kotra',
  ],
  'agency_new.name': ['기관 이름', 'Name in Korean'],
  'agency_new.name_en': ['영문 이름', 'Name in English'],
  'agency_new.officer': ['담당자 이름', "Officer's name"],
  'agency_new.department': ['담당 부서', 'Department'],
  'agency_new.email': ['담당자 전자우편', "Officer's e-mail"],
  'agency_new.email_hint': ['새 민원을 이 주소로 알립니다.', 'New complaints are told to this address.'],
  'agency_new.exchange': ['민원을 받는 방법', 'How complaints reach it'],
  'agency_new.create': ['추가하고 안내서 보기', 'Add and show the sheet'],
  'exchange.screen': ['허브 화면에서 처리', "On the hub's screens"],
  'exchange.agent': ['게시판 옆에 설치형 모듈', 'By an agent beside its board'],
  'agency_new.board': ['게시판 설정 (설치형 모듈일 때)', 'Its board (with an agent)'],
  'agency_new.board_hint': [
    'YAML로 adapter와 settings를 적습니다. 비밀은 env:이름이나 file:경로로만 적으십시오. 값은 기관 서버에만 둡니다.',
    "YAML with adapter and settings. Secrets only as env:NAME or file:PATH: the values stay on the agency's server.",
  ],
  'problem.board': ['게시판 설정에 고칠 것이 있습니다.', 'Something in the board has to be corrected.'],
  'exchange.feed': ['기관 프로그램이 API로 수신', 'Its program fetches them by API'],
  'problem.code': ['기관 코드로 쓸 수 없습니다.', 'This cannot be a code.'],
  'problem.agency_taken': ['이미 있는 기관 코드입니다.', 'There is an agency with this code.'],
  'sheet.path': ['연계 안내서', 'Connection sheet'],
  'sheet.once': [
    '이 안내서의 키나 토큰은 지금 한 번만 표시됩니다. 인쇄하거나 저장한 뒤 이 화면을 닫으십시오.',
    'Its key or token is shown this once: print or save this page before you leave it.',
  ],
  'keys.last_used': ['마지막 사용', 'Last used'],
  'keys.never_used': ['사용한 적 없음', 'Never used'],
  'keys.expires': ['만료', 'Expires'],
  'keys.expired': ['만료됨', 'Expired'],
  'keys.scopes': ['권한', 'Scopes'],
  'keys.full': [
    '유효한 키는 스무 개까지 둘 수 있습니다. 하나를 폐기한 뒤 새 키를 만드십시오.',
    'Twenty valid keys are the most: revoke one before you create another.',
  ],
  'done.keys_full': [
    '유효한 키가 이미 스무 개 있습니다. 하나를 폐기하십시오.',
    'There are twenty valid keys already: revoke one of them.',
  ],
};
