import type { ReasonTexts } from '../reason-texts.ts';

/**
 * Reasons about agents beside boards (adapters/agent), and about the hub's dealings with them (hub/exchange/agents).
 */
export const agentsReasons = {
  // The hub's configuration uses what the agent's machine does not allow (adapters/agent/allowed.ts, adapters/kit).
  not_allowed_there: [
    '이 서버의 agent.yaml이 허용하지 않습니다: {what}. 맞다면 그 서버에서 `minwon-agent allow`를 실행하거나 agent.yaml의 allow에 적으십시오',
    'this machine does not allow {what}. If it is right, run `minwon-agent allow` there, or write it in agent.yaml below `allow`',
  ],
  host_not_allowed_there: [
    '{host}에 접속하지 않았습니다. 이 서버가 허용하지 않습니다. 게시판이 거기 있다면 agent.yaml에 적으십시오: allow: { hosts: ["{same}"] }',
    '{host} is not called: this machine does not allow it. If the board is there, write in agent.yaml: allow: { hosts: ["{same}"] }',
  ],
  path_not_allowed_there: [
    '{path}을(를) 열지 않았습니다. 이 서버가 허용하지 않습니다. 게시판에 필요하다면 agent.yaml에 적으십시오: allow: { paths: ["{same}"] }',
    '{path} is not opened: this machine does not allow it. If the board needs it, write in agent.yaml: allow: { paths: ["{same}"] }',
  ],
  no_host: [
    '{name}은(는) 서버 이름도 주소도 아닙니다. 기관 설정의 게시판 주소를 바로잡으십시오',
    '{name} is no name and no address of a host',
  ],
  no_absolute_path: [
    '{name}은(는) 이 서버의 절대 경로가 아닙니다. 기관 설정을 바로잡으십시오',
    '{name} is no absolute path of this machine',
  ],

  // agent.yaml (adapters/agent/settings.ts).
  absolute_path: ['절대 경로여야 합니다', 'must be an absolute path'],
  host_or_network: [
    '이름, 주소 또는 네트워크여야 합니다: db.example.kr, 10.20.3.4, 10.20.0.0/16',
    'must be a name, an address or a network: db.example.kr, 10.20.3.4, 10.20.0.0/16',
  ],
  https_only: [
    'https여야 합니다. 민원과 인증키가 이 주소로 오갑니다',
    'must be https: complaints and keys travel there',
  ],
  credentials_in_address: ['주소에 계정이나 비밀번호를 넣을 수 없습니다', 'must hold no credentials'],
  credentials_beside_address: [
    '주소에 계정이나 비밀번호를 넣을 수 없습니다. user와 password에 적으십시오',
    'must hold no credentials; use user and password',
  ],
  user_with_password: [
    'user와 password를 함께 적거나 둘 다 빼야 합니다',
    'needs both user and password, or neither',
  ],

  // The configuration that the hub signed (adapters/agent/verify-configuration.ts).
  configuration_unsigned: [
    '이 설치형 모듈을 등록한 허브가 서명한 설정이 아닙니다. 허브를 옮겼다면 새 등록 토큰으로 다시 등록하십시오',
    'the configuration is not signed by the hub of this agent',
  ],
  configuration_of_another: [
    '{agency} 기관이 아니라 {other} 기관의 설정입니다. 설치형 모듈을 이 기관의 토큰으로 다시 등록하십시오',
    'the configuration is for {other}, not for {agency}',
  ],
  configuration_older: [
    '설정 {version}판은 이미 받은 {newest}판보다 오래된 것입니다. 허브를 되돌렸다면 설정을 다시 적용하십시오',
    'version {version} of the configuration is older than {newest}, which was here already',
  ],
  not_enrolled: [
    '설치형 모듈이 등록되지 않았습니다. 허브의 토큰으로 `minwon-agent enrol`을 실행하십시오',
    'this agent is not enrolled',
  ],
  version_failed: ['설정 {version}판: {detail}', 'version {version}: {detail}'],

  // What an agent cannot do for the hub (adapters/agent/board).
  agent_without_configuration: [
    '설치형 모듈이 쓸 수 있는 설정이 없습니다. 기관 화면에서 설정을 되돌린 사유를 보고 바로잡으십시오',
    'this agent has no configuration that it can use',
  ],
  agent_awaits_configuration: [
    '설치형 모듈이 아직 설정을 받지 않았습니다. 저절로 받으니 잠시 뒤 다시 하십시오. 계속되면 그 서버에서 `minwon-agent check`를 실행하십시오',
    'this agent has fetched no configuration yet',
  ],
  posts_not_read_singly: [
    '이 게시판에서는 글을 하나씩 읽을 수 없습니다',
    'single posts of this board cannot be read',
  ],
  shape_not_seen: [
    '이 게시판은 그 모양을 알아볼 방법이 없습니다',
    'nothing can be seen of what this board looks like',
  ],
  board_not_read: ['읽지 않는 게시판입니다 (설정에 pull이 없음)', 'this board is not read (no pull)'],
  board_not_compared: ['대사할 수 없는 게시판입니다', 'this board cannot be compared'],
  board_gives_no_files: [
    '이 게시판에서는 파일을 가져오지 않습니다 (attachments.fetch 설정 없음). 필요하면 기관 설정에 더하십시오',
    'this board gives no files out (attachments.fetch is not configured)',
  ],
  board_left_alone: ['지금은 게시판에 접속하지 않습니다 (점검 시간 등)', 'the board is left alone now'],
  file_belongs_nowhere: [
    '이 파일이 딸린 글이 게시판에 없습니다. 글이 전달된 뒤에 다시 보내십시오',
    'the board holds nothing that it belongs to',
  ],
  file_gone_from_hub: [
    '허브에 이 파일이 더 이상 없습니다. 보낸 기관에서 다시 받으십시오',
    'the hub does not hold this file any more',
  ],
  agent_stopping: ['설치형 모듈이 종료하는 중입니다', 'the agent is stopping'],
  post_not_taken: [
    '허브가 글 하나를 받지 않습니다: {detail}. 게시판에서 그 글을 바로잡으십시오',
    'the hub does not take a post: {detail}',
  ],
  spool_large: [
    '이 서버에 {n}MB가 대기하고 있습니다. 디스크 여유를 확인하십시오',
    '{n} MB wait here: see to the disk',
  ],

  // Where an agent has a problem (adapters/agent/situation.ts).
  with_hub: ['허브 연결', 'hub'],
  with_configuration: ['설정', 'configuration'],
  with_reading: ['게시판 읽기', 'reading'],
  with_writing: ['게시판 쓰기', 'writing'],
  with_spool: ['대기 보관', 'spool'],

  // Why an agent does not reach the hub (adapters/agent/hub).
  hub_not_reached: [
    '허브에 연결할 수 없습니다: {detail}. 저절로 다시 시도합니다',
    'the hub is not reached: {detail}',
  ],
  hub_reply_too_large: ['허브의 응답이 {n}바이트를 넘습니다', 'a reply of the hub is larger than {n} bytes'],
  hub_no_json: [
    '허브의 응답이 JSON이 아닙니다. 중간에 다른 장비가 있는지 확인하십시오',
    'the hub did not answer with JSON; is there something in between?',
  ],
  hub_answered: ['허브의 응답 {status}: {detail}', 'the hub answered {status}: {detail}'],
  hub_wordless: ['허브의 응답이 아닙니다. agent.yaml의 허브 주소를 확인하십시오', 'not the words of a hub'],
  hub_not_understood: [
    '설치형 모듈이 허브의 응답을 이해하지 못합니다: {detail}. 설치형 모듈을 새 판으로 올리십시오',
    'this agent does not understand the hub: {detail}',
  ],
  reason_too_large: [
    '사유가 너무 큽니다: {levels}단계, 모두 {n}자까지. 설치형 모듈을 새 판으로 올리십시오',
    'is no reason, or too large: {levels} levels and {n} letters at the most',
  ],

  // What the hub says about an agent (hub/exchange/boards, hub/exchange/agents).
  hub_stopping: ['허브가 멈추는 중입니다', 'the hub is stopping'],
  agent_gave_no_answer_in_time: [
    '설치형 모듈이 {n}초 안에 응답하지 않았습니다. 그 서버와 게시판이 동작하는지 확인하십시오',
    'its agent gave no answer within {n} s',
  ],
  agent_gave_no_answer: [
    '설치형 모듈이 응답하지 않았습니다. 그 서버와 게시판이 동작하는지 확인하십시오',
    'its agent gave no answer',
  ],
  agent_never_heard_of: [
    '설치형 모듈이 접속한 적이 없습니다. 설치했는지 확인하십시오',
    'its agent was never heard of; is it installed?',
  ],
  agent_silent: [
    '설치형 모듈이 응답하지 않습니다. 그 서버가 켜져 있는지, 허브에 접속되는지 확인하십시오',
    'its agent is silent',
  ],
  agent_silent_since: [
    '설치형 모듈이 {at}부터 응답하지 않습니다. 그 서버가 켜져 있는지 확인하십시오',
    'its agent is silent since {at}',
  ],
  agent_only: [
    '지금 설정에서는 이 게시판에 설치형 모듈만 접속합니다',
    'only its agent reaches this board, as it is configured in force',
  ],
  agent_only_writes: ['이 게시판에는 설치형 모듈만 씁니다', 'only its agent writes to this board'],
  agent_knows_no_secrets: [
    '이 판의 설치형 모듈은 비밀값이 있는지 알려 주지 않습니다. 설치형 모듈을 새 판으로 올리십시오',
    'its agent is of a version that does not tell whether a secret is there',
  ],
  agent_sent_no_content: [
    '설치형 모듈이 내용을 보내지 않았습니다. 다시 시도하고, 계속되면 설치형 모듈을 새 판으로 올리십시오',
    'its agent sent no content',
  ],
} as const satisfies ReasonTexts;
