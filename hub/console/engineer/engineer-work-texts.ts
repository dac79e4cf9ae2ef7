import type { Texts } from '../../web/texts.ts';

/** Texts of an engineer's webhooks, agent, parked items, replays and downloads. */
export const engineerWorkTexts: Texts = {
  'own_webhooks.title': ['웹훅', 'Webhooks'],
  'own_webhooks.lead': [
    '우리 프로그램에 사건을 알리는 곳입니다. 시험 전송과 다시 보내기는 여기서 바로 합니다.',
    'Where your programs are told of events. Try them, and have them told again, here.',
  ],
  'own_webhooks.list': ['우리 웹훅', 'Your webhooks'],
  'own_webhooks.none': [
    '설정된 웹훅이 없습니다. 아래에서 만드십시오.',
    'No webhook is configured: make one below.',
  ],
  'own_webhooks.try': ['시험', 'Test'],
  'own_webhooks.test': ['시험 전송', 'Send a test'],
  'own_webhooks.test_hint': [
    '민원 내용이 없는 서명된 사건(….ping.v1)을 실제로 보냅니다.',
    'A signed event (….ping.v1) without any complaint is really sent.',
  ],
  'own_webhooks.test_event': ['시험', 'Test'],
  'own_webhooks.test_done': [
    '시험 전송을 받았습니다. HTTP {0}, {1} ms',
    'The test was taken: HTTP {0}, {1} ms',
  ],
  'own_webhooks.test_failed': ['시험 전송이 실패했습니다 ({0} ms).', 'The test failed ({0} ms).'],
  'own_webhooks.taken': ['받음', 'taken'],
  'own_webhooks.paused': ['{0}부터 중지됨 ({1})', 'Held back since {0} ({1})'],
  'own_webhooks.pause': ['일시 중지', 'Hold it back'],
  'own_webhooks.resume': ['재개', 'Go on'],
  'own_webhooks.pause_hint': [
    '중지하는 동안의 사건은 쌓였다가 재개하면 순서대로 갑니다.',
    'What happens meanwhile waits, and is told in order afterwards.',
  ],
  'own_webhooks.events': ['받는 사건', 'Events'],
  'own_webhooks.event': ['사건', 'Event'],
  'own_webhooks.tries': ['실패 {0}번', '{0} failed tries'],
  'own_webhooks.log': ['전달 기록', 'Calls to it'],
  'own_webhooks.log_caption': ['전달 기록: 사건, 결과, 걸린 시간', 'Calls: event, result, duration'],
  'own_webhooks.no_calls': ['기록이 없습니다.', 'There is none.'],
  'own_webhooks.failed_again': ['실패한 것만', 'What failed'],
  'own_webhooks.all_again': ['모두', 'All'],
  'delivery_state.waiting': ['대기', 'waiting'],
  'delivery_state.parked': ['보류', 'parked'],
  'delivery_state.done': ['전달됨', 'delivered'],
  'delivery_state.skipped': ['건너뜀', 'passed over'],
  'done.webhook_paused': ['일시 중지했습니다.', 'It is held back.'],
  'done.webhook_resumed': ['재개했습니다.', 'It goes on.'],
  'done.webhook_nothing': ['다시 보낼 것이 없습니다.', 'There is nothing to tell again.'],

  'connect.title': ['연결 안내', 'How to connect'],
  'connect.lead': [
    '우리 기관 값으로 채운 주소와 예제입니다. 키 자리에는 받은 키를 넣으십시오.',
    'Addresses and examples for your agency. Put your key where it says so.',
  ],
  'connect.addresses': ['주소', 'Addresses'],
  'connect.agency': ['기관 코드', 'Agency code'],
  'connect.reference': ['설명서', 'reference'],
  'connect.self': ['연계 관리 API', 'Managing by API'],
  'connect.self_hint': [
    '이 화면의 일을 manage 권한의 키로 자동화합니다.',
    'All of these pages, for a key with the scope manage.',
  ],
  'connect.no_signing': [
    '이 허브는 서명 비밀을 쓰지 않습니다. WS-Security와 서명 요청은 쓸 수 없습니다.',
    'This hub has no signing secrets: WS-Security digests and signed requests do not work.',
  ],
  'connect.examples': ['예제', 'Examples'],
  'connect.programs': ['프로그램 내려받기', 'Programs to download'],
  'connect.programs_hint': [
    '그대로 실행되는 예제 프로그램입니다. 복사해서 고쳐 쓰십시오.',
    'Programs that run as they are: copy and change them.',
  ],

  'own_agent.lead': [
    '기관 안에 설치된 모듈의 상태와 버전입니다.',
    'The module that runs inside your agency.',
  ],
  'own_agent.none': [
    '우리 기관은 설치형 모듈 없이 연결되어 있습니다.',
    'Your agency is connected without an agent.',
  ],
  'own_agent.update': ['업데이트', 'Update'],
  'own_agent.old': ['설치된 버전 {0}, 새 버전 {1}이 있습니다.', 'Installed is {0}; there is {1}.'],
  'own_agent.newest': ['가장 새 버전 {0}입니다.', '{0} is the newest version.'],
  'own_agent.unknown': [
    '새 버전을 아직 알 수 없습니다. 잠시 뒤 다시 여십시오.',
    'The newest version is not known yet: open this page again in a moment.',
  ],
  'own_agent.update_hint': [
    '설치 파일을 받아 모듈이 있는 기계에서 install을 다시 실행하면 설정과 쌓인 자료는 그대로 남습니다.',
    'Download the package and run its install again on the machine of the agent: configuration and spool stay.',
  ],

  'own_parked.title': ['보류', 'Parked'],
  'own_parked.lead': [
    '우리 게시판에서 온 글 중 적용하지 못한 것과, 우리 게시판이 거절한 사건입니다.',
    'What came from your board and could not be applied, and what your board refuses.',
  ],
  'own_parked.items': ['적용하지 못한 글', 'Posts that could not be applied'],
  'own_parked.no_items': ['보류된 글이 없습니다.', 'No post is parked.'],
  'own_parked.items_caption': ['보류된 글: 번호, 사유, 시각', 'Parked posts: number, reason, time'],
  'own_parked.item': ['게시판 글 번호', 'Number on the board'],
  'own_parked.links': ['게시판이 거절한 사건', 'Events that your board refuses'],
  'own_parked.no_links': ['거절된 사건이 없습니다.', 'No event is refused.'],
  'own_parked.links_caption': ['거절된 사건: 접수번호, 사유', 'Refused events: number, reason'],
  'own_parked.raw_hint': [
    '사람을 알 수 있는 글자는 가렸습니다. 고친 값만 바뀌고, 가려진 채 둔 값은 원래 값을 씁니다.',
    'What could name a person is masked. Only what you change is changed; what stays masked keeps its real value.',
  ],
  'done.own_item_applied': ['적용했습니다.', 'It is applied.'],

  'own_replays.lead': [
    '우리 게시판이 잃은 사건을 다시 보냅니다. 먼저 무엇이 갈지 확인하십시오.',
    'Brings your board again what it has lost. See first what that is.',
  ],
  'own_replays.no_board': [
    '우리 기관은 허브가 전달하는 게시판이 없습니다. 웹훅은 웹훅 화면에서 다시 보냅니다.',
    'There is no board to which the hub delivers. Webhooks are told again at their own page.',
  ],
  'done.own_pace_wrong': ['분당 1건에서 600건 사이로 적으십시오.', 'Give 1 to 600 a minute.'],
  'done.own_replay_refused': [
    '다시 보낼 것이 없거나, 두 번 들어갈 수 있음을 받아들이지 않았습니다.',
    'There is nothing to bring again, or that it may stand there twice was not accepted.',
  ],
};
