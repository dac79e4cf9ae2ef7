import type { ReasonTexts } from '../reason-texts.ts';

/** What an agent's machine does not let the hub's configuration use (adapters/agent/allowed.ts, adapters/kit). */
export const agentsReasons = {
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

  // What the hub says of an agent (hub/exchange/boards, hub/exchange/agents).
  hub_stopping: ['허브가 멈추는 중입니다', 'the hub is stopping'],
  agent_gave_no_answer_in_time: [
    '설치형 모듈이 {n}초 안에 응답하지 않았습니다',
    'its agent gave no answer within {n} s',
  ],
  agent_gave_no_answer: ['설치형 모듈이 응답하지 않았습니다', 'its agent gave no answer'],
  agent_never_heard_of: [
    '설치형 모듈이 접속한 적이 없습니다. 설치했는지 확인하십시오',
    'its agent was never heard of; is it installed?',
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
  agent_sent_no_content: ['설치형 모듈이 내용을 보내지 않았습니다', 'its agent sent no content'],
} as const satisfies ReasonTexts;
