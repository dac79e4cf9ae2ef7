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
} as const satisfies ReasonTexts;
