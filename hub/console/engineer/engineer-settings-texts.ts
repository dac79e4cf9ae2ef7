import type { Texts } from '../../web/texts.ts';

/** Texts of what an engineer sets up: webhooks, the log of the agent, and mails about changes of the API. */
export const engineerSettingsTexts: Texts = {
  'own_webhooks.new': ['새 웹훅', 'A new webhook'],
  'own_webhooks.new_hint': [
    '우리 기관 설정의 새 판이 되고, 관리자도 봅니다. 서명 비밀은 허브가 만들어 한 번만 보입니다.',
    'It becomes a version of your configuration, which administrators see, too. The hub makes the signing secret and shows it once.',
  ],
  'own_webhooks.name': ['이름', 'Name'],
  'own_webhooks.name_hint': ['영문 소문자, 숫자, 붙임표 32자까지', 'At most 32 of a-z, 0-9 and hyphen'],
  'own_webhooks.url': ['주소 (https)', 'Address (https)'],
  'own_webhooks.url_hint': [
    '주소의 호스트나 포트를 바꾸면 관리자가 옛 주소에 허용한 내부망과 인증 설정은 사라집니다.',
    'With another host or port, networks and credentials that an administrator gave for the old address are gone.',
  ],
  'own_webhooks.events_hint': [
    '아무것도 고르지 않으면 모든 사건을 알립니다.',
    'With none picked, it is told of all.',
  ],
  'own_webhooks.make': ['웹훅 만들기', 'Make the webhook'],
  'own_webhooks.settings': ['설정', 'Settings'],
  'own_webhooks.save': ['설정 저장', 'Save'],
  'own_webhooks.renew': ['서명 비밀 교체', 'Renew the secret'],
  'own_webhooks.renew_hint': [
    '새 비밀과 지금의 비밀이 함께 서명하므로 받는 프로그램을 천천히 바꿀 수 있습니다. 그 전의 비밀은 끝납니다.',
    'The new secret signs beside the newest one, so that your program can change over at any time. One from before ends.',
  ],
  'own_webhooks.renew_action': ['새 비밀 만들기', 'Make a new secret'],
  'own_webhooks.remove': ['웹훅 삭제', 'Remove the webhook'],
  'own_webhooks.remove_question': [
    '정말 삭제합니까? 전하려고 기다리는 사건은 사라집니다.',
    'Remove it? What waits for it is lost.',
  ],
  'own_webhooks.remove_action': ['예, 삭제합니다', 'Yes, remove it'],
  'own_webhooks.no_secrets': [
    '이 허브는 서명 비밀을 만들지 않습니다(SIGNING_SECRET). 관리자에게 알리십시오.',
    'This hub makes no secrets: its SIGNING_SECRET is not set. Tell the administrator.',
  ],
  'own_webhooks.made': ['웹훅을 만들었습니다', 'The webhook is made'],
  'own_webhooks.renewed': ['새 서명 비밀을 만들었습니다', 'A new secret is made'],
  'own_webhooks.secret': ['서명 비밀', 'Signing secret'],
  'own_webhooks.secret_hint': [
    'Standard Webhooks 1.0의 비밀입니다. 받는 프로그램이 webhook-signature를 이 비밀로 확인합니다.',
    'Of Standard Webhooks 1.0: your program checks webhook-signature by it.',
  ],
  'own_webhooks.once': [
    '이 화면을 떠나면 비밀을 다시 볼 수 없습니다. 지금 안전한 곳에 보관하십시오.',
    'The secret is not shown again once you leave this page: keep it in a safe place now.',
  ],
  'own_webhooks.proposed': [
    '다른 사람이 승인해야 적용됩니다. 승인되면 이 비밀을 씁니다.',
    'A second person has to agree; then this secret is in use.',
  ],
  'own_webhooks.back': ['보관했습니다. 웹훅 목록으로', 'It is kept; back to the webhooks'],
  'problem.url': [
    'https로 시작하는 주소여야 합니다. 예: https://stats.example.kr/minwon',
    'Must be an https address, for example https://stats.example.kr/minwon',
  ],
  'problem.webhook_name': [
    '영문 소문자나 숫자로 시작하는 소문자, 숫자, 붙임표 32자까지입니다. 예: statistics',
    'At most 32 of a-z, 0-9 and hyphen, with a letter or digit first, for example statistics',
  ],
  'problem.webhook_taken': [
    '이 이름의 웹훅이 이미 있습니다. 다른 이름을 쓰거나 그 웹훅의 설정을 바꾸십시오.',
    'There is a webhook of this name: take another, or change that one.',
  ],
  'problem.webhook_changed': [
    '그 사이 누가 기관 설정을 바꾸었습니다. 다시 보내십시오.',
    'Somebody changed the configuration meanwhile: send it again.',
  ],
  'problem.webhook_conflict': [
    '지금은 할 수 없습니다. 관리자에게 알리십시오.',
    'It cannot be done as things stand: tell the administrator.',
  ],
  'done.webhook_changed': ['설정을 바꾸었습니다.', 'The settings are changed.'],
  'done.webhook_removed': [
    '웹훅을 삭제했습니다. 몇 초 안에 목록에서 사라집니다.',
    'The webhook is removed, and leaves the list within seconds.',
  ],
  'done.webhook_proposed': [
    '제안했습니다. 다른 사람이 승인하면 적용됩니다.',
    'It is proposed, and in force when a second person has agreed.',
  ],

  'own_agent.logs': ['로그', 'Log'],
  'own_agent.logs_hint': [
    '모듈이 시작한 뒤의 최근 로그입니다(500줄, 256 KB까지). 민원 내용과 사람은 모듈에서 가립니다. 하루 뒤 지워집니다.',
    'The newest lines since the agent started (500 lines, 256 KB at the most). The agent hides texts and people. Gone after a day.',
  ],
  'own_agent.logs_level': ['이 수준부터', 'From this level on'],
  'own_agent.logs_of': ['수준', 'Level'],
  'own_agent.logs_ask': ['최근 로그 요청', 'Ask for the newest lines'],
  'own_agent.logs_waiting': [
    '{0}에 요청했습니다. 모듈을 기다리는 중입니다.',
    'Asked at {0}; waiting for the agent.',
  ],
  'own_agent.logs_silent': [
    '모듈이 응답하지 않습니다. 다시 연결되면 보냅니다.',
    'The agent is silent, and sends them when it is back.',
  ],
  'own_agent.logs_impossible': [
    '이 버전의 모듈은 로그를 보낼 수 없습니다. 업데이트하십시오.',
    "This agent's version cannot send logs: update it.",
  ],
  'own_agent.logs_unheard': [
    '모듈이 처음 연결된 뒤에 요청할 수 있습니다.',
    'You can ask once the agent was heard of.',
  ],
  'own_agent.logs_sent': ['{0}에 받음 ({1}줄)', 'Came at {0} ({1} lines)'],
  'own_agent.logs_empty': ['이 수준의 로그가 없습니다.', 'There is no line of this level.'],
  'own_agent.logs_caption': [
    '모듈의 로그: 시각(모듈의 시계), 수준, 내용',
    "The agent's log: time (by its clock), level, words",
  ],
  'own_agent.logs_at': ['시각 (모듈의 시계)', "Time (agent's clock)"],
  'own_agent.logs_words': ['내용', 'Words'],
  'log_level.error': ['오류', 'Error'],
  'log_level.warn': ['경고', 'Warning'],
  'log_level.info': ['정보', 'Information'],
  'log_level.debug': ['상세', 'Debug'],
  'done.agent_logs_asked': ['모듈에 로그를 요청했습니다.', 'The agent is asked for its log.'],
  'done.agent_logs_refused': [
    '이 모듈에는 로그를 요청할 수 없습니다.',
    'This agent cannot be asked for its log.',
  ],

  'own_changes.title': ['API 변경', 'API changes'],
  'own_changes.lead': [
    'REST API의 판마다 바뀐 것입니다. 더해지는 것은 언제든 올 수 있으니 모르는 값은 무시하십시오.',
    'What each version of the REST API brought. Things are added at any time: ignore what you do not know.',
  ],
  'own_changes.reference': ['API 설명서', 'The reference'],
  'own_changes.open': ['설명서 열기', 'Open it'],
  'own_changes.version': ['{0} 판', 'Version {0}'],
  'own_changes.mails': ['변경 메일', 'Mails'],
  'own_changes.mails_on': ['새 판이 나오면 메일로 알립니다.', 'You get a mail for each new version.'],
  'own_changes.mails_off': ['메일로 알리지 않습니다.', 'You get no mails of new versions.'],
  'own_changes.no_address': [
    '확인된 전자우편 주소가 없어 메일이 가지 않습니다. 내 계정에서 등록하십시오.',
    'You have no proven e-mail address, so that none goes: give one at your account.',
  ],
  'own_changes.turn_off': ['메일 받지 않기', 'No more mails'],
  'own_changes.turn_on': ['메일 받기', 'Get mails'],
  'done.change_mails_on': ['새 판을 메일로 알립니다.', 'You get a mail for each new version.'],
  'done.change_mails_off': ['메일을 보내지 않습니다.', 'You get no more mails of it.'],
};
